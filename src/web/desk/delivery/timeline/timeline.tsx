import { type ReactNode, useCallback, useMemo } from "react";
import type { RunningRound } from "../../../../skills/delivery/api.ts";
import { useText } from "../../text/use-text.ts";
import { type Evening, hoursOf, type Span, shareOf, spanOf } from "../evening/rounds.ts";
import type { CityFormat } from "../use-city-format.ts";
import { RoundRow } from "./round-row.tsx";
import { type Held, useStopDrag } from "./use-stop-drag.ts";

interface TimelineProps {
  evening: Pick<Evening, "rounds" | "atRisk">;
  /** ms; where the line stands */
  now: number;
  selected: number | null;
  openRound: number | null;
  format: CityFormat;
  onPick(deliveryId: number): void;
  onOpenRound(shiftId: number | null): void;
  /** Without it nothing can be dragged. */
  onDrop?: (held: Held & { shiftId: number }) => void;
  menu?: (round: RunningRound) => ReactNode;
}

const MOST_HOURS = 6;

/** Rounds under one axis; the line of now runs through all of them. */
export function Timeline(props: TimelineProps) {
  const { evening, now, selected, openRound, format, onPick, onOpenRound, onDrop, menu } = props;
  const { t } = useText();
  const { rounds, atRisk } = evening;
  const { from, until } = spanOf(rounds, now);
  const span = useMemo(() => ({ from, until }), [from, until]);
  const risky = useMemo(() => new Set(atRisk.map(({ deliveryId }) => deliveryId)), [atRisk]);
  const { held, onPointerDown } = useStopDrag({ span, onDrop, onPick });
  const toggle = useCallback(
    (shiftId: number) => onOpenRound(shiftId === openRound ? null : shiftId),
    [onOpenRound, openRound],
  );
  return (
    <section
      aria-label={t("delivery.rounds")}
      onPointerDown={onPointerDown}
      className="relative bg-sheet pb-3 [--names:0px] sm:[--names:208px]"
    >
      <Axis span={span} format={format} />
      <ol>
        {rounds.map((round, place) => (
          <RoundRow
            key={round.shiftId}
            round={round}
            place={place}
            risky={risky}
            selected={round.stops.some(({ deliveryId }) => deliveryId === selected) ? selected : null}
            isOpen={round.shiftId === openRound}
            span={span}
            format={format}
            dropAt={held?.shiftId === round.shiftId ? shareOf(held.at, span) : null}
            onToggle={toggle}
            onPick={onPick}
            menu={menu}
          />
        ))}
      </ol>
      <NowLine now={now} span={span} />
    </section>
  );
}

function Axis({ span, format }: { span: Span; format: CityFormat }) {
  return (
    <div
      aria-hidden="true"
      className="sticky top-0 z-10 grid h-9 grid-cols-1 gap-x-3 border-b border-line bg-sheet px-4 sm:grid-cols-[var(--names)_minmax(0,1fr)] lg:px-6"
    >
      <div className="relative sm:col-start-2">
        {hoursOf(span, MOST_HOURS).map((hour, n) => {
          const share = shareOf(hour, span);
          return (
            <span
              key={hour}
              style={{ left: `${share * 100}%` }}
              className={`absolute bottom-1.5 text-tiny text-ink-2 ${n % 2 === 1 ? "max-sm:hidden" : ""} ${
                share < 0.02 ? "" : share > 0.98 ? "-translate-x-full" : "-translate-x-1/2"
              }`}
            >
              {format.clock(hour)}
            </span>
          );
        })}
      </div>
    </div>
  );
}

/** Where the evening stands; its moment is also written in the page's head. */
function NowLine({ now, span }: { now: number; span: Span }) {
  if (now < span.from || now > span.until) return null;
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute inset-y-0 right-4 left-4 z-10 max-sm:z-0 sm:left-[calc(1.75rem+var(--names))] lg:right-6 lg:left-[calc(2.25rem+var(--names))]"
    >
      <div
        style={{ left: `${shareOf(now, span) * 100}%` }}
        className="absolute top-7 bottom-0 w-0.5 -translate-x-1/2 bg-beacon-edge"
      >
        <svg
          aria-hidden="true"
          width="18"
          height="9"
          className="absolute -top-2 left-1/2 -translate-x-1/2 overflow-visible"
        >
          <path d="M1 9a8 8 0 0 1 16 0z" strokeWidth="1.5" className="fill-beacon stroke-beacon-edge" />
        </svg>
      </div>
    </div>
  );
}
