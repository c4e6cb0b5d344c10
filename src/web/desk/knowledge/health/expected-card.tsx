import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { setKnowledgeLimits } from "../../../../skills/service/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Tag } from "../../../ui/tag.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { isManager, useMe } from "../../session/session.ts";
import { FailureRows } from "../../shell/failure.tsx";
import { useNow } from "../../text/use-now.ts";
import { useText } from "../../text/use-text.ts";
import { limitsQuery } from "../teaching-queries.ts";
import type { HealthReport } from "./report.ts";

/** The share answered, offered and handed over at the chosen error limit, each with its interval. */
export function ExpectedCard({ report }: { report: HealthReport }) {
  const { t, format } = useText();
  const now = useNow();
  const { wrong, rows, heldOut, maxWrong } = report;
  const isWithin = wrong.value <= maxWrong;
  const base = heldOut === "messages" ? "health.fromMessages" : "health.fromExamples";
  return (
    <section aria-labelledby="expected" className="rounded-2 border border-line bg-sheet p-4 sm:p-6">
      <header className="mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h2 id="expected" className="text-h2">
          {t("health.limit", { count: Math.round(maxWrong * 1000) / 10 })}
        </h2>
        <Tag kind={isWithin ? "ok" : "warn"}>
          {t("health.measured", { value: onePlace(wrong.value, format.locale) })}
        </Tag>
      </header>
      <ZoneBar report={report} />
      <p className="mt-4 text-small text-ink-2">
        {t("health.wrong", {
          value: onePlace(wrong.value, format.locale),
          low: onePlace(wrong.low, format.locale),
          high: onePlace(wrong.high, format.locale),
        })}{" "}
        {t(base, { count: rows })}{" "}
        {report.measuredAt && t("health.measuredAt", { when: format.moment(report.measuredAt, now) })}
      </p>
      <ErrorLimit />
    </section>
  );
}

export function onePlace(value: number, locale: string): string {
  return value.toLocaleString(locale, {
    style: "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
}

/** One bar on the horizon; every part is named and numbered below, so that colour alone says nothing. */
function ZoneBar({ report }: { report: HealthReport }) {
  const { t, format } = useText();
  const parts = [
    { key: "answered", share: report.answered, fill: "fill-accent" },
    { key: "offered", share: report.offered, fill: "fill-accent-soft" },
    { key: "handedOver", share: report.handedOver, fill: "fill-line-strong" },
  ] as const;
  let from = 0;
  const placed = parts.map((part) => {
    const at = from;
    from += part.share.value;
    return { ...part, at };
  });
  const percent = (value: number) => format.percent(value);
  return (
    <>
      <svg
        role="img"
        aria-label={t("health.chart", {
          answered: Math.round(report.answered.value * 100),
          offered: Math.round(report.offered.value * 100),
          handedOver: Math.round(report.handedOver.value * 100),
        })}
        width="100%"
        height="46"
      >
        <defs>
          <pattern
            id="offered"
            width="8"
            height="8"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width="8" height="8" className="fill-accent-soft" />
            <rect width="4" height="8" className="fill-accent" />
          </pattern>
        </defs>
        {placed.map(({ key, at, share, fill }) => (
          <rect
            key={key}
            x={`${at * 100}%`}
            width={`${share.value * 100}%`}
            height="44"
            className={key === "offered" ? undefined : fill}
            fill={key === "offered" ? "url(#offered)" : undefined}
          />
        ))}
        <line x1="0" x2="100%" y1="45" y2="45" strokeWidth="2" className="stroke-ink" />
      </svg>
      <dl className="mt-2 grid grid-cols-3 gap-3">
        {parts.map(({ key, share }) => (
          <div key={key} className="flex flex-col">
            <dt className="order-2 text-small font-strong">{t(`health.${key}`)}</dt>
            <dd className="order-1 text-h1 leading-8 font-strong">{percent(share.value)}</dd>
            <dd className="order-3 text-small text-ink-2">
              {t("health.between", { low: percent(share.low), high: percent(share.high) })}
              <span className="block">{t(`health.${key}Text`)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

const least = 0.5;
const most = 10;

/** How many of 100 answers may be wrong; what is set is trained, and then measured. */
function ErrorLimit() {
  const { t, format } = useText();
  const client = useQueryClient();
  const limits = useQuery(limitsQuery);
  const mayWrite = isManager(useMe());
  const [chosen, setChosen] = useState<number | null>(null);
  const saving = useMutation({
    mutationFn: (maxWrong: number) => call(setKnowledgeLimits, { body: { maxWrong } }),
    onSuccess: (reply) => {
      client.setQueryData(limitsQuery.queryKey, reply);
      setChosen(null);
      showToast({ text: t("health.saved") });
      void client.invalidateQueries({ queryKey: ["knowledge"] });
    },
  });
  if (!limits.data || !mayWrite) return null;
  const present = Math.round(limits.data.maxWrong * 1000) / 10;
  const value = chosen ?? present;
  return (
    <div className="mt-5 grid gap-2">
      <div className="grid grid-cols-[auto_1fr_auto] items-center gap-3">
        <label htmlFor="limit" className="text-small font-strong">
          {t("health.slider")}
        </label>
        <input
          id="limit"
          type="range"
          min={least}
          max={most}
          step={0.5}
          value={value}
          aria-describedby="limit-help"
          aria-valuetext={onePlace(value / 100, format.locale)}
          onChange={(event) => setChosen(Number(event.target.value))}
          className="min-h-6 w-full accent-(--ah-accent)"
        />
        <output htmlFor="limit" className="min-w-14 text-right font-strong">
          {onePlace(value / 100, format.locale)}
        </output>
      </div>
      <p id="limit-help" className="text-small text-ink-2">
        {t("health.sliderHelp")}
      </p>
      <FailureRows error={saving.error} />
      {value !== present && (
        <div>
          <Button variant="primary" busy={saving.isPending} onClick={() => saving.mutate(value / 100)}>
            {t("health.save")}
          </Button>
        </div>
      )}
    </div>
  );
}
