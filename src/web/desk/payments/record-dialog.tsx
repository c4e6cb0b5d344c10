import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type PayRequest, recordPayment } from "../../../skills/pay/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/field.tsx";
import { readAmount, typedAmount } from "../business/amounts.ts";
import { DateField } from "../text/date-field.tsx";
import { useText } from "../text/use-text.ts";
import { PayFault } from "./pay-fault.tsx";
import { usePayChange } from "./queries.ts";

/** Money that came another way: in cash, by a card machine. */
export function RecordDialog({ request, onClose }: { request: PayRequest; onClose(): void }) {
  const { t, language, format } = useText();
  const change = usePayChange();
  const [key] = useState(() => crypto.randomUUID());
  const [amount, setAmount] = useState(
    request.owedMinor > 0 ? typedAmount(request.owedMinor, { places: 2, least: 2, language }) : "",
  );
  const [payer, setPayer] = useState(request.name);
  const [bookedOn, setBookedOn] = useState(format.dayOf(Date.now()));
  const [isTried, setTried] = useState(false);
  const amountMinor = readAmount(amount, 2, language);
  const recording = useMutation({
    mutationFn: () =>
      call(recordPayment, {
        params: { id: request.id },
        body: { key, amountMinor: amountMinor ?? 0, payer: payer.trim(), ...(bookedOn && { bookedOn }) },
      }),
    onSuccess: () => {
      change();
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (amountMinor) recording.mutate();
  };
  return (
    <Dialog isOpen onClose={onClose} title={t("pay.recordTitle")} closeLabel={t("close")}>
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
          <DateField label={t("pay.field.bookedOn")} value={bookedOn} onChange={setBookedOn} />
        </div>
        <TextField
          label={t("pay.field.payer")}
          maxLength={140}
          value={payer}
          onChange={(event) => setPayer(event.target.value)}
        />
        <PayFault error={recording.error} />
        <div className="mt-2 grid gap-2 sm:grid-cols-2">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" variant="primary" busy={recording.isPending}>
            {t("pay.recordNow")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
