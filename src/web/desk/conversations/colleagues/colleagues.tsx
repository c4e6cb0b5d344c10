import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { MailQuestion } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Conversation } from "#kernel/api";
import { type Question, withdrawQuestion } from "../../../../skills/colleagues/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { RoomWords } from "../../text/room-words.tsx";
import { useNow } from "../../text/use-now.ts";
import { useText } from "../../text/use-text.ts";
import { AskForm } from "./ask-form.tsx";
import { questionKeys, questionsQuery } from "./queries.ts";

interface Props {
  conversation: Conversation;
  isAsking: boolean;
  onAsked(): void;
}

/** What waits for a colleague without a seat, and the form that asks one. */
export function Colleagues(props: Props) {
  return (
    <RoomWords room="colleagues" isExtra>
      <Parts {...props} />
    </RoomWords>
  );
}

function Parts({ conversation, isAsking, onAsked }: Props) {
  const client = useQueryClient();
  const { data } = useQuery(questionsQuery(conversation.id));
  const open = (data?.items ?? []).filter(({ state }) => state === "queued" || state === "sent");
  // A question moves on with an event of its conversation; where none is open only a new holder may have asked one.
  const moved = open.length > 0 ? conversation : `${conversation.state} ${conversation.assignee?.id}`;
  const isFirst = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when it may have moved
  useEffect(() => {
    if (isFirst.current) isFirst.current = false;
    else void client.invalidateQueries({ queryKey: questionKeys.of(conversation.id) });
  }, [client, conversation.id, moved]);
  return (
    <>
      {open.length > 0 && <OpenQuestions conversation={conversation} open={open} />}
      {isAsking && <AskForm conversation={conversation} onDone={onAsked} />}
    </>
  );
}

function OpenQuestions({ conversation, open }: { conversation: Conversation; open: readonly Question[] }) {
  const { t } = useText();
  return (
    <section
      aria-label={t("question.title")}
      className="grid gap-1 border-t border-line bg-sunken px-4 py-2 lg:px-6"
    >
      {open.map((question) => (
        <OpenQuestion key={question.id} question={question} isClosed={conversation.state === "closed"} />
      ))}
    </section>
  );
}

function OpenQuestion({ question, isClosed }: { question: Question; isClosed: boolean }) {
  const { t, format } = useText();
  const now = useNow();
  const client = useQueryClient();
  const { name } = question.to;
  const withdrawing = useMutation({
    mutationFn: () => call(withdrawQuestion, { params: { id: question.id } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: questionKeys.of(question.conversationId) });
      showToast({ text: t("question.withdrawn", { name }) });
    },
  });
  const { sentAt, remindedAt } = question;
  const words = isClosed
    ? t("question.closed", { name })
    : remindedAt
      ? t("question.reminded", { name, at: format.moment(remindedAt, now) })
      : sentAt
        ? t("question.sent", { name, since: format.moment(sentAt, now) })
        : t("question.queued", { name });
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <p className="min-w-0 flex-1 basis-60 text-small wrap-anywhere">
        {isClosed ? (
          <StateLine kind="warn">{words}</StateLine>
        ) : (
          <span className="inline-flex items-start gap-1.5">
            <MailQuestion size={18} strokeWidth={1.75} aria-hidden="true" className="mt-px shrink-0" />
            <span>
              <span className="font-strong">{words}</span>{" "}
              <span className="line-clamp-1 text-ink-2">{question.text}</span>
            </span>
          </span>
        )}
      </p>
      <Button
        aria-label={t("question.withdrawOf", { name })}
        busy={withdrawing.isPending}
        onClick={() => withdrawing.mutate()}
      >
        {t("question.withdraw")}
      </Button>
      <FailureRows error={withdrawing.error} />
    </div>
  );
}
