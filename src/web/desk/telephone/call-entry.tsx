import { useMutation, useQueryClient } from "@tanstack/react-query";
import { PhoneIncoming, PhoneMissed, PhoneOutgoing, Voicemail } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { Message } from "#kernel/api";
import { changeCall, undoCall } from "../../../skills/telephone/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { TextArea } from "../../ui/field.tsx";
import { useTopicTitle } from "../knowledge/use-topic-title.ts";
import { useMe } from "../session/session.ts";
import { FailureRows } from "../shell/failure.tsx";
import { useNow } from "../text/use-now.ts";
import { useText } from "../text/use-text.ts";
import { TelephoneWords } from "./telephone-words.tsx";

/** A call in the history: no bubble, because nobody wrote; a line of the shape of a note, with the sign of a call. */
export function CallEntry({ message }: { message: Message }) {
  return (
    <TelephoneWords>
      <Entry message={message} />
    </TelephoneWords>
  );
}

const outcomes = ["reached", "not_reached", "voicemail", "promised", "missed"] as const;
const minuteMs = 60_000;
const editMs = 10 * minuteMs;

interface CallDetail {
  id: number;
  direction: "in" | "out";
  outcome: (typeof outcomes)[number];
  seconds: number | null;
  topic: string | null;
}

function detailOf(message: Message): CallDetail | null {
  const found = message.detail?.call as Partial<CallDetail> | undefined;
  const outcome = outcomes.find((one) => one === found?.outcome);
  if (typeof found?.id !== "number" || !outcome) return null;
  return {
    id: found.id,
    direction: found.direction === "out" ? "out" : "in",
    outcome,
    seconds: typeof found.seconds === "number" ? found.seconds : null,
    topic: typeof found.topic === "string" ? found.topic : null,
  };
}

function Entry({ message }: { message: Message }) {
  const { t, format } = useText();
  const titleOf = useTopicTitle();
  const detail = detailOf(message);
  if (!detail) return null;
  const { direction, outcome, seconds, topic } = detail;
  const Icon =
    outcome === "voicemail"
      ? Voicemail
      : outcome === "missed" || outcome === "not_reached"
        ? PhoneMissed
        : direction === "in"
          ? PhoneIncoming
          : PhoneOutgoing;
  const facts = [
    message.author === "agent" && message.authorName,
    seconds !== null && t("calls.minutes", { count: Math.max(1, Math.round(seconds / 60)) }),
    topic && titleOf(topic),
    message.edited && t("message.edited"),
  ].filter(Boolean);
  return (
    <article
      id={`m-${message.id}`}
      className="w-full max-w-[540px] self-center rounded-2 border border-line bg-sunken px-3 py-2 text-desk wrap-anywhere"
    >
      <p className="flex flex-wrap items-baseline gap-x-2 text-small">
        <Icon size={16} strokeWidth={1.75} aria-hidden="true" className="self-center text-ink-2" />
        <strong className="font-strong">
          {message.revoked ? t("calls.takenBack") : t(`calls.entry.${direction}.${outcome}`)}
        </strong>
        <span className="text-ink-2">
          {facts.map((fact) => `${fact} · `)}
          <time dateTime={message.sentAt}>{format.time(message.sentAt)}</time>
        </span>
      </p>
      <Words message={message} callId={detail.id} />
    </article>
  );
}

/** The note, and for its author, for ten minutes, the way to change it or take it back. */
function Words({ message, callId }: { message: Message; callId: number }) {
  const { t } = useText();
  const me = useMe().user.id;
  const now = useNow();
  const client = useQueryClient();
  const [text, setText] = useState<string | null>(null);
  const params = { id: callId };
  const done = () => {
    setText(null);
    void client.invalidateQueries({ queryKey: ["callbacks"] });
  };
  const changing = useMutation({
    mutationFn: (note: string) => call(changeCall, { params, body: { note } }),
    onSuccess: done,
  });
  const undoing = useMutation({ mutationFn: () => call(undoCall, { params }), onSuccess: done });
  const isMine = !message.revoked && message.staffId === me && now < Date.parse(message.receivedAt) + editMs;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text !== null) changing.mutate(text.trim());
  };
  if (text !== null)
    return (
      <form onSubmit={submit} className="mt-2 grid gap-2">
        <TextArea
          label={t("calls.note")}
          autoFocus
          rows={3}
          maxLength={4000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <FailureRows error={changing.error} />
        <div className="flex gap-2">
          <Button type="submit" variant="primary" busy={changing.isPending}>
            {t("calls.save")}
          </Button>
          <Button onClick={() => setText(null)}>{t("cancel")}</Button>
        </div>
      </form>
    );
  return (
    <>
      {message.text && (
        <p className="mt-1 whitespace-pre-wrap" dir="auto">
          {message.text}
        </p>
      )}
      {isMine && (
        <p className="mt-1 flex gap-4 text-small">
          <button
            type="button"
            className="font-strong text-accent-text hover:underline"
            onClick={() => setText(message.text)}
          >
            {t("calls.change")}
          </button>
          <button
            type="button"
            className="font-strong text-accent-text hover:underline"
            aria-busy={undoing.isPending || undefined}
            onClick={() => undoing.mutate()}
          >
            {t("calls.undo")}
          </button>
        </p>
      )}
      <FailureRows error={undoing.error} />
    </>
  );
}
