import { useState } from "react";
import type { CoinSetup } from "../../../skills/wallet/api.ts";
import { Button } from "../../ui/button.tsx";
import { useText } from "../text/use-text.ts";
import { minorOf, useMoney } from "./money.ts";

type Point = CoinSetup["series"][number];

const WIDTH = 720;
const HEIGHT = 240;
const BASE = 210;
const LEFT = 56;
const STEPS = 4;
/** Fewer do not become broader. */
const LEAST_PLACES = 6;
const LABELS_MOST = 6;

/** Reserve as a step line over bars of the supply: the gap is the message. */
export function CoverageChart({ points, symbol }: { points: readonly Point[]; symbol: string }) {
  const { t, format } = useText();
  const money = useMoney();
  const [isTable, setTable] = useState(false);
  const last = points.at(-1);
  if (!last) return <p className="mt-5 text-ink-2">{t("coin.chart.none")}</p>;
  const finding = t("coin.chart.finding", {
    reserve: money.euro(last.reserveMinor),
    supply: money.coins(minorOf(last.supply), symbol),
    date: format.date(new Date(last.at).toISOString()),
  });
  return (
    <section className="mt-6 grid gap-2">
      <header className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="text-h3">{t("coin.chart.title")}</h2>
        <Button variant="quiet" className="-ml-4 sm:-mr-4 sm:ml-0" onClick={() => setTable(!isTable)}>
          {t(isTable ? "coin.chart.asPicture" : "coin.chart.asTable")}
        </Button>
      </header>
      {isTable ? (
        <Table points={points} symbol={symbol} />
      ) : (
        <figure>
          <Drawing points={points} finding={finding} />
          <figcaption className="flex flex-wrap gap-x-6 text-small">
            <span className="font-strong">▬ {t("coin.reserve")}</span>
            <span className="font-strong text-accent-text">■ {t("coin.supply")}</span>
            <span className="text-ink-2">{t("coin.chart.unit")}</span>
          </figcaption>
        </figure>
      )}
    </section>
  );
}

function Drawing({ points, finding }: { points: readonly Point[]; finding: string }) {
  const { format } = useText();
  const money = useMoney();
  const top = Math.max(1, ...points.flatMap(({ supply, reserveMinor }) => [minorOf(supply), reserveMinor]));
  const most = niceTop(top);
  const y = (minor: number) => BASE - (minor / most) * (BASE - 16);
  const step = (WIDTH - LEFT) / Math.max(points.length, LEAST_PLACES);
  const line = points
    .map(({ reserveMinor }, n) => `${n ? "V" : `M${LEFT} `}${y(reserveMinor)}H${LEFT + (n + 1) * step}`)
    .join("");
  const every = Math.ceil(points.length / LABELS_MOST);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="w-full" role="img" aria-label={finding}>
      {Array.from({ length: STEPS + 1 }, (_, n) => (most / STEPS) * n).map((minor) => (
        <g key={minor}>
          <path d={`M${LEFT} ${y(minor)}H${WIDTH}`} className="stroke-line" />
          <text
            x={LEFT - 8}
            y={y(minor) + 4}
            textAnchor="end"
            className="fill-ink-2 text-[24px] sm:text-[13px]"
          >
            {money.thousands(minor)}
          </text>
        </g>
      ))}
      {points.map(({ at, supply }, n) => (
        <rect
          key={at}
          x={LEFT + n * step + step * 0.1}
          width={step * 0.8}
          y={y(minorOf(supply))}
          height={BASE - y(minorOf(supply))}
          className={n === points.length - 1 ? "fill-accent" : "fill-accent opacity-50"}
        />
      ))}
      <path d={line} className="fill-none stroke-ink stroke-[3px]" />
      <path d={`M${LEFT} ${BASE}H${WIDTH}`} className="stroke-ink stroke-2" />
      {points.map(
        ({ at }, n) =>
          n % every === 0 && (
            <text
              key={at}
              x={LEFT + n * step + step / 2}
              y={HEIGHT - 10}
              textAnchor="middle"
              className="fill-ink-2 text-[24px] sm:text-[13px]"
            >
              {format.dayMonth(new Date(at).toISOString())}
            </text>
          ),
      )}
    </svg>
  );
}

/** 1, 2, 2.5 or 5 times a power of ten, so that the lines stand at numbers that people count in. */
export function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 2.5, 5, 10].find((one) => one * power >= value) ?? 10;
  return factor * power;
}

function Table({ points, symbol }: { points: readonly Point[]; symbol: string }) {
  const { t, format } = useText();
  const money = useMoney();
  return (
    <div>
      <table className="w-full text-small">
        <thead>
          <tr className="border-b-[1.5px] border-ink text-left">
            <th className="py-2">{t("coin.date")}</th>
            <th className="py-2 text-right">{t("coin.reserve")}</th>
            <th className="py-2 text-right">{t("coin.supply")}</th>
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map(({ at, reserveMinor, supply }) => (
            <tr key={at} className="border-b border-line">
              <td className="py-2">{format.date(new Date(at).toISOString())}</td>
              <td className="py-2 text-right">{money.euro(reserveMinor)}</td>
              <td className="py-2 text-right">{money.coins(minorOf(supply), symbol)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
