import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Waiting } from "../../../ui/card.tsx";
import { Failure } from "../../shell/failure.tsx";
import { Page } from "../../shell/page.tsx";
import { PageMissing } from "../../shell/page-states.tsx";
import { useText } from "../../text/use-text.ts";
import { noticeTopicsQuery } from "../queries.ts";
import { emptyTopic, topicDraftOf } from "./topic-draft.ts";
import { TopicEditor } from "./topic-editor.tsx";

/** One topic of notices: a new one, or one to change. */
export function NoticeTopicPage() {
  const { t, language } = useText();
  const { topic: name } = useParams({ from: "/shell/notices/topics/$topic" });
  const isNew = name === "new";
  const topics = useQuery({ ...noticeTopicsQuery, enabled: !isNew });
  const topic = topics.data?.items.find(({ id }) => id === Number(name));
  if (topics.isSuccess && !isNew && !topic) return <PageMissing />;
  return (
    <Page
      title={isNew ? t("topics.new") : topic?.title[language] || topic?.slug || t("notices.topic")}
      subtitle={isNew ? t("topics.newText") : undefined}
      back={{ to: "/notices/topics", label: t("topics.title") }}
    >
      {!isNew && topics.isPending && <Waiting rows={5} label={t("notices.loading")} />}
      {topics.error && (
        <Failure error={topics.error} title={t("topics.notLoaded")} retry={() => void topics.refetch()} />
      )}
      {isNew && <TopicEditor key="new" topic={null} start={emptyTopic()} />}
      {topic && <TopicEditor key={topic.id} topic={topic} start={topicDraftOf(topic)} />}
    </Page>
  );
}
