import { Card } from "../../../ui/card.tsx";
import { useText } from "../../text/use-text.ts";
import type { HealthReport } from "./report.ts";

const shown = 8;

/** Examples that stand in two topics with nearly the same words: the machine cannot tell them apart either. */
export function TwinsCard({ report }: { report: HealthReport }) {
  const { t, format } = useText();
  const { nearDuplicates: twins } = report;
  return (
    <Card title={t("health.twins")} aside={t("health.twinsAside")}>
      {twins.length === 0 && <p className="text-ink-2">{t("health.noneTwins")}</p>}
      <ul className="divide-y divide-line">
        {twins.slice(0, shown).map(({ a, b, likeness }) => (
          <li key={`${a.text} ${b.text}`} className="grid grid-cols-[1fr_auto] gap-x-4 py-2">
            <div className="min-w-0">
              {[a, b].map(({ text, title, intent }) => (
                <p key={intent} className="wrap-anywhere">
                  „{text}“{" "}
                  <span className="text-small text-ink-2">{t("health.twinIn", { topic: title })}</span>
                </p>
              ))}
            </div>
            <span className="text-right font-strong">{format.percent(likeness)}</span>
          </li>
        ))}
      </ul>
      {twins.length > shown && (
        <p className="mt-3 text-small text-ink-2">{t("health.allPairs", { count: twins.length - shown })}</p>
      )}
    </Card>
  );
}
