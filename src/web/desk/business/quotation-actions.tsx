import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type Quotation, renewQuotation, withdrawQuotation } from "../../../skills/business/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextArea } from "../../ui/field.tsx";
import { showToast } from "../../ui/toast.tsx";
import { useText } from "../text/use-text.ts";
import { Faults } from "./faults.tsx";
import { useBusinessChange } from "./queries.ts";

/** What can be done with a quotation that was sent. */
export function QuotationActions({ quotation }: { quotation: Quotation }) {
  const { t } = useText();
  const [isWithdrawing, setWithdrawing] = useState(false);
  const [reason, setReason] = useState("");
  const change = useBusinessChange();
  const params = { id: quotation.id };
  const renewing = useMutation({
    mutationFn: () => call(renewQuotation, { params }),
    onSuccess: change,
  });
  const withdrawing = useMutation({
    mutationFn: () => call(withdrawQuotation, { params, body: { reason } }),
    onSuccess: () => {
      setWithdrawing(false);
      change();
      showToast({ text: t("business.withdrawn") });
    },
  });
  const states = quotation.versions.map(({ state }) => state);
  if (states.includes("accepted")) return null;
  return (
    <>
      <div className="mt-3 flex flex-wrap gap-2">
        {!states.includes("draft") && (
          <Button variant="primary" busy={renewing.isPending} onClick={() => renewing.mutate()}>
            {t("business.renew")}
          </Button>
        )}
        {states.includes("sent") && (
          <Button variant="danger" onClick={() => setWithdrawing(true)}>
            {t("business.withdraw")}
          </Button>
        )}
      </div>
      <Faults error={renewing.error} />
      <Dialog
        isOpen={isWithdrawing}
        onClose={() => setWithdrawing(false)}
        title={t("business.withdrawTitle")}
        closeLabel={t("close")}
      >
        <TextArea
          label={t("business.field.reason")}
          help={t("business.withdrawHelp")}
          rows={3}
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <Faults error={withdrawing.error} />
        <div className="mt-4 flex flex-wrap gap-2">
          <Button onClick={() => setWithdrawing(false)}>{t("cancel")}</Button>
          <Button
            variant="danger-filled"
            busy={withdrawing.isPending}
            disabled={reason.trim() === ""}
            onClick={() => withdrawing.mutate()}
          >
            {t("business.withdraw")}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
