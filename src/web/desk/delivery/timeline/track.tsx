import { memo } from "react";
import type { RunningStop } from "../../../../skills/delivery/api.ts";
import { hasEnded, type Span, shareOf, stopAt } from "../evening/rounds.ts";
import { toneOf } from "../evening/tones.ts";
import type { CityFormat } from "../use-city-format.ts";

interface TrackProps {
  stops: readonly RunningStop[];
  risky: ReadonlySet<number>;
  selected: number | null;
  span: Span;
  place: number;
  format: CityFormat;
  /** What it shows, as a sentence: the same stops stand in the round's list. */
  label: string;
}

const HALF = "M-7 21a7 7 0 0 1 14 0z";
const RISK = "M0 3 8.5 19h-17z";

/** A round as a line with its stops on it: filled when done, hollow when to come, a triangle when at risk. */
export const Track = memo(function Track({ stops, risky, selected, span, place, format, label }: TrackProps) {
  return (
    <svg
      role="img"
      aria-label={label}
      width="100%"
      height="24"
      className={`overflow-visible ${toneOf(place)}`}
    >
      <line x1="0" x2="100%" y1="22" y2="22" strokeWidth="2" className="stroke-(--tone)" />
      {stops.map((stop) => {
        const isRisk = risky.has(stop.deliveryId);
        const ended = hasEnded(stop);
        return (
          <svg
            key={stop.deliveryId}
            x={`${shareOf(stopAt(stop), span) * 100}%`}
            width="1"
            height="24"
            overflow="visible"
            data-stop={stop.deliveryId}
            data-ended={ended || undefined}
            className="cursor-pointer"
          >
            <title>{`${stop.name}, ${format.clock(stopAt(stop))}`}</title>
            <rect x="-10" y="0" width="20" height="24" className="fill-transparent" />
            <Sign stop={stop} isRisk={isRisk && !ended} />
            {selected === stop.deliveryId && (
              <rect
                x="-10"
                y="0"
                width="20"
                height="24"
                rx="3"
                strokeWidth="2"
                className="fill-none stroke-ink"
              />
            )}
          </svg>
        );
      })}
    </svg>
  );
});

function Sign({ stop, isRisk }: { stop: RunningStop; isRisk: boolean }) {
  if (isRisk)
    return (
      <>
        <path d={RISK} strokeWidth="1.75" strokeLinejoin="round" className="fill-sheet stroke-warn" />
        <path d="M0 9v4M0 16v.5" strokeWidth="1.75" strokeLinecap="round" className="stroke-warn" />
      </>
    );
  if (stop.state === "failed")
    return (
      <>
        <path d={HALF} strokeWidth="1.75" className="fill-sheet stroke-(--tone)" />
        <path d="m-3 15 6 5m0-5-6 5" strokeWidth="1.5" className="stroke-(--tone)" />
      </>
    );
  // What became of it nobody said: it is no delivered one.
  const isUnknown = stop.outcome === "not_recorded";
  const fill = stop.state === "done" && !isUnknown ? "fill-(--tone)" : "fill-sheet";
  return (
    <path
      d={HALF}
      strokeWidth="1.75"
      strokeDasharray={stop.state === "held" || isUnknown ? "3 2" : undefined}
      className={`${fill} stroke-(--tone)`}
    />
  );
}
