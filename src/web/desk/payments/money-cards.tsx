import { useMutation } from "@tanstack/react-query";
import { type Payment, type PayRequest, type Refund, undoPayment } from "../../../skills/pay/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Tag, type TagKind } from "../../ui/tag.tsx";
import { useNow } from "../text/use-now.ts";
import { useText } from "../text/use-text.ts";
import { PayFault } from "./pay-fault.tsx";
import { usePayChange } from "./queries.ts";
import { useMoney } from "./use-money.ts";

/** What came, what went back, and when the customer was reminded. */
export function MoneyCards({ request }: { request: PayRequest }) {
  const { t, format } = useText();
  const now = useNow();
  const { payments, refunds, remindedAt, currency } = request;
  return (
    <>
      <Card title={t("pay.payments")}>
        {payments.length === 0 ? (
          <p className="text-ink-2">{t("pay.noPayments")}</p>
        ) : (
          <ul className="divide-y divide-line border-t-[1.5px] border-ink">
            {payments.map((one) => (
              <PaymentRow key={one.id} requestId={request.id} payment={one} currency={currency} />
            ))}
          </ul>
        )}
      </Card>
      {refunds.length > 0 && (
        <Card title={t("pay.refunds")}>
          <ul className="divide-y divide-line border-t-[1.5px] border-ink">
            {refunds.map((one) => (
              <RefundRow key={one.id} refund={one} currency={currency} />
            ))}
          </ul>
        </Card>
      )}
      {remindedAt.length > 0 && (
        <Card title={t("pay.reminders")}>
          <ul className="divide-y divide-line border-t-[1.5px] border-ink">
            {remindedAt.map((at) => (
              <li key={at} className="py-2">
                {t("pay.remindedAt", { time: format.moment(at, now) })}
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

interface PaymentProps {
  requestId: number;
  payment: Payment;
  currency: string;
}

function PaymentRow({ requestId, payment, currency }: PaymentProps) {
  const { t, format } = useText();
  const money = useMoney();
  const change = usePayChange();
  const { id, source, amountMinor, payer, bookedOn, undoneAt } = payment;
  const undoing = useMutation({
    mutationFn: () => call(undoPayment, { params: { id: requestId, payment: id } }),
    onSuccess: change,
  });
  const isOurs = source === "bank" || source === "hand";
  return (
    <li className="py-3">
      <div className="grid grid-cols-[1fr_auto] gap-x-4">
        <p className="min-w-0 wrap-anywhere">
          <span className="font-strong">{t(`pay.way.${source}`)}</span>
          {payer && `, ${payer}`}
          <span className="block text-small text-ink-2">
            {t("pay.bookedOn", { day: format.date(bookedOn) })}
          </span>
        </p>
        <span
          className={`text-right font-strong whitespace-nowrap tabular-nums ${undoneAt ? "text-ink-2 line-through" : ""}`}
        >
          {money(amountMinor, currency)}
        </span>
      </div>
      {undoneAt ? (
        <Tag kind="past">{t("pay.undoneOn", { day: format.date(undoneAt) })}</Tag>
      ) : (
        isOurs && (
          <Button
            variant="quiet"
            className="px-0!"
            busy={undoing.isPending}
            aria-label={t("pay.undoOf", { amount: money(amountMinor, currency) })}
            onClick={() => undoing.mutate()}
          >
            {t("pay.undoMatch")}
          </Button>
        )
      )}
      <PayFault error={undoing.error} />
    </li>
  );
}

const refundKinds: Record<Refund["state"], TagKind> = {
  planned: "info",
  ordered: "info",
  done: "ok",
  failed: "bad",
};

function RefundRow({ refund, currency }: { refund: Refund; currency: string }) {
  const { t, format } = useText();
  const money = useMoney();
  const { way, amountMinor, reason, fault, madeAt, isDispute } = refund;
  return (
    <li className="grid grid-cols-[1fr_auto] gap-x-4 py-3">
      <div className="min-w-0 wrap-anywhere">
        <p className="font-strong">{isDispute ? t("pay.chargedBack") : t(`pay.way.${way}`)}</p>
        {reason && <p>{reason}</p>}
        <p className="text-small text-ink-2">{t("pay.decidedOn", { day: format.date(madeAt) })}</p>
        {fault && <p className="text-small text-ink-2">{t.maybe(`pay.fault.${fault}`) ?? fault}</p>}
      </div>
      <div className="grid content-start justify-items-end gap-1">
        <span className="font-strong whitespace-nowrap tabular-nums">{money(amountMinor, currency)}</span>
        <RefundTag refund={refund} />
      </div>
    </li>
  );
}

function RefundTag({ refund: { state, way, isDispute } }: { refund: Refund }) {
  const { t } = useText();
  if (isDispute && state === "done") return <Tag kind="warn">{t("pay.refundState.held")}</Tag>;
  // A dispute that failed is good for us.
  if (isDispute) return <Tag kind="past">{t("pay.refundState.done")}</Tag>;
  if (state === "planned" && way === "bank") return <Tag kind="info">{t("pay.refundState.waits")}</Tag>;
  return <Tag kind={refundKinds[state]}>{t(`pay.refundState.${state}`)}</Tag>;
}
