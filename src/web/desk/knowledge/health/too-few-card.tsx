import { Link } from "@tanstack/react-router";
import { Card } from "../../../ui/card.tsx";
import { useText } from "../../text/use-text.ts";
import type { HealthReport } from "./report.ts";

const shown = 12;

/** Topics that cannot be sure yet, fewest examples first. */
export function TooFewCard({ report }: { report: HealthReport }) {
  const { t, format } = useText();
  const { tooFew, enough } = report;
  return (
    <Card title={t("health.tooFew")} aside={t("health.tooFewAside", { count: enough })}>
      {tooFew.length === 0 && <p className="text-ink-2">{t("health.noneTooFew")}</p>}
      <ul className="divide-y divide-line">
        {tooFew.slice(0, shown).map(({ id, intent, title, examples }) => (
          <li key={intent} className="flex items-center gap-3 py-1.5">
            {id === null ? (
              <span className="min-w-0 flex-1">{title}</span>
            ) : (
              <Link
                to="/knowledge/$topic"
                params={{ topic: String(id) }}
                className="min-w-0 flex-1 underline-offset-4 hover:underline"
              >
                {title}
              </Link>
            )}
            <svg width="96" height="8" aria-hidden="true">
              <rect width="96" height="8" className="fill-sunken" />
              <rect width={Math.min(1, examples / enough) * 96} height="8" className="fill-accent" />
            </svg>
            <span className="w-8 text-right font-strong">{format.number(examples)}</span>
          </li>
        ))}
      </ul>
      {tooFew.length > shown && (
        <p className="mt-3 text-small text-ink-2">
          {t("knowledge.count", { count: tooFew.length - shown })} +
        </p>
      )}
    </Card>
  );
}
