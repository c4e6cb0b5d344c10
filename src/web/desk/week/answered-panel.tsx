import type { WeekFigures } from "../../../skills/week/api.ts";
import { useText } from "../text/use-text.ts";
import { Panel } from "./panel.tsx";
import { ShareBar } from "./share-bar.tsx";
import { useWords } from "./use-words.ts";

/** What the automatic answers did with what was asked, and how fast somebody answered. */
export function AnsweredPanel({ week: { firstLevel, speed } }: { week: WeekFigures }) {
  const { t, format } = useText();
  const words = useWords();
  const zones = ["answer", "choose", "handover"] as const;
  const all = zones.reduce((sum, zone) => sum + firstLevel[zone], 0);
  const parts = zones.map((zone) => ({
    label: t(`week.zone.${zone}`),
    count: firstLevel[zone],
    share: all === 0 ? 0 : firstLevel[zone] / all,
    text: words.share(firstLevel[zone], all),
  }));
  const label = parts.map((part) => `${part.label} ${part.text}`).join(", ");
  return (
    <Panel title={t("week.firstLevel")} aside={t("week.ofMessages", { count: format.number(all) })}>
      {all === 0 ? (
        <p className="text-ink-2">{t("week.noneJudged")}</p>
      ) : (
        <ShareBar label={label} parts={parts} />
      )}
      <dl className="mt-3 grid gap-1 border-t border-line pt-2 text-small">
        <Speed label={t("week.automatic")}>
          {speed.firstLevel
            ? t("week.times", {
                median: words.span(speed.firstLevel.median),
                p90: words.span(speed.firstLevel.p90),
              })
            : t("week.fewTimes")}
        </Speed>
        <Speed label={t("week.person")}>
          {speed.person
            ? t("week.times", { median: words.span(speed.person.median), p90: words.span(speed.person.p90) })
            : t(speed.hidden === "few_persons" ? "week.fewPersonsText" : "week.fewTimes")}
        </Speed>
      </dl>
      {firstLevel.pending > 0 && (
        <p className="mt-2 text-small text-ink-2">{t("week.pending", { count: firstLevel.pending })}</p>
      )}
    </Panel>
  );
}

function Speed({ label, children }: { label: string; children: string }) {
  return (
    <div>
      <dt className="inline font-strong">{label}: </dt>
      <dd className="inline text-ink-2">{children}</dd>
    </div>
  );
}
