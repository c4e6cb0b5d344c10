import { useMutation, useQuery } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { useRef, useState } from "react";
import { type Notice, releaseNotice, startNotice } from "../../../../skills/notices/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { Answers, Dialog } from "../../../ui/dialog.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { DateField } from "../../text/date-field.tsx";
import { useNow } from "../../text/use-now.ts";
import { useText } from "../../text/use-text.ts";
import { recipientsQuery } from "../queries.ts";
import { useNoticeChange } from "../use-notice-change.ts";
import { useStaffName } from "../use-staff-name.ts";

interface SendProps {
  notice: Notice;
  /** What stands in the fields is not what would be sent. */
  isUnsaved: boolean;
}

/** Release by a second person where the company wants it; then now, or at a time. */
export function SendCard({ notice, isUnsaved }: SendProps) {
  const { t } = useText();
  const [isTold, setTold] = useState(false);
  const guarded = (act: () => void) => () => {
    setTold(isUnsaved);
    if (!isUnsaved) act();
  };
  return (
    <Card title={t("notices.send")}>
      {isUnsaved && isTold && (
        <p role="alert" className="mb-3">
          <StateLine kind="warn">{t("notices.saveFirst")}</StateLine>
        </p>
      )}
      {notice.needsRelease ? (
        <Release notice={notice} guarded={guarded} />
      ) : (
        <Start notice={notice} guarded={guarded} />
      )}
    </Card>
  );
}

type Guarded = (act: () => void) => () => void;

function Release({ notice, guarded }: { notice: Notice; guarded: Guarded }) {
  const { t } = useText();
  const change = useNoticeChange(notice.id);
  const nameOf = useStaffName();
  const releasing = useMutation({
    mutationFn: () => call(releaseNotice, { params: { id: notice.id } }),
    onSuccess: change,
  });
  return (
    <>
      <p className="mb-3">{t("notices.releaseText", { name: nameOf(notice.createdBy) })}</p>
      <FailureRows error={releasing.error} />
      <Button
        variant="primary"
        className="mt-2"
        busy={releasing.isPending}
        onClick={guarded(() => releasing.mutate())}
      >
        {t("notices.release")}
      </Button>
    </>
  );
}

function Start({ notice, guarded }: { notice: Notice; guarded: Guarded }) {
  const { t, format } = useText();
  const now = useNow();
  const nameOf = useStaffName();
  const change = useNoticeChange(notice.id);
  const [when, setWhen] = useState("");
  const [isLate, setLate] = useState(false);
  const [isAsking, setAsking] = useState<"now" | "later" | null>(null);
  const at = format.fromInput(when);
  const starting = useMutation({
    mutationFn: (start: string | null) =>
      call(startNotice, { params: { id: notice.id }, body: { at: start } }),
    onSuccess: change,
    onSettled: () => setAsking(null),
  });
  const plan = guarded(() => {
    const fits = !Number.isNaN(at) && at > now;
    setLate(!fits);
    if (fits) setAsking("later");
  });
  return (
    <>
      {notice.releasedBy !== null && (
        <p className="mb-3">
          <StateLine kind="ok">{t("notices.releasedBy", { name: nameOf(notice.releasedBy) })}</StateLine>
        </p>
      )}
      <Button variant="primary" icon={Send} onClick={guarded(() => setAsking("now"))}>
        {t("notices.sendNow")}
      </Button>
      <div className="mt-4 flex flex-wrap items-start gap-2 border-t border-line pt-4">
        <DateField
          withTime
          label={t("notices.sendAt")}
          className="min-w-0 flex-1"
          value={when}
          error={isLate ? t("notices.sendAtFault") : null}
          onChange={setWhen}
        />
        <Button className="mt-6" onClick={plan}>
          {t("notices.plan")}
        </Button>
      </div>
      <FailureRows error={starting.error} />
      <Confirm
        noticeId={notice.id}
        isOpen={isAsking !== null}
        when={isAsking === "later" ? format.moment(new Date(at).toISOString(), now) : null}
        isBusy={starting.isPending}
        onClose={() => setAsking(null)}
        onYes={() => starting.mutate(isAsking === "later" ? new Date(at).toISOString() : null)}
      />
    </>
  );
}

interface ConfirmProps {
  noticeId: number;
  isOpen: boolean;
  /** null = at once */
  when: string | null;
  isBusy: boolean;
  onClose(): void;
  onYes(): void;
}

/** What was sent cannot be fetched back: the question says to how many. */
function Confirm({ noticeId, isOpen, when, isBusy, onClose, onYes }: ConfirmProps) {
  const { t } = useText();
  const persons = useQuery(recipientsQuery(noticeId)).data?.persons;
  const keep = useRef<HTMLButtonElement>(null);
  const title =
    when !== null
      ? t("notices.planTitle", { when })
      : persons === undefined
        ? t("notices.sendTitleUnknown")
        : t("notices.sendTitle", { count: persons });
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={title} closeLabel={t("close")} focusFirst={keep}>
      <p>{t(when === null ? "notices.sendText" : "notices.planText")}</p>
      <Answers
        safe={{ label: t("notices.notYet"), onClick: onClose, ref: keep }}
        act={{
          label: t(when === null ? "notices.sendYes" : "notices.planYes"),
          onClick: onYes,
          busy: isBusy,
        }}
      />
    </Dialog>
  );
}
