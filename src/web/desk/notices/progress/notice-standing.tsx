import { useMutation, useQuery } from "@tanstack/react-query";
import { CircleStop, Pencil } from "lucide-react";
import { useRef, useState } from "react";
import { type Notice, stopNotice } from "../../../../skills/notices/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card, Waiting } from "../../../ui/card.tsx";
import { Answers, Dialog } from "../../../ui/dialog.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useNow } from "../../text/use-now.ts";
import { useText } from "../../text/use-text.ts";
import { progressQuery } from "../queries.ts";
import { NoticeStateTag } from "../state-tag.tsx";
import { useNoticeChange } from "../use-notice-change.ts";
import { useStaffName } from "../use-staff-name.ts";
import { Delivery } from "./delivery.tsx";
import { Reasons } from "./reasons.tsx";
import { SaidCard } from "./said-card.tsx";

/** Where a notice stands that is planned, on its way, or over. */
export function NoticeStanding({ notice, onEdit }: { notice: Notice; onEdit(): void }) {
  const { t } = useText();
  const progress = useQuery(progressQuery(notice.id));
  const state = progress.data?.state ?? notice.state;
  const isOpen = state === "scheduled" || state === "sending";
  return (
    <div className="grid items-start gap-5 xl:grid-cols-[1.18fr_1fr]">
      <div className="grid min-w-0 gap-5">
        <Card title={t("notices.progress")} aside={<NoticeStateTag notice={{ ...notice, state }} />}>
          <Times notice={{ ...notice, state }} />
          {progress.isPending && <Waiting rows={3} label={t("notices.loading")} />}
          <FailureRows error={progress.error} />
          {progress.data && state !== "scheduled" && (
            <Delivery counts={progress.data.counts} isMoving={state === "sending"} at={progress.data.at} />
          )}
          {isOpen && (
            <div className="mt-5 flex flex-wrap gap-2 border-t border-line pt-4">
              {state === "scheduled" && (
                <Button icon={Pencil} onClick={onEdit}>
                  {t("notices.edit")}
                </Button>
              )}
              <Stop notice={notice} isScheduled={state === "scheduled"} />
            </div>
          )}
        </Card>
        {progress.data && <Reasons reasons={progress.data.counts.reasons} />}
      </div>
      <SaidCard notice={notice} />
    </div>
  );
}

function Times({ notice }: { notice: Notice }) {
  const { t, format } = useText();
  const now = useNow();
  const nameOf = useStaffName();
  const { state, scheduledAt, startedAt, endedAt, expiresAt, releasedBy, createdBy, stateReason } = notice;
  const at = (iso: string | null) => (iso === null ? "" : format.moment(iso, now));
  const reason = stateReason && (t.maybe(`notices.reason.${stateReason}`) ?? stateReason);
  const lines = [
    state === "scheduled" && scheduledAt !== null && t("notices.goesAt", { when: at(scheduledAt) }),
    startedAt !== null && t("notices.began", { when: at(startedAt) }),
    endedAt !== null && t("notices.ended", { when: at(endedAt) }),
    endedAt === null && expiresAt !== null && t("notices.noUseAfter", { when: at(expiresAt) }),
    reason,
    t("notices.writtenBy", { name: nameOf(createdBy) }),
    releasedBy !== null && t("notices.releasedBy", { name: nameOf(releasedBy) }),
  ];
  return <p className="text-ink-2">{lines.filter(Boolean).join(" ")}</p>;
}

function Stop({ notice, isScheduled }: { notice: Notice; isScheduled: boolean }) {
  const { t } = useText();
  const change = useNoticeChange(notice.id);
  const [isAsking, setAsking] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  const stopping = useMutation({
    mutationFn: () => call(stopNotice, { params: { id: notice.id } }),
    onSuccess: (stopped) => {
      change(stopped);
      setAsking(false);
    },
  });
  const label = t(isScheduled ? "notices.cancel" : "notices.stop");
  return (
    <>
      <Button variant="danger" icon={CircleStop} onClick={() => setAsking(true)}>
        {label}
      </Button>
      <Dialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t(isScheduled ? "notices.cancelTitle" : "notices.stopTitle")}
        closeLabel={t("close")}
        focusFirst={keep}
      >
        <p>{t(isScheduled ? "notices.cancelText" : "notices.stopText")}</p>
        <FailureRows error={stopping.error} />
        <Answers
          safe={{ label: t("notices.goOn"), onClick: () => setAsking(false), ref: keep }}
          act={{ label, onClick: () => stopping.mutate(), busy: stopping.isPending, danger: true }}
        />
      </Dialog>
    </>
  );
}
