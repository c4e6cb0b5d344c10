import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { type RunningReply, setEveningState } from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Answers, Dialog } from "../../../ui/dialog.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { runningQuery } from "../queries.ts";
import { hasEnded } from "./rounds.ts";

interface StateProps {
  running: RunningReply;
  state: "running" | "over";
  onClose(): void;
}

/** Beginning and ending by hand cannot be taken back. */
export function StateDialog({ running, state, onClose }: StateProps) {
  const { t } = useText();
  const client = useQueryClient();
  const safe = useRef<HTMLButtonElement>(null);
  const open = running.rounds.flatMap(({ stops }) => stops).filter((stop) => !hasEnded(stop)).length;
  const setting = useMutation({
    mutationFn: () => call(setEveningState, { params: { id: running.id }, body: { state } }),
    onSuccess: (next) => {
      client.setQueryData(runningQuery(running.id).queryKey, next);
      void client.invalidateQueries({ queryKey: ["delivery", "live", "evenings"] });
      onClose();
    },
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(state === "over" ? "delivery.endTitle" : "delivery.beginTitle")}
      closeLabel={t("close")}
      focusFirst={safe}
    >
      <p>{state === "over" ? t("delivery.endText", { count: open }) : t("delivery.beginText")}</p>
      <FailureRows error={setting.error} />
      <Answers
        safe={{ label: t("cancel"), onClick: onClose, ref: safe }}
        act={{
          label: t(state === "over" ? "delivery.end" : "delivery.begin"),
          onClick: () => setting.mutate(),
          busy: setting.isPending,
          danger: state === "over",
        }}
      />
    </Dialog>
  );
}
