import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import {
  cancelTillRequest,
  captureTillRequest,
  refundTillRequest,
  type TillRequest,
  voidTillRequest,
} from "../../../../skills/wallet/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { typedAmount } from "../../business/amounts.ts";
import { useText } from "../../text/use-text.ts";
import { AmountField, useReadAmount } from "../amount-field.tsx";
import { useMoney } from "../money.ts";
import { useCoinChange } from "../queries.ts";
import { CoinRefusal } from "../refusal.tsx";

interface ActionProps {
  request: TillRequest;
  symbol: string;
}

/** What can still be done with it. */
export function TakenActions({ request, symbol }: ActionProps) {
  const { t } = useText();
  const refresh = useCoinChange();
  const [isAsking, setAsking] = useState<"refund" | "capture" | null>(null);
  const { id, state } = request;
  const doing = useMutation({
    mutationFn: (what: "cancel" | "void") =>
      what === "cancel"
        ? call(cancelTillRequest, { params: { id } })
        : call(voidTillRequest, { params: { id } }),
    onSuccess: refresh,
  });
  const left = request.paidMinor - request.refundedMinor;
  const mayRefund = (state === "paid" || state === "part_refunded") && left > 0;
  if (state !== "open" && state !== "held" && !mayRefund) return null;
  return (
    <div className="mt-1 flex flex-wrap gap-2">
      {mayRefund && <Button onClick={() => setAsking("refund")}>{t("till.refund")}</Button>}
      {state === "held" && <Button onClick={() => setAsking("capture")}>{t("till.capture")}</Button>}
      {state === "held" && (
        <Button busy={doing.isPending} onClick={() => doing.mutate("void")}>
          {t("till.void")}
        </Button>
      )}
      {state === "open" && (
        <Button busy={doing.isPending} onClick={() => doing.mutate("cancel")}>
          {t("till.cancel")}
        </Button>
      )}
      <CoinRefusal error={doing.error} />
      {isAsking && (
        <AmountDialog
          request={request}
          symbol={symbol}
          what={isAsking}
          most={isAsking === "refund" ? left : request.amountMinor}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}

interface AmountDialogProps extends ActionProps {
  what: "refund" | "capture";
  /** Cents. */
  most: number;
  onClose(): void;
}

function AmountDialog({ request, symbol, what, most, onClose }: AmountDialogProps) {
  const { t, language } = useText();
  const money = useMoney();
  const read = useReadAmount();
  const refresh = useCoinChange();
  const [key] = useState(() => crypto.randomUUID());
  const [typed, setTyped] = useState(() => typedAmount(most, { places: 2, least: 2, language }));
  const amountMinor = read(typed);
  const { id } = request;
  const doing = useMutation({
    mutationFn: (minor: number) =>
      what === "refund"
        ? call(refundTillRequest, { params: { id }, body: { key, amountMinor: minor } })
        : call(captureTillRequest, { params: { id }, body: { amountMinor: minor } }),
    onSuccess: async () => {
      await refresh();
      onClose();
    },
  });
  return (
    <Dialog isOpen onClose={onClose} title={t(`till.${what}Question`)} closeLabel={t("close")}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (amountMinor !== null) doing.mutate(amountMinor);
        }}
      >
        <AmountField
          label={t("till.amount")}
          help={t("till.most", { amount: money.coins(most, symbol) })}
          typed={typed}
          onChange={setTyped}
        />
        <CoinRefusal error={doing.error} />
        <Button type="submit" variant="primary" busy={doing.isPending}>
          {t(`till.${what}For`, { amount: money.coins(amountMinor ?? 0, symbol) })}
        </Button>
      </form>
    </Dialog>
  );
}
