import { Link } from "@tanstack/react-router";
import type { WeekFigures } from "../../../skills/week/api.ts";
import { useText } from "../text/use-text.ts";
import { Panel } from "./panel.tsx";
import { useWords } from "./use-words.ts";

type Asked = WeekFigures["asked"];

/** What was asked, by count, with the change against the week before. */
export function AskedPanel({ asked }: { asked: Asked }) {
  const { t } = useText();
  return (
    <Panel title={t("week.asked")}>
      {asked.all === 0 ? <p className="text-ink-2">{t("week.nobody")}</p> : <TopicTable asked={asked} />}
      {asked.more > 0 && (
        <p className="mt-2 text-small text-ink-2">{t("week.moreTopics", { count: asked.more })}</p>
      )}
    </Panel>
  );
}

function TopicTable({ asked }: { asked: Asked }) {
  const { t } = useText();
  const head = "py-1 text-right font-strong";
  return (
    <table className="w-full text-desk">
      <thead>
        <tr className="border-b-[1.5px] border-ink text-small">
          <th className="py-1 pr-3 text-left font-strong">{t("week.topic")}</th>
          <th className={head}>{t("week.cases")}</th>
          <th className={`${head} pl-3`}>{t("week.before")}</th>
          <th className={`${head} hidden pl-3 sm:table-cell`}>{t("week.settledShort")}</th>
        </tr>
      </thead>
      <tbody>
        {asked.topics.map((topic) => (
          <TopicRow key={topic.title ?? ""} topic={topic} />
        ))}
      </tbody>
    </table>
  );
}

function TopicRow({ topic }: { topic: Asked["topics"][number] }) {
  const { t, format } = useText();
  const words = useWords();
  const { topicId, title, asked, before, change, settled } = topic;
  const number = "py-1.5 text-right tabular-nums whitespace-nowrap";
  return (
    <tr className="border-b border-line">
      <td className="py-1.5 pr-3 hyphens-auto wrap-anywhere">
        {topicId === null ? (
          <span className="text-ink-2">{title ?? t("week.noTopic")}</span>
        ) : (
          <Link to="/knowledge/$topic" params={{ topic: String(topicId) }} className="hover:underline">
            {title}
          </Link>
        )}
      </td>
      <td className={`${number} font-strong`}>{format.number(asked)}</td>
      <td className={`${number} pl-3 text-ink-2`}>
        {before === null ? "–" : format.number(before)}
        {change !== null && <span className="block text-tiny">{words.signed(change)}</span>}
      </td>
      <td className={`${number} hidden pl-3 sm:table-cell`}>{words.share(settled, asked)}</td>
    </tr>
  );
}
