import { Link } from "@tanstack/react-router";
import type { WeekFigures } from "../../../skills/week/api.ts";
import { StateLine } from "../../ui/tag.tsx";
import { useNow } from "../text/use-now.ts";
import { useText } from "../text/use-text.ts";
import { Panel } from "./panel.tsx";

/** Who waits for a person for longer than a day, as of now. */
export function OpenPanel({ open, unanswered }: { open: WeekFigures["open"]; unanswered: number }) {
  const { t, format } = useText();
  const now = useNow();
  return (
    <Panel title={t("week.open")} aside={t("week.asOfNow")}>
      {open.count === 0 ? (
        <p>
          <StateLine kind="ok">{t("week.nobodyWaits")}</StateLine>
        </p>
      ) : (
        <>
          <p>
            <StateLine kind="warn">{t("week.waiting", { count: open.count })}</StateLine>
          </p>
          <ul className="mt-1 text-desk">
            {open.items.map(({ conversationId, title, waitingSince }) => (
              <li key={conversationId} className="border-b border-line last:border-b-0">
                <Link
                  to="/conversations/$id"
                  params={{ id: conversationId }}
                  className="flex min-h-8 items-center justify-between gap-3 hover:underline"
                >
                  <span className="min-w-0 truncate">{title ?? t("week.noTopic")}</span>
                  <span className="shrink-0 text-small text-ink-2">
                    {t("week.since", { span: format.span(now - Date.parse(waitingSince)) })}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
          {open.count > open.items.length && (
            <Link to="/conversations" className="text-small font-strong text-accent-text hover:underline">
              {t("week.allOpen")}
            </Link>
          )}
        </>
      )}
      {unanswered > 0 && (
        <p className="mt-2 text-small text-ink-2">{t("week.unanswered", { count: unanswered })}</p>
      )}
    </Panel>
  );
}
