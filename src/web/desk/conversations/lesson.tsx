import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { Conversation } from "#kernel/api";
import { conversationLesson, proposeExample } from "../../../skills/service/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/field.tsx";
import { StateLine } from "../../ui/tag.tsx";
import { noTopic, useTopicOptions } from "../knowledge/teaching/topic-options.ts";
import { FailureRows } from "../shell/failure.tsx";
import { RoomWords } from "../text/room-words.tsx";
import { useText } from "../text/use-text.ts";

const likely = 3;

/** "What was it about?", after a case that a person solved; one click makes a proposed example of the question. */
export function Lesson({ conversation }: { conversation: Conversation }) {
  return (
    <RoomWords room="teaching" isExtra>
      <Question id={conversation.id} />
    </RoomWords>
  );
}

function Question({ id }: { id: number }) {
  const { t } = useText();
  const client = useQueryClient();
  const queryKey = ["knowledge", "lesson", id];
  const lesson = useQuery({
    queryKey,
    queryFn: ({ signal }) => call(conversationLesson, { params: { id } }, signal),
  });
  const [isChanging, setChanging] = useState(false);
  const data = lesson.data;
  const messageId = data?.messageId ?? null;
  const proposing = useMutation({
    // The words that stand here are what is learnt, whatever the customer has written since.
    mutationFn: (said: { messageId: string; topicId: number | null }) =>
      call(proposeExample, { params: { id }, body: said }),
    onSuccess: () => {
      setChanging(false);
      return client.invalidateQueries({ queryKey });
    },
  });
  if (lesson.error) {
    return (
      <Frame>
        <p role="alert" className="flex flex-wrap items-center gap-2 text-small">
          <StateLine kind="bad">{t("lesson.notLoaded")}</StateLine>
          <Button busy={lesson.isFetching} onClick={() => void lesson.refetch()}>
            {t("lesson.again")}
          </Button>
        </p>
      </Frame>
    );
  }
  if (!data?.question || messageId === null) return null;
  const isAsking = data.taught === null || isChanging;
  return (
    <Frame>
      <p className="text-small">
        <span className="font-strong">{t("lesson.title")}</span>{" "}
        <span className="line-clamp-1 text-ink-2">{t("lesson.question", { text: data.question })}</span>
      </p>
      {isAsking ? (
        <Choice
          topics={data.topics}
          isBusy={proposing.isPending}
          onChoose={(topicId) => proposing.mutate({ messageId, topicId })}
        />
      ) : (
        <p role="status" className="mt-1.5 text-small">
          <StateLine kind="ok">
            {data.taught?.topic ? t("lesson.done", { topic: data.taught.topic.title }) : t("lesson.doneNone")}
          </StateLine>
        </p>
      )}
      {data.taught !== null && (
        <Button className="mt-1.5" onClick={() => setChanging(!isChanging)}>
          {isChanging ? t("lesson.keep") : t("lesson.change")}
        </Button>
      )}
      <FailureRows error={proposing.error} />
    </Frame>
  );
}

function Frame({ children }: { children: ReactNode }) {
  const { t } = useText();
  return (
    <section aria-label={t("lesson.title")} className="border-t border-line bg-sheet px-4 py-2.5 lg:px-6">
      {children}
    </section>
  );
}

interface ChoiceProps {
  /** The likeliest first. */
  topics: readonly { id: number; title: string }[];
  isBusy: boolean;
  /** null = none of our topics */
  onChoose(topicId: number | null): void;
}

function Choice({ topics, isBusy, onChoose }: ChoiceProps) {
  const { t } = useText();
  const options = useTopicOptions();
  const choose = (value: string) => {
    if (value !== "") onChoose(value === noTopic ? null : Number(value));
  };
  return (
    <>
      <div className="mt-1.5 flex flex-wrap items-center gap-2">
        {topics.slice(0, likely).map(({ id, title }) => (
          <Button key={id} busy={isBusy} onClick={() => onChoose(id)}>
            {title}
          </Button>
        ))}
        <SelectField
          label={t("lesson.other")}
          hideLabel
          value=""
          options={[
            { value: "", label: t("lesson.other") },
            { value: noTopic, label: t("lesson.none") },
            ...options,
          ]}
          onChange={(event) => choose(event.target.value)}
        />
      </div>
      <p className="mt-1 text-tiny text-ink-2">{t("lesson.hint")}</p>
    </>
  );
}
