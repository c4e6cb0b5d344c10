/** @jsxImportSource preact */
import { useEffect, useRef, useState } from "preact/hooks";
import { hasEnded, nextOf, pickUpBefore, type SeenShift } from "../state/project.ts";
import { useCourier } from "./context.ts";
import { DelaySheet } from "./delay.tsx";
import { Horizon } from "./horizon.tsx";
import { Icon } from "./icon.tsx";
import { Load } from "./load.tsx";
import { NetLine } from "./net-line.tsx";
import { PickUp } from "./pick-up.tsx";
import { RefusedList } from "./refused.tsx";
import { Stop } from "./stop.tsx";
import { StopList } from "./stop-list.tsx";
import { usePlace } from "./use-place.ts";
import { useScanned } from "./use-scanned.ts";

/** A round: loading, the stops, its end. */
export function Tour({
  shift,
  shows,
  onShow,
  onMore,
  onShifts,
}: {
  shift: SeenShift;
  /** "next", "list", or the id of a stop. */
  shows: "next" | "list" | number;
  onShow(what: "next" | "list" | number): void;
  onMore(): void;
  onShifts(): void;
}) {
  const { words } = useCourier();
  const [isDelaying, setDelaying] = useState(false);
  const next = nextOf(shift);
  const chosen = shift.stops.find(({ deliveryId }) => deliveryId === shows);
  const stop = chosen && !hasEnded(chosen) ? chosen : next;
  const isOut = shift.state === "out";
  const scanned = useScanned(shift);
  const pickup = pickUpBefore(shift, next, scanned);
  // A stop that was chosen is shown whatever is still to be fetched before it.
  const isFetching = pickup !== null && (shows === "next" || shows === "list");
  usePlace(shift, next);
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = `${shift.state} ${isOut ? (stop?.deliveryId ?? 0) : 0} ${shows === "list"}`;
  const last = useRef("");
  // A screen reader goes on with the new stop.
  useEffect(() => {
    if (last.current !== shown) heading.current?.focus({ preventScroll: true });
    last.current = shown;
  }, [shown]);
  const done = shift.stops.filter(hasEnded).length;
  const at = stop ? shift.stops.indexOf(stop) + 1 : done;
  return (
    <div class={isOut ? "tour wide-two" : "tour"}>
      <header class="top">
        <div class="top-row">
          <button type="button" class="square" aria-label={words.more.toShifts} onClick={onShifts}>
            <Icon name="arrowLeft" />
          </button>
          <h1 ref={heading} tabIndex={-1} class="bar-title">
            {isFetching && isOut
              ? words.pickUp.title
              : isOut
                ? words.stop.of(at, shift.stops.length)
                : words.title}
          </h1>
          <NetLine timeZone={shift.timeZone} />
          <button type="button" class="square" aria-label={words.menu} onClick={onMore}>
            <Icon name="menu" />
          </button>
        </div>
        <Horizon stops={shift.stops} next={isOut ? stop : null} />
      </header>
      <main id="content">
        <RefusedList />
        {!isOut && shift.state !== "done" && <Load shift={shift} />}
        {shift.state === "done" && <Over shift={shift} />}
        {isOut && (
          <>
            <div class={shows === "list" ? "side" : "side only-wide"}>
              <StopList
                shift={shift}
                shownId={stop?.deliveryId ?? null}
                fetching={isFetching ? pickup : null}
                onShow={onShow}
              />
            </div>
            <div class={shows === "list" ? "front only-wide" : "front"}>
              {isFetching && pickup ? (
                <PickUp
                  shift={shift}
                  pickup={pickup}
                  scanned={scanned}
                  onList={() => onShow("list")}
                  onWithout={() => onShow(next?.deliveryId ?? "list")}
                />
              ) : stop ? (
                <Stop
                  key={stop.deliveryId}
                  shift={shift}
                  stop={stop}
                  onList={() => onShow("list")}
                  onDelay={() => setDelaying(true)}
                />
              ) : (
                <Finished shift={shift} onList={() => onShow("list")} />
              )}
            </div>
          </>
        )}
      </main>
      {isDelaying && <DelaySheet shift={shift} onClose={() => setDelaying(false)} />}
    </div>
  );
}

function Finished({ shift, onList }: { shift: SeenShift; onList(): void }) {
  const { words, session } = useCourier();
  return (
    <>
      <div class="wrap finished">
        <h2>{words.stop.finished}</h2>
        <p>{words.stop.finishedLead(shift.end.name)}</p>
        <button type="button" class="text-button only-narrow" onClick={onList}>
          <Icon name="list" size={18} /> {words.stop.allStops}
        </button>
      </div>
      <footer class="actions">
        <button
          type="button"
          class="button primary wide"
          onClick={() => void session.act([{ kind: "back", shiftId: shift.id }])}
        >
          {words.stop.backAt}
        </button>
      </footer>
    </>
  );
}

function Over({ shift }: { shift: SeenShift }) {
  const { words, session } = useCourier();
  return (
    <>
      <div class="wrap finished">
        <h2>{words.more.over}</h2>
        <p>{words.more.overLead}</p>
      </div>
      {nextOf(shift) && (
        <footer class="actions">
          <button
            type="button"
            class="button wide"
            onClick={() => void session.act([{ kind: "leave", shiftId: shift.id }])}
          >
            {words.more.goOn}
          </button>
        </footer>
      )}
    </>
  );
}
