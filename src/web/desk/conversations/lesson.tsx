import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
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
  const options = useTopicOptions();
  const proposing = useMutation({
    mutationFn: (topicId: number | null) => call(proposeExample, { params: { id }, body: { topicId } }),
    onSuccess: () => client.invalidateQueries({ queryKey }),
  });
  const data = lesson.data;
  if (!data?.question) return null;
  const choose = (value: string) => {
    if (value !== "") proposing.mutate(value === noTopic ? null : Number(value));
  };
  return (
    <section aria-label={t("lesson.title")} className="border-t border-line bg-sheet px-4 py-2.5 lg:px-6">
      {data.isTaught ? (
        <p role="status" className="text-small">
          <StateLine kind="ok">{t("lesson.done")}</StateLine>
        </p>
      ) : (
        <>
          <p className="text-small">
            <span className="font-strong">{t("lesson.title")}</span>{" "}
            <span className="line-clamp-1 text-ink-2">{t("lesson.question", { text: data.question })}</span>
          </p>
          <div className="mt-1.5 flex flex-wrap items-center gap-2">
            {data.topics.slice(0, likely).map(({ id: topicId, title }) => (
              <Button key={topicId} busy={proposing.isPending} onClick={() => proposing.mutate(topicId)}>
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
      )}
      <FailureRows error={proposing.error} />
    </section>
  );
}
