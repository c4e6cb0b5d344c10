import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { buttonClass } from "../../ui/button.tsx";
import { Waiting } from "../../ui/card.tsx";
import { LighthouseDrawing } from "../../ui/drawings.tsx";
import { Statement } from "../../ui/statement.tsx";
import { Failure } from "../shell/failure.tsx";
import { Page } from "../shell/page.tsx";
import { useText } from "../text/use-text.ts";
import { NoticeEditor } from "./composer/notice-editor.tsx";
import { NoticeStanding } from "./progress/notice-standing.tsx";
import { noticeQuery, noticeTopicsQuery } from "./queries.ts";

/** One notice: written while it is a draft, watched afterwards. */
export function NoticePage() {
  const { t } = useText();
  const { notice: name } = useParams({ from: "/shell/notices/$notice" });
  const { topicId } = useSearch({ from: "/shell/notices/$notice" });
  const isNew = name === "new";
  const [isEditing, setEditing] = useState(false);
  const notice = useQuery({ ...noticeQuery(Number(name)), enabled: !isNew });
  const topics = useQuery(noticeTopicsQuery);
  const { data } = notice;
  const items = topics.data?.items;
  const isDraft = isNew || data?.state === "draft" || isEditing;
  return (
    <Page
      title={isNew ? t("notices.new") : (data?.title ?? t("notices.notice"))}
      subtitle={isDraft ? t("notices.composerText") : undefined}
      back={{ to: "/notices", label: t("place.notices") }}
    >
      {((!isNew && notice.isPending) || topics.isPending) && (
        <Waiting rows={6} label={t("notices.loading")} />
      )}
      {(notice.error ?? topics.error) && (
        <Failure
          error={notice.error ?? topics.error}
          title={t("notices.oneNotLoaded")}
          retry={() => void (notice.error ? notice.refetch() : topics.refetch())}
        />
      )}
      {isNew && items?.length === 0 && <NoTopics />}
      {items && isDraft && (data || (isNew && items.length > 0)) && (
        <NoticeEditor
          key={data?.id ?? "new"}
          notice={data ?? null}
          topics={items}
          topicId={topicId ?? items.find(() => items.length === 1)?.id ?? null}
          onSaved={() => setEditing(false)}
        />
      )}
      {data && !isDraft && <NoticeStanding notice={data} onEdit={() => setEditing(true)} />}
    </Page>
  );
}

function NoTopics() {
  const { t } = useText();
  return (
    <Statement
      drawing={<LighthouseDrawing className="w-[270px] max-w-full" />}
      title={t("topics.empty")}
      actions={
        <Link to="/notices/topics/$topic" params={{ topic: "new" }} className={buttonClass("primary")}>
          {t("topics.new")}
        </Link>
      }
    >
      {t("topics.emptyText")}
    </Statement>
  );
}
