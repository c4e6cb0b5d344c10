import { type RefObject, useEffect, useRef, useState } from "react";
import { Card } from "../../../ui/card.tsx";
import { useText } from "../../text/use-text.ts";
import { onePlace } from "./expected-card.tsx";
import type { HealthReport } from "./report.ts";

type Point = HealthReport["curve"][number];

const height = 240;
const left = 40;
const bottom = 28;
const lines = [0.25, 0.5, 0.75, 1];

/** What another error limit would cost or bring; the present one is marked and written out. */
export function CurveCard({ report }: { report: HealthReport }) {
  const { t, format } = useText();
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const { curve, maxWrong, answered } = report;
  const most = Math.max(...curve.map((point) => point.maxWrong), maxWrong);
  const x = (limit: number) => left + (limit / most) * (width - left - 20);
  const y = (share: number) => 8 + (1 - share) * (height - bottom - 8);
  const path = curve
    .map((point, at) => `${at === 0 ? "M" : "L"}${x(point.maxWrong)} ${y(point.answered)}`)
    .join("");
  const now = { maxWrong, answered: shareAt(curve, maxWrong) ?? answered.value };
  const words = { limit: onePlace(maxWrong, format.locale), share: format.percent(now.answered) };
  const isRight = now.maxWrong / most > 0.6;
  return (
    <Card title={t("curve.title")} aside={t("curve.aside")}>
      <div ref={place}>
        <svg
          role="img"
          aria-label={t("curve.label", words)}
          viewBox={`0 0 ${width} ${height}`}
          className="w-full"
        >
          {lines.map((share) => (
            <g key={share}>
              <line x1={left} x2={width} y1={y(share)} y2={y(share)} className="stroke-line" />
              <text x={left - 8} y={y(share) + 4} textAnchor="end" className="fill-ink-2 text-tiny">
                {format.number(share * 100)}
              </text>
            </g>
          ))}
          <path
            d={`${path}L${x(curve.at(-1)?.maxWrong ?? 0)} ${y(0)}L${x(curve[0]?.maxWrong ?? 0)} ${y(0)}Z`}
            className="fill-accent-soft"
          />
          <path d={path} fill="none" strokeWidth="2.5" className="stroke-accent-edge" />
          <line x1={left} x2={width} y1={y(0)} y2={y(0)} strokeWidth="2" className="stroke-ink" />
          <line
            x1={x(maxWrong)}
            x2={x(maxWrong)}
            y1={y(now.answered)}
            y2={y(0)}
            strokeWidth="1.5"
            className="stroke-ink"
          />
          <circle
            cx={x(maxWrong)}
            cy={y(now.answered)}
            r="6"
            strokeWidth="2.5"
            className="fill-sheet stroke-ink"
          />
          <text
            x={x(maxWrong) + (isRight ? -12 : 12)}
            y={y(now.answered) + 24}
            textAnchor={isRight ? "end" : "start"}
            className="fill-ink text-small font-strong"
          >
            {t("curve.alone", { share: words.share })}
            <tspan x={x(maxWrong) + (isRight ? -12 : 12)} dy="18" className="fill-ink-2 font-text">
              {t("curve.at", { limit: words.limit })}
            </tspan>
          </text>
          {curve
            .filter((point) => Number.isInteger(Math.round(point.maxWrong * 1000) / 10))
            .map((point) => (
              <text
                key={point.maxWrong}
                x={x(point.maxWrong)}
                y={height - 8}
                textAnchor="middle"
                className="fill-ink-2 text-tiny"
              >
                {format.percent(point.maxWrong)}
              </text>
            ))}
        </svg>
      </div>
      <details className="mt-2 text-small">
        <summary className="cursor-pointer font-strong text-accent-text">{t("curve.table")}</summary>
        <table className="mt-2 w-full max-w-[320px]">
          <thead>
            <tr className="border-b-[1.5px] border-ink text-left">
              <th className="py-1 font-strong">{t("health.slider")}</th>
              <th className="py-1 text-right font-strong">{t("health.answered")}</th>
            </tr>
          </thead>
          <tbody>
            {curve.map((point) => (
              <tr key={point.maxWrong} className="border-b border-line">
                <td className="py-1">{onePlace(point.maxWrong, format.locale)}</td>
                <td className="text-right">{format.percent(point.answered)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Card>
  );
}

/** The chart has the words' size on every screen, so it is drawn as wide as its place. */
function useWidth(place: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(600);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(Math.max(240, element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [place]);
  return width;
}

/** Between two measured limits as the line is drawn; undefined outside. */
function shareAt(curve: readonly Point[], limit: number): number | undefined {
  const next = curve.findIndex((point) => point.maxWrong >= limit);
  const [to, from] = [curve[next], curve[next - 1]];
  if (!to) return undefined;
  if (!from) return to.maxWrong === limit ? to.answered : undefined;
  const part = (limit - from.maxWrong) / (to.maxWrong - from.maxWrong);
  return from.answered + part * (to.answered - from.answered);
}
