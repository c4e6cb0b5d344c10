import { ChevronDown, ChevronRight, TriangleAlert } from "lucide-react";
import { memo, type ReactNode } from "react";
import type { RunningRound } from "../../../../skills/delivery/api.ts";
import { useText } from "../../text/use-text.ts";
import { hasEnded, type Span } from "../evening/rounds.ts";
import { dashOf, toneOf } from "../evening/tones.ts";
import type { CityFormat } from "../use-city-format.ts";
import { StopList } from "./stop-list.tsx";
import { Track } from "./track.tsx";

export interface RoundRowProps {
  round: RunningRound;
  /** In the evening, from 0. */
  place: number;
  risky: ReadonlySet<number>;
  /** Only where it is one of this round's: the others need no new drawing. */
  selected: number | null;
  isOpen: boolean;
  span: Span;
  format: CityFormat;
  /** Where a dragged stop would come, as a share of the axis; null = not here. */
  dropAt: number | null;
  onToggle(shiftId: number): void;
  onPick(deliveryId: number): void;
  menu?: (round: RunningRound) => ReactNode;
}

/** A round on the axis; opened, with its stops. */
export const RoundRow = memo(function RoundRow(props: RoundRowProps) {
  const { round, place, risky, selected, isOpen, span, format, dropAt, onToggle, onPick, menu } = props;
  const { t } = useText();
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  const name = t("delivery.round", { number: place + 1 });
  const open = round.stops.filter((stop) => !hasEnded(stop));
  const atRisk = open.filter(({ deliveryId }) => risky.has(deliveryId)).length;
  return (
    <li data-round={round.shiftId}>
      <div className="relative grid grid-cols-1 items-end gap-x-3 px-4 pt-1.5 sm:grid-cols-[var(--names)_minmax(0,1fr)] lg:px-6">
        <div className="relative z-[1] flex min-w-0 items-center gap-1 max-sm:bg-sheet">
          <button
            type="button"
            aria-expanded={isOpen}
            onClick={() => onToggle(round.shiftId)}
            className="grid min-w-0 flex-1 grid-cols-[auto_1fr] items-center gap-x-1.5 rounded-2 bg-sheet text-left hover:bg-sunken focus-visible:-outline-offset-2"
          >
            <Chevron size={16} strokeWidth={1.75} aria-hidden="true" className="text-ink-2" />
            <span className="flex items-center gap-1.5 text-desk leading-5 font-strong">
              <svg width="18" height="4" aria-hidden="true" className={`shrink-0 ${toneOf(place)}`}>
                <line
                  x2="18"
                  y1="2"
                  y2="2"
                  strokeWidth="3.5"
                  strokeDasharray={dashOf(place)}
                  className="stroke-(--tone)"
                />
              </svg>
              <span className="shrink-0">{name}</span>
              {atRisk > 0 && (
                <>
                  <TriangleAlert size={16} strokeWidth={1.75} aria-hidden="true" className="text-warn" />
                  <span className="ear-only">{t("delivery.risks", { count: atRisk })}</span>
                </>
              )}
            </span>
            <span className="col-start-2 truncate text-tiny text-ink-2">
              {round.state === "dropped"
                ? t("delivery.roundDropped", { name: round.courierName || t("delivery.somebody") })
                : t("delivery.roundStops", {
                    name: round.courierName || t("delivery.somebody"),
                    count: round.stops.length,
                  })}
            </span>
          </button>
          {menu?.(round)}
        </div>
        <div data-track className="relative">
          <Track
            stops={round.stops}
            risky={risky}
            selected={selected}
            span={span}
            place={place}
            format={format}
            label={t("delivery.trackLabel", {
              round: name,
              done: round.stops.length - open.length,
              open: open.length,
            })}
          />
          {dropAt !== null && (
            <div
              style={{ left: `${dropAt * 100}%` }}
              className="pointer-events-none absolute -top-1 bottom-0 w-1 -translate-x-1/2 bg-ink"
            />
          )}
        </div>
      </div>
      {isOpen && (
        <StopList
          stops={round.stops}
          risky={risky}
          selected={selected}
          span={span}
          format={format}
          onPick={onPick}
        />
      )}
    </li>
  );
});
