import { ArrowRight } from "lucide-react";
import { Card } from "../../../ui/card.tsx";
import { useText } from "../../text/use-text.ts";
import type { HealthReport } from "./report.ts";

const shown = 6;

/** The pairs that are taken for each other most, with what was said. */
export function ConfusedCard({ report }: { report: HealthReport }) {
  const { t, format } = useText();
  const { confused } = report;
  const most = Math.max(1, ...confused.map(({ times }) => times));
  return (
    <Card title={t("health.confused")} aside={t("health.confusedAside")}>
      {confused.length === 0 ? (
        <p className="text-ink-2">{t("health.noneConfused")}</p>
      ) : (
        <table className="w-full text-desk">
          <thead>
            <tr className="border-b-[1.5px] border-ink text-left text-small">
              <th className="py-2 pr-3 font-strong">{t("knowledge.topic")}</th>
              <th className="py-2 text-right font-strong">{t("health.cases")}</th>
            </tr>
          </thead>
          <tbody>
            {confused.slice(0, shown).map((pair) => (
              <tr key={`${pair.intent} ${pair.with.intent}`} className="border-b border-line align-top">
                <td className="py-2 pr-3">
                  <span className="font-strong">{pair.title}</span>{" "}
                  <ArrowRight
                    size={16}
                    strokeWidth={1.75}
                    aria-hidden="true"
                    className="inline align-[-3px]"
                  />
                  <span className="ear-only">{t("health.takenFor")}</span> {pair.with.title}
                  {pair.texts[0] && <span className="block text-small text-ink-2">„{pair.texts[0]}“</span>}
                </td>
                <td className="w-32 py-2 text-right whitespace-nowrap">
                  <svg width="64" height="10" aria-hidden="true" className="mr-2 inline align-baseline">
                    <rect
                      x={64 - (pair.times / most) * 64}
                      width={(pair.times / most) * 64}
                      height="10"
                      rx="2"
                      className="fill-warn"
                    />
                  </svg>
                  <span className="font-strong">{format.number(pair.times)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {confused.length > shown && (
        <p className="mt-3 text-small text-ink-2">
          {t("health.allPairs", { count: confused.length - shown })}
        </p>
      )}
    </Card>
  );
}
