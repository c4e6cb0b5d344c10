import { Link } from "@tanstack/react-router";
import type { WeekFigures } from "../../../skills/week/api.ts";
import { useText } from "../text/use-text.ts";
import { Panel } from "./panel.tsx";

/** What would help most: questions nobody could answer, and topics that mostly end with a person. */
export function TeachPanel({ teach }: { teach: WeekFigures["teach"] }) {
  const { t } = useText();
  const { questions, groups, topics } = teach;
  const row = "flex min-h-8 items-center justify-between gap-3 border-b border-line last:border-b-0";
  return (
    <Panel title={t("week.teach")}>
      {questions === 0 && topics.length === 0 && <p className="text-ink-2">{t("week.teachNone")}</p>}
      <ul className="text-desk">
        {questions > 0 && (
          <li className={row}>
            <Link to="/knowledge/health" className="min-w-0 text-accent-text hover:underline">
              {t("week.questions", { count: questions })}
            </Link>
            <span className="shrink-0 text-small text-ink-2">{t("week.groups", { count: groups })}</span>
          </li>
        )}
        {topics.map(({ topicId, title, asked, settled }) => (
          <li key={title} className={row}>
            {topicId === null ? (
              <span className="min-w-0">{title}</span>
            ) : (
              <Link
                to="/knowledge/$topic"
                params={{ topic: String(topicId) }}
                className="min-w-0 text-accent-text hover:underline"
              >
                {title}
              </Link>
            )}
            <span className="shrink-0 text-small text-ink-2">
              {t("week.settledOf", { settled, cases: asked })}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
