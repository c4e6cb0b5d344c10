import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type PayRequest, refundPayRequest } from "../../../skills/pay/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/field.tsx";
import { readAmount, typedAmount } from "../business/amounts.ts";
import { useText } from "../text/use-text.ts";
import { PayFault } from "./pay-fault.tsx";
import { usePayChange } from "./queries.ts";
import { useMoney } from "./use-money.ts";

interface RefundProps {
  request: PayRequest;
  /** What was paid and did not go back. */
  leftMinor: number;
  onClose(): void;
}

/** The whole, or a part of it, on the way on which it came. */
export function RefundDialog({ request, leftMinor, onClose }: RefundProps) {
  const { t, language } = useText();
  const money = useMoney();
  const change = usePayChange();
  const [key] = useState(() => crypto.randomUUID());
  const overpaid = request.paidMinor - request.refundedMinor - request.amountMinor;
  const begin = request.state === "overpaid" && overpaid > 0 ? overpaid : leftMinor;
  const [amount, setAmount] = useState(typedAmount(begin, { places: 2, least: 2, language }));
  const [reason, setReason] = useState("");
  const [isTried, setTried] = useState(false);
  const amountMinor = readAmount(amount, 2, language) ?? 0;
  const isGood = amountMinor > 0 && amountMinor <= leftMinor;
  const refunding = useMutation({
    mutationFn: () =>
      call(refundPayRequest, {
        params: { id: request.id },
        body: { key, amountMinor, reason: reason.trim() },
      }),
    onSuccess: () => {
      change();
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isGood) refunding.mutate();
  };
  const most = money(leftMinor, request.currency);
  return (
    <Dialog isOpen onClose={onClose} title={t("pay.refundTitle")} closeLabel={t("close")}>
      <form onSubmit={submit} noValidate className="grid gap-3">
        <TextField
          label={t("pay.field.amount")}
          help={t("pay.refundMost", { amount: most })}
          inputMode="decimal"
          maxLength={14}
          value={amount}
          error={isTried && !isGood ? t("pay.refundUnread", { amount: most }) : null}
          onChange={(event) => setAmount(event.target.value)}
        />
        <TextField
          label={t("pay.field.reason")}
          help={t("pay.refundReason")}
          maxLength={140}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <p className="text-small text-ink-2">{t("pay.refundText")}</p>
        <PayFault error={refunding.error} />
        <div className="mt-2 grid gap-2 sm:grid-cols-2">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" variant="primary" busy={refunding.isPending}>
            {amountMinor > 0 && amountMinor <= leftMinor
              ? t("pay.refundNow", { amount: money(amountMinor, request.currency) })
              : t("pay.refund")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
