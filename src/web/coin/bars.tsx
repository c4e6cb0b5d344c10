/** @jsxImportSource preact */
import { minorOf } from "./format.ts";
import type { PartProps } from "./view.tsx";

const TALL = 320;

/** Reserve and circulation on one line, at one scale: what is missing would be seen. */
export function Bars({ coin, words, format }: PartProps) {
  const reserve = coin.reserve[0]?.amount ?? 0;
  const supply = minorOf(coin.supply);
  const most = Math.max(1, reserve, supply);
  const bars = [
    { name: words.reserve, said: format.euro(reserve), height: (reserve / most) * TALL, kind: "ink" },
    { name: words.supply, said: format.coins(coin.supply), height: (supply / most) * TALL, kind: "accent" },
  ];
  return (
    <figure class="bars">
      <div class="bars-row" aria-hidden="true">
        {bars.map(({ name, height, kind }) => (
          <div key={name} class={`bar ${kind}`} style={{ height: `${Math.max(2, height) / 16}rem` }} />
        ))}
      </div>
      <figcaption class="bars-names">
        {bars.map(({ name, said }) => (
          <p key={name}>
            <span class="figure">{said}</span>
            <span>{name}</span>
          </p>
        ))}
      </figcaption>
    </figure>
  );
}
