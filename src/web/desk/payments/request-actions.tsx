import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { endPayDispute, type PayRequest, remindPayRequest } from "../../../skills/pay/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { showToast } from "../../ui/toast.tsx";
import { isManager, useMe } from "../session/session.ts";
import { useNow } from "../text/use-now.ts";
import { useText } from "../text/use-text.ts";
import { CancelDialog } from "./cancel-dialog.tsx";
import { PayFault } from "./pay-fault.tsx";
import { usePayChange } from "./queries.ts";
import { RecordDialog } from "./record-dialog.tsx";
import { RefundDialog } from "./refund-dialog.tsx";

/** What can be done with a request now; what cannot says why. */
export function RequestActions({ request }: { request: PayRequest }) {
  const { t, format } = useText();
  const now = useNow();
  const isMine = isManager(useMe());
  const change = usePayChange();
  const [open, setOpen] = useState<"record" | "refund" | "cancel" | null>(null);
  const { id, owedMinor, paidMinor, refundedMinor, mayRemind, state, conversationId, disputedAt } = request;
  const reminding = useMutation({
    mutationFn: () => call(remindPayRequest, { params: { id } }),
    onSuccess: () => {
      change();
      showToast({ text: t("pay.reminded") });
    },
  });
  const settling = useMutation({
    mutationFn: () => call(endPayDispute, { params: { id } }),
    onSuccess: change,
  });
  const close = () => setOpen(null);
  const left = paidMinor - refundedMinor;
  const mayRecord = state !== "cancelled";
  if (owedMinor === 0 && left === 0 && !mayRecord) return null;
  return (
    <Card title={t("pay.todo")}>
      {disputedAt && (
        <div className="mb-3 grid justify-items-start gap-2 rounded-2 border border-line bg-warn-soft p-3 text-warn">
          <p>{t("pay.disputed", { time: format.moment(disputedAt, now) })}</p>
          <Button busy={settling.isPending} onClick={() => settling.mutate()}>
            {t("pay.endDispute")}
          </Button>
        </div>
      )}
      <div className="flex flex-wrap gap-2">
        {owedMinor > 0 && conversationId !== null && mayRemind === "yes" && (
          <Button variant="primary" busy={reminding.isPending} onClick={() => reminding.mutate()}>
            {t("pay.remind")}
          </Button>
        )}
        {mayRecord && <Button onClick={() => setOpen("record")}>{t("pay.record")}</Button>}
        {left > 0 && isMine && <Button onClick={() => setOpen("refund")}>{t("pay.refund")}</Button>}
        {owedMinor > 0 && (
          <Button variant="danger" onClick={() => setOpen("cancel")}>
            {t("pay.cancel")}
          </Button>
        )}
      </div>
      {owedMinor > 0 && mayRemind !== "yes" && mayRemind !== "disputed" && (
        <p className="mt-2 text-small text-ink-2">{t(`pay.mayRemind.${mayRemind}`)}</p>
      )}
      <PayFault error={reminding.error ?? settling.error} />
      {open === "record" && <RecordDialog request={request} onClose={close} />}
      {open === "refund" && <RefundDialog request={request} leftMinor={left} onClose={close} />}
      {open === "cancel" && <CancelDialog request={request} onClose={close} />}
    </Card>
  );
}
