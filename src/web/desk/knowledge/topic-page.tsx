import { useQuery } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import { Waiting } from "../../ui/card.tsx";
import { Failure } from "../shell/failure.tsx";
import { Page } from "../shell/page.tsx";
import { useText } from "../text/use-text.ts";
import { topicQuery } from "./queries.ts";
import { draftOf, emptyDraft } from "./topic-draft.ts";
import { TopicEditor } from "./topic-editor.tsx";
import { TopicFigures } from "./topic-figures.tsx";
import { TopicOfQuestion } from "./topic-of-question.tsx";

/** One topic: a new one, or one to change. */
export function TopicPage() {
  const { t, language } = useText();
  const { topic: name } = useParams({ from: "/shell/knowledge/$topic" });
  const { conversation, question } = useSearch({ from: "/shell/knowledge/$topic" });
  const isNew = name === "new";
  const topic = useQuery({ ...topicQuery(Number(name)), enabled: !isNew });
  const title = isNew
    ? t("topic.new")
    : topic.data?.title[language] || topic.data?.intent || t("knowledge.topic");
  return (
    <Page
      title={title}
      subtitle={isNew ? t("topic.newText") : undefined}
      back={{ to: "/knowledge", label: t("place.knowledge") }}
    >
      {isNew && conversation === undefined && (
        <TopicEditor key="new" id={null} start={emptyDraft()} examples={[]} />
      )}
      {isNew && conversation !== undefined && (
        <TopicOfQuestion conversationId={conversation} questionKey={question} />
      )}
      {!isNew && topic.isPending && <Waiting rows={6} label={t("knowledge.loading")} />}
      {topic.error && (
        <Failure error={topic.error} title={t("topic.notLoaded")} retry={() => void topic.refetch()} />
      )}
      {topic.data && <TopicFigures id={topic.data.id} />}
      {topic.data && (
        <TopicEditor
          key={topic.data.id}
          id={topic.data.id}
          start={draftOf(topic.data)}
          examples={topic.data.examples}
        />
      )}
    </Page>
  );
}
