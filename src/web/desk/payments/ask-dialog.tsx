import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { createPayRequest } from "../../../skills/pay/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/field.tsx";
import { showToast } from "../../ui/toast.tsx";
import { readAmount } from "../business/amounts.ts";
import { DateField } from "../text/date-field.tsx";
import { useText } from "../text/use-text.ts";
import { PayFault } from "./pay-fault.tsx";
import { usePayChange } from "./queries.ts";

const titleCharacters = 140;

interface AskProps {
  /** Where the card is sent; without it only the page is made. */
  conversationId?: number;
  onClose(): void;
}

/** How much, for what and until when. In a conversation it leaves as a card, otherwise somebody carries it. */
export function AskDialog({ conversationId, onClose }: AskProps) {
  const { t, language } = useText();
  const navigate = useNavigate();
  const change = usePayChange();
  // The same for every try: a click twice asks once.
  const [key] = useState(() => crypto.randomUUID());
  const [amount, setAmount] = useState("");
  const [title, setTitle] = useState("");
  const [dueOn, setDueOn] = useState("");
  const [isTried, setTried] = useState(false);
  const amountMinor = readAmount(amount, 2, language);
  const isGood = amountMinor !== null && amountMinor > 0 && title.trim() !== "";
  const asking = useMutation({
    mutationFn: () =>
      call(createPayRequest, {
        body: {
          key,
          amountMinor: amountMinor ?? 0,
          title: title.trim(),
          ...(conversationId !== undefined && { conversationId }),
          ...(dueOn !== "" && { dueOn }),
        },
      }),
    onSuccess: ({ id }) => {
      change();
      onClose();
      if (conversationId !== undefined) showToast({ text: t("pay.asked") });
      else void navigate({ to: "/payments/requests/$request", params: { request: String(id) } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isGood) asking.mutate();
  };
  return (
    <Dialog isOpen onClose={onClose} title={t("pay.askTitle")} closeLabel={t("close")}>
      <form onSubmit={submit} noValidate className="grid gap-3">
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField
            label={t("pay.field.amount")}
            inputMode="decimal"
            maxLength={14}
            value={amount}
            error={
              isTried && !amountMinor
                ? t("pay.amountUnread", { example: language === "de" ? "10,90" : "10.90" })
                : null
            }
            onChange={(event) => setAmount(event.target.value)}
          />
          <DateField label={t("pay.field.dueOn")} help={t("pay.dueHelp")} value={dueOn} onChange={setDueOn} />
        </div>
        <TextField
          label={t("pay.field.title")}
          help={t("pay.titleHelp")}
          maxLength={titleCharacters}
          value={title}
          error={isTried && title.trim() === "" ? t("pay.titleMissing") : null}
          onChange={(event) => setTitle(event.target.value)}
        />
        <p className="text-small text-ink-2">
          {t(conversationId === undefined ? "pay.askNobody" : "pay.askHere")}
        </p>
        <PayFault error={asking.error} />
        <div className="mt-2 grid gap-2 sm:grid-cols-2">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" variant="primary" busy={asking.isPending}>
            {t(conversationId === undefined ? "pay.makeRequest" : "pay.sendRequest")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
