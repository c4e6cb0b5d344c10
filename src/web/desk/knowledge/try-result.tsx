import { useState } from "react";
import type { ReplyOf } from "#kernel/api";
import type { tryQuestion } from "../../../skills/service/api.ts";
import { StateLine } from "../../ui/tag.tsx";
import { useText } from "../text/use-text.ts";
import { Said } from "./said.tsx";
import { ZoneLine } from "./zone-line.tsx";

type Result = ReplyOf<typeof tryQuestion>;

const kinds = { answer: "ok", offer: "info", handOver: "warn" } as const;

/** What the customer would read, and the reasons: candidates on the line of zones, words for and against. */
export function TryResult({ result }: { result: Result }) {
  const { t, format } = useText();
  const { zone, text, candidates, reasons, known, answerAt, offerAt, corrected, normalised } = result;
  const first = candidates[0];
  const [explained, setExplained] = useState<string | null>(null);
  const intent = candidates.some((one) => one.intent === explained) ? explained : first?.intent;
  return (
    <div className="grid gap-4">
      <p>
        <StateLine kind={kinds[zone]}>{t(`zone.${zone}`)}</StateLine>
      </p>
      {text && (
        <div
          lang={result.language}
          className="rounded-t-3 border border-b-2 border-line bg-ground px-3.5 py-2.5 text-desk whitespace-pre-wrap [border-bottom-color:var(--ah-ink-3)] [border-bottom-style:dashed]"
        >
          <Said text={text} />
        </div>
      )}
      {first && <ZoneLine confidence={first.confidence} answerAt={answerAt} offerAt={offerAt} />}
      <section aria-label={t("try.candidates")}>
        <h3 className="text-small">{t("try.candidates")}</h3>
        <ol className="mt-1 text-small">
          {candidates.map(({ intent: one, title, confidence }) => (
            <li key={one} className="flex justify-between gap-4 border-b border-line py-1">
              <button
                type="button"
                aria-pressed={one === intent}
                onClick={() => setExplained(one)}
                className="min-h-6 text-left underline-offset-4 hover:underline aria-pressed:font-strong"
              >
                {title || one}
              </button>
              <span className="font-strong">{format.share(confidence)}</span>
            </li>
          ))}
        </ol>
      </section>
      <Words words={reasons.filter((one) => one.intent === intent)} />
      <dl className="grid gap-1 text-small">
        {corrected.length > 0 && (
          <div>
            <dt className="inline font-strong">{t("explain.corrected")}: </dt>
            <dd className="inline">{corrected.map((one) => t("explain.correction", one)).join(", ")}</dd>
          </div>
        )}
        <div>
          <dt className="inline font-strong">{t("explain.read")}: </dt>
          <dd className="inline font-mono wrap-anywhere text-ink-2">{normalised}</dd>
        </div>
      </dl>
      <p className="text-small text-ink-2">{t("try.known", { share: format.percent(known) })}</p>
    </div>
  );
}

function Words({ words }: { words: Result["reasons"] }) {
  const { t, format } = useText();
  const most = Math.max(...words.map(({ weight }) => Math.abs(weight)), 0.01);
  if (words.length === 0) return null;
  const sides = [
    { title: t("try.for"), items: words.filter(({ weight }) => weight > 0), bar: "fill-accent" },
    { title: t("try.against"), items: words.filter(({ weight }) => weight <= 0), bar: "fill-line-strong" },
  ];
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {sides.map(({ title, items, bar }) => (
        <section key={title} aria-label={title}>
          <h3 className="text-small">{title}</h3>
          <ul className="mt-1 grid gap-1 text-small">
            {items.length === 0 && <li className="text-ink-2">{t("try.noWord")}</li>}
            {items.map(({ feature, weight }) => (
              <li key={feature} className="flex items-center gap-2">
                <span className="w-24 truncate" title={feature}>
                  {feature}
                </span>
                <svg className="h-2 min-w-0 flex-1" aria-hidden="true">
                  <rect width={`${(Math.abs(weight) / most) * 100}%`} height="8" className={bar} />
                </svg>
                <span className="w-12 text-right text-ink-2">{format.share(weight)}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
