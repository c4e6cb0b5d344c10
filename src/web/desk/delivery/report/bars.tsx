import { useId } from "react";
import { useReportWords } from "./use-report-words.ts";

interface Bar {
  readonly key: string;
  readonly label: string;
  /** 0 to 1; null = nothing was judged */
  readonly share: number | null;
}

const HEIGHT = 120;
const MOST_BARS = 60;
/** Above the highest bar stands its number. */
const HEAD = 18;

/** A course over evenings on the horizon; the same numbers stand in the table below. */
export function EveningBars({ title, bars }: { title: string; bars: readonly Bar[] }) {
  const words = useReportWords();
  const shown = bars.slice(-MOST_BARS);
  const last = shown.at(-1);
  const first = shown[0];
  const width = 100 / Math.max(1, shown.length);
  const room = HEIGHT - HEAD;
  return (
    <figure>
      <figcaption className="mb-2 text-h3 font-heavy">{title}</figcaption>
      <svg role="img" aria-label={title} width="100%" height={HEIGHT + 2} className="overflow-visible">
        {[0.5, 1].map((line) => (
          <line
            key={line}
            x1="0"
            x2="100%"
            y1={HEIGHT - line * room}
            y2={HEIGHT - line * room}
            className="stroke-line"
          />
        ))}
        {shown.map(({ key, label, share }, n) => {
          const height = (share ?? 0) * room;
          return (
            <rect
              key={key}
              x={`${n * width + width * 0.15}%`}
              width={`${Math.min(width * 0.7, 6)}%`}
              y={HEIGHT - height}
              height={height}
              className={n === shown.length - 1 ? "fill-accent" : "fill-(--ah-d2)"}
            >
              <title>{`${label}: ${words.share(share)}`}</title>
            </rect>
          );
        })}
        <line x1="0" x2="100%" y1={HEIGHT} y2={HEIGHT} strokeWidth="2" className="stroke-ink" />
      </svg>
      <p className="mt-1 flex justify-between gap-4 text-tiny text-ink-2">
        <span>{first?.label}</span>
        <span>{last && `${last.label}: ${words.share(last.share)}`}</span>
      </p>
    </figure>
  );
}

interface Amount {
  readonly key: string;
  readonly label: string;
  readonly value: number;
  readonly text: string;
}

/** One against the other, both named and written out. */
export function TwoBars({ title, bars }: { title: string; bars: readonly [Amount, Amount] }) {
  const pattern = useId();
  const most = Math.max(1, ...bars.map(({ value }) => value));
  return (
    <figure>
      <figcaption className="mb-2 text-h3 font-heavy">{title}</figcaption>
      <ul className="grid gap-3">
        {bars.map(({ key, label, value, text }, n) => (
          <li key={key}>
            <p className="flex flex-wrap justify-between gap-x-4 text-small">
              <span>{label}</span>
              <strong className="font-strong">{text}</strong>
            </p>
            <svg width="100%" height="18" aria-hidden="true">
              <defs>
                <pattern
                  id={`${pattern}${n}`}
                  width="8"
                  height="8"
                  patternUnits="userSpaceOnUse"
                  patternTransform="rotate(45)"
                >
                  <rect width="8" height="8" className="fill-accent-soft" />
                  <rect width="4" height="8" className="fill-(--ah-d3)" />
                </pattern>
              </defs>
              <rect
                width={`${(value / most) * 100}%`}
                height="16"
                className={n === 0 ? "fill-accent" : undefined}
                fill={n === 0 ? undefined : `url(#${pattern}${n})`}
              />
              <line x1="0" x2="100%" y1="17" y2="17" strokeWidth="2" className="stroke-ink" />
            </svg>
          </li>
        ))}
      </ul>
    </figure>
  );
}
