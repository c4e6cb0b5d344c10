import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { dismissMissedCall, type MissedCall, takeMissedCall } from "../../../skills/telephone/api.ts";
import { call } from "../../client/call.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Tag } from "../../ui/tag.tsx";
import { showToast } from "../../ui/toast.tsx";
import { useMe } from "../session/session.ts";
import { FailureRows } from "../shell/failure.tsx";
import { useNow } from "../text/use-now.ts";
import { useText } from "../text/use-text.ts";
import { LogForm } from "./log-form.tsx";
import { PhoneLink } from "./phone-link.tsx";

/** A number that called in vain: how often, since when, and who calls back. */
export function MissedRow({ missed }: { missed: MissedCall }) {
  const { t, format } = useText();
  const now = useNow();
  const me = useMe().user.id;
  const [isLogging, setLogging] = useState(false);
  const { id, phone, contact, conversationId, times, lastAt, firstAt, state, tries, takenBy } = missed;
  const deeds = useDeeds(id);
  const isOpen = state === "open";
  const isMine = takenBy?.id === me;
  const facts = [
    times > 1 && t("missed.since", { when: format.moment(firstAt, now) }),
    tries > 0 && t("callbacks.tries", { count: tries }),
    missed.doneHow && t(`missed.done.${missed.doneHow}`),
  ].filter(Boolean);
  return (
    <li className="rounded-2 border border-line bg-sheet p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-3 sm:gap-x-6">
        <p className="min-w-24 font-head text-figure font-heavy">
          <time dateTime={lastAt}>{format.moment(lastAt, now)}</time>
        </p>
        <div className="mr-auto min-w-0">
          <p className="font-strong wrap-anywhere">
            {contact ? contact.name || t("contact.nameless") : t("missed.unknown")}
          </p>
          <p className="text-small text-ink-2">{facts.join(" · ")}</p>
        </div>
        <Tags missed={missed} isMine={isMine} />
        <PhoneLink phone={phone} />
        {conversationId !== null && (
          <Link to="/conversations/$id" params={{ id: conversationId }} className={buttonClass("quiet")}>
            {t("callbacks.conversation")}
          </Link>
        )}
        {isOpen && !isLogging && (
          <>
            {takenBy === null && (
              <Button busy={deeds.isPending} onClick={() => deeds.mutate("take")}>
                {t("callbacks.take")}
              </Button>
            )}
            {isMine && (
              <Button busy={deeds.isPending} onClick={() => deeds.mutate("giveBack")}>
                {t("callbacks.giveBack")}
              </Button>
            )}
            <Button variant={isMine ? "primary" : "secondary"} onClick={() => setLogging(true)}>
              {t("calls.log")}
            </Button>
            <Button variant="quiet" onClick={() => deeds.mutate("dismiss")}>
              {t("missed.dismiss")}
            </Button>
          </>
        )}
      </div>
      <FailureRows error={deeds.error} />
      {isLogging && isOpen && (
        <div className="mt-4 border-t border-line pt-4">
          <LogForm
            target={{ missedId: id, phone, ...(conversationId !== null && { conversationId }) }}
            direction="out"
            onDone={() => setLogging(false)}
          />
        </div>
      )}
    </li>
  );
}

function Tags({ missed: { times, hasVoicemail, takenBy }, isMine }: { missed: MissedCall; isMine: boolean }) {
  const { t } = useText();
  return (
    <>
      {takenBy && (
        <Tag kind={isMine ? "turn" : "info"}>
          {isMine ? t("callbacks.mine") : t("callbacks.takenBy", { name: takenBy.name })}
        </Tag>
      )}
      {hasVoicemail && <Tag kind="info">{t("missed.voicemail")}</Tag>}
      {times > 1 && <Tag kind="warn">{t("missed.times", { count: times })}</Tag>}
    </>
  );
}

function useDeeds(id: number) {
  const { t } = useText();
  const client = useQueryClient();
  const renew = () => void client.invalidateQueries({ queryKey: ["callbacks"] });
  const params = { id };
  return useMutation({
    mutationFn: (deed: "take" | "giveBack" | "dismiss") =>
      deed === "dismiss"
        ? call(dismissMissedCall, { params, body: { isDismissed: true } })
        : call(takeMissedCall, { params, body: { isMine: deed === "take" } }),
    // A colleague was faster: the list shows who.
    onSettled: renew,
    onSuccess: (_, deed) => {
      if (deed !== "dismiss") return;
      const undo = () =>
        void call(dismissMissedCall, { params, body: { isDismissed: false } }).then(renew, renew);
      showToast({ text: t("missed.dismissed"), undo: { label: t("undo"), onClick: undo } });
    },
  });
}
