import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ExternalLink, Plus } from "lucide-react";
import type { NoticeTopic } from "../../../../skills/notices/api.ts";
import { buttonClass } from "../../../ui/button.tsx";
import { Waiting } from "../../../ui/card.tsx";
import { LighthouseDrawing } from "../../../ui/drawings.tsx";
import { Statement } from "../../../ui/statement.tsx";
import { Tag } from "../../../ui/tag.tsx";
import { isManager, useMe } from "../../session/session.ts";
import { Failure } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { NoticesFrame } from "../notices-frame.tsx";
import { noticeTopicsQuery } from "../queries.ts";

const sign = { size: 18, strokeWidth: 1.75, "aria-hidden": true } as const;

/** What customers may subscribe to. */
export function TopicsPage() {
  const { t } = useText();
  const topics = useQuery(noticeTopicsQuery);
  const session = useMe();
  const items = topics.data?.items;
  return (
    <NoticesFrame
      title={t("topics.title")}
      subtitle={t("topics.subtitle")}
      actions={
        <>
          <a
            href={`/c/${session.company.slug}/topics`}
            target="_blank"
            rel="noopener"
            className={buttonClass("secondary")}
          >
            <ExternalLink {...sign} /> {t("topics.catalogue")}
          </a>
          {isManager(session) && <NewTopic />}
        </>
      }
    >
      {topics.isPending && <Waiting rows={4} label={t("notices.loading")} />}
      {topics.error && (
        <Failure error={topics.error} title={t("topics.notLoaded")} retry={() => void topics.refetch()} />
      )}
      {items?.length === 0 && (
        <Statement
          drawing={<LighthouseDrawing className="w-[270px] max-w-full" />}
          title={t("topics.empty")}
          actions={isManager(session) && <NewTopic />}
        >
          {t("topics.emptyText")}
        </Statement>
      )}
      {items && items.length > 0 && <TopicTable topics={items} />}
    </NoticesFrame>
  );
}

function NewTopic() {
  const { t } = useText();
  return (
    <Link to="/notices/topics/$topic" params={{ topic: "new" }} className={buttonClass("primary")}>
      <Plus {...sign} /> {t("topics.new")}
    </Link>
  );
}

function TopicTable({ topics }: { topics: readonly NoticeTopic[] }) {
  const { t } = useText();
  return (
    <section aria-label={t("topics.title")} className="rounded-2 border border-line bg-sheet p-4 sm:p-6">
      <table className="w-full text-desk">
        <thead>
          <tr className="border-b-[1.5px] border-ink text-left text-small">
            <th className="py-2 pr-3 font-strong">{t("notices.topic")}</th>
            <th className="hidden px-3 py-2 font-strong md:table-cell">{t("topics.parameters")}</th>
            <th className="py-2 pl-3 text-right font-strong">{t("topics.subscribers")}</th>
            <th className="hidden py-2 pl-3 sm:table-cell">
              <span className="ear-only">{t("topics.write")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {topics.map((topic) => (
            <Row key={topic.id} topic={topic} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ topic }: { topic: NoticeTopic }) {
  const { t, language, format } = useText();
  const { id, title, kind, parameters, isPublic, isUrgent, subscribers } = topic;
  const name = title[language] || title.de || title.en;
  return (
    <tr className="h-(--ah-row) border-b border-line">
      <td className="py-1.5 pr-3">
        <Link
          to="/notices/topics/$topic"
          params={{ topic: String(id) }}
          className="font-strong wrap-anywhere text-ink underline-offset-4 hover:underline"
        >
          {name}
        </Link>
        <span className="mt-0.5 flex flex-wrap gap-1.5">
          <Tag kind="plain">{t(`topics.kind.${kind}`)}</Tag>
          {isUrgent && <Tag kind="info">{t("topics.urgentTag")}</Tag>}
          {!isPublic && <Tag kind="off">{t("topics.hiddenTag")}</Tag>}
        </span>
      </td>
      <td className="hidden px-3 text-small wrap-anywhere text-ink-2 md:table-cell">
        {parameters.map(({ label, key }) => label[language] || label.de || key).join(", ") || "–"}
      </td>
      <td className="pl-3 text-right">{format.number(subscribers)}</td>
      <td className="hidden pl-3 text-right sm:table-cell">
        <Link
          to="/notices/$notice"
          params={{ notice: "new" }}
          search={{ topicId: id }}
          aria-label={t("topics.writeOn", { name })}
          className={buttonClass("quiet")}
        >
          {t("topics.write")}
        </Link>
      </td>
    </tr>
  );
}
