import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { type Callback, takeCallback } from "#kernel/api";
import { call } from "../../client/call.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Tag } from "../../ui/tag.tsx";
import { useMe } from "../session/session.ts";
import { FailureRows } from "../shell/failure.tsx";
import { LogForm } from "../telephone/log-form.tsx";
import { PhoneLink } from "../telephone/phone-link.tsx";
import { useNow } from "../text/use-now.ts";
import { useText } from "../text/use-text.ts";

/** One promised call: when, whom, who makes it, how often it was tried; done by logging it. */
export function CallbackRow({ callback }: { callback: Callback }) {
  const { t, format } = useText();
  const now = useNow();
  const me = useMe().user.id;
  const [isLogging, setLogging] = useState(false);
  const { id, conversationId, phone, takenBy, until, tries, toldAt } = callback;
  const isOpen = callback.state !== "done";
  const isMine = takenBy?.id === me;
  const facts = [
    callback.topic,
    until && t("callbacks.until", { time: format.time(until) }),
    tries > 0 && t("callbacks.tries", { count: tries }),
    toldAt && t("callbacks.told", { when: format.moment(toldAt, now) }),
    callback.doneAt &&
      t(callback.isWithdrawn ? "callbacks.withdrawnAt" : "callbacks.doneAt", {
        when: format.moment(callback.doneAt, now),
      }),
  ].filter(Boolean);
  return (
    <li className="rounded-2 border border-line bg-sheet p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-3 sm:gap-x-6">
        <p className="min-w-24 font-head text-figure font-heavy">
          <time dateTime={callback.promisedAt}>{format.moment(callback.promisedAt, now)}</time>
        </p>
        <div className="mr-auto min-w-0">
          <p className="font-strong">{callback.contactName || t("contact.nameless")}</p>
          <p className="text-small text-ink-2">{facts.join(" · ")}</p>
        </div>
        {takenBy && (
          <Tag kind={isMine ? "turn" : "info"}>
            {isMine ? t("callbacks.mine") : t("callbacks.takenBy", { name: takenBy.name })}
          </Tag>
        )}
        <CallTag callback={callback} />
        <PhoneLink phone={phone} />
        <Link to="/conversations/$id" params={{ id: conversationId }} className={buttonClass("quiet")}>
          {t("callbacks.conversation")}
        </Link>
        {isOpen && !isLogging && (
          <>
            <Claim callback={callback} isMine={isMine} />
            <Button variant={isMine ? "primary" : "secondary"} onClick={() => setLogging(true)}>
              {t("callbacks.finish")}
            </Button>
          </>
        )}
      </div>
      {callback.note && (
        <p className="mt-3 rounded-2 border border-dotted border-line-strong bg-sunken px-3 py-2 text-small whitespace-pre-wrap">
          {callback.note}
        </p>
      )}
      {isLogging && isOpen && (
        <div className="mt-4 border-t border-line pt-4">
          <LogForm
            target={{ conversationId, phone, callbackId: id }}
            direction="out"
            onDone={() => setLogging(false)}
          />
        </div>
      )}
    </li>
  );
}

const soonMs = 15 * 60_000;

function CallTag({ callback }: { callback: Callback }) {
  const { t, format } = useText();
  const now = useNow();
  const left = Date.parse(callback.promisedAt) - now;
  const latest = Date.parse(callback.until ?? callback.promisedAt) - now;
  if (callback.isWithdrawn) return <Tag kind="off">{t("callbacks.withdrawn")}</Tag>;
  if (callback.state === "done") return <Tag kind="ok">{t("callbacks.kept")}</Tag>;
  if (latest <= 0) return <Tag kind="bad">{t("callbacks.missed", { span: format.span(latest) })}</Tag>;
  if (left <= 0) return <Tag kind="turn">{t("callbacks.now")}</Tag>;
  if (left < soonMs) return <Tag kind="turn">{t("callbacks.soon", { span: format.span(left) })}</Tag>;
  return <Tag kind="plain">{t("callbacks.in", { span: format.span(left) })}</Tag>;
}

/** Who calls says so, so that nobody is called twice. */
function Claim({ callback: { id, takenBy }, isMine }: { callback: Callback; isMine: boolean }) {
  const { t } = useText();
  const client = useQueryClient();
  const taking = useMutation({
    mutationFn: () => call(takeCallback, { params: { id }, body: { isMine: !isMine } }),
    onSettled: () => void client.invalidateQueries({ queryKey: ["callbacks"] }),
  });
  if (takenBy && !isMine) return null;
  return (
    <>
      <Button busy={taking.isPending} onClick={() => taking.mutate()}>
        {t(isMine ? "callbacks.giveBack" : "callbacks.take")}
      </Button>
      <FailureRows error={taking.error} />
    </>
  );
}
