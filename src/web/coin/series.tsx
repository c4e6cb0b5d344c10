/** @jsxImportSource preact */
import { minorOf } from "./format.ts";
import type { PartProps } from "./view.tsx";

const WIDTH = 480;
const HEIGHT = 150;

/** Coverage over time: the reserve as a line over bars of what circulates; the same as a table. */
export function Series({ coin, words, format }: PartProps) {
  const { series } = coin;
  const last = series.at(-1);
  if (!last) return null;
  const most = Math.max(1, ...series.flatMap((one) => [minorOf(one.supply), one.reserveMinor]));
  const y = (minor: number) => HEIGHT - (minor / most) * (HEIGHT - 10);
  const step = WIDTH / series.length;
  const line = series
    .map(({ reserveMinor }, n) => `${n ? "V" : "M0 "}${y(reserveMinor)}H${(n + 1) * step}`)
    .join("");
  return (
    <section>
      <h2>{words.series}</h2>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + 2}`} class="series" aria-hidden="true">
        {series.map(({ at, supply }, n) => (
          <rect
            key={at}
            x={n * step + step * 0.1}
            width={step * 0.8}
            y={y(minorOf(supply))}
            height={HEIGHT - y(minorOf(supply))}
          />
        ))}
        <path class="reserve" d={line} />
        <path class="base" d={`M0 ${HEIGHT}H${WIDTH}`} />
      </svg>
      <p class="small quiet">{words.seriesText}</p>
      <details>
        <summary>{words.asTable}</summary>
        <table class="small">
          <thead>
            <tr>
              <th>{words.date}</th>
              <th>{words.reserve}</th>
              <th>{words.supply}</th>
            </tr>
          </thead>
          <tbody>
            {series.toReversed().map(({ at, reserveMinor, supply }) => (
              <tr key={at}>
                <td>{format.day(at)}</td>
                <td>{format.euro(reserveMinor)}</td>
                <td>{format.coins(supply)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
