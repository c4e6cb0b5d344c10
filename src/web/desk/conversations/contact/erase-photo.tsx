import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { erasePhotos } from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { TextField } from "../../../ui/field.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { isManager, useMe } from "../../session/session.ts";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";

const SHORTEST_REASON = 3;

/** A picture of a hand-over goes on its own, with a reason; it cannot be brought back. */
export function ErasePhoto({ deliveryId }: { deliveryId: number }) {
  const { t } = useText();
  const client = useQueryClient();
  const session = useMe();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const erasing = useMutation({
    mutationFn: () => call(erasePhotos, { params: { id: deliveryId }, body: { reason: reason.trim() } }),
    onSuccess: async () => {
      showToast({ text: t("parcel.erased") });
      await client.invalidateQueries({ queryKey: ["delivery", "live"] });
    },
  });
  if (!isManager(session)) return null;
  if (!isOpen) return <Button onClick={() => setOpen(true)}>{t("parcel.erase")}</Button>;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim().length >= SHORTEST_REASON) erasing.mutate();
  };
  return (
    <form onSubmit={submit} className="grid gap-2 rounded-2 border border-line p-3">
      <TextField
        label={t("parcel.eraseWhy")}
        help={t("parcel.eraseHelp")}
        required
        minLength={SHORTEST_REASON}
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <FailureRows error={erasing.error} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="danger" busy={erasing.isPending}>
          {t("parcel.eraseDo")}
        </Button>
        <Button onClick={() => setOpen(false)}>{t("cancel")}</Button>
      </div>
    </form>
  );
}
