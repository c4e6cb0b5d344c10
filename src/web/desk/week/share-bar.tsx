import { useId } from "react";

export interface BarPart {
  label: string;
  count: number;
  /** 0 to 1, of the whole bar */
  share: number;
  text: string;
}

const fills = ["fill-accent", "hatched", "fill-line-strong"] as const;

/** Parts of a whole on the horizon; each is named and numbered below, so that colour alone says nothing. */
export function ShareBar({ label, parts }: { label: string; parts: readonly BarPart[] }) {
  const pattern = useId();
  let from = 0;
  const placed = parts.map((part, place) => {
    const at = from;
    from += part.share;
    return { ...part, at, fill: parts.length === 2 && place === 1 ? "hatched" : fills[place] };
  });
  return (
    <>
      <svg role="img" aria-label={label} width="100%" height="26">
        <defs>
          <pattern
            id={pattern}
            width="8"
            height="8"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width="8" height="8" className="fill-accent-soft" />
            <rect width="4" height="8" className="fill-accent" />
          </pattern>
        </defs>
        {placed.map(({ label: name, at, share, fill }) => (
          <rect
            key={name}
            x={`${at * 100}%`}
            width={`${share * 100}%`}
            height="24"
            className={fill === "hatched" ? undefined : fill}
            fill={fill === "hatched" ? `url(#${pattern})` : undefined}
          />
        ))}
        <line x1="0" x2="100%" y1="25" y2="25" strokeWidth="2" className="stroke-ink" />
      </svg>
      <dl className="mt-1 flex justify-between gap-3">
        {parts.map(({ label: name, text }) => (
          <div key={name} className="flex min-w-0 flex-col last:text-right">
            <dt className="order-2 text-small text-ink-2">{name}</dt>
            <dd className="order-1 font-head text-figure font-heavy">{text}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
