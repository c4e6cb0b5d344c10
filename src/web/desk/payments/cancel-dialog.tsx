import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { cancelPayRequest, type PayRequest } from "../../../skills/pay/api.ts";
import { call } from "../../client/call.ts";
import { Answers, Dialog } from "../../ui/dialog.tsx";
import { TextArea } from "../../ui/field.tsx";
import { useText } from "../text/use-text.ts";
import { PayFault } from "./pay-fault.tsx";
import { usePayChange } from "./queries.ts";

/** Takes a request back, with a reason that the customer reads. */
export function CancelDialog({ request, onClose }: { request: PayRequest; onClose(): void }) {
  const { t } = useText();
  const change = usePayChange();
  const safe = useRef<HTMLButtonElement>(null);
  const [reason, setReason] = useState("");
  const cancelling = useMutation({
    mutationFn: () => call(cancelPayRequest, { params: { id: request.id }, body: { reason: reason.trim() } }),
    onSuccess: () => {
      change();
      onClose();
    },
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("pay.cancelTitle", { title: request.title })}
      closeLabel={t("close")}
      focusFirst={safe}
    >
      <p className="mb-3">{t(request.conversationId === null ? "pay.cancelText" : "pay.cancelTold")}</p>
      <TextArea
        label={t("pay.field.reason")}
        rows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <PayFault error={cancelling.error} />
      <Answers
        safe={{ label: t("pay.keep"), onClick: onClose, ref: safe }}
        act={{
          label: t("pay.cancel"),
          onClick: () => cancelling.mutate(),
          busy: cancelling.isPending,
          danger: true,
        }}
      />
    </Dialog>
  );
}
