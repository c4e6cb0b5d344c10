/** @jsxImportSource preact */
import { Fragment } from "preact";
import type { CourierPickUp } from "../contract.ts";
import { hasEnded, nextOf, type SeenShift, type SeenStop } from "../state/project.ts";
import { useCourier } from "./context.ts";

/** Every stop in its order, what it became, and the way back from a mistake. */
export function StopList({
  shift,
  shownId,
  fetching,
  onShow,
}: {
  shift: SeenShift;
  shownId: number | null;
  /** The counter that is shown instead of a stop. */
  fetching: CourierPickUp | null;
  onShow(deliveryId: number): void;
}) {
  const { words } = useCourier();
  const next = nextOf(shift);
  return (
    <section class="stops" aria-labelledby="stops-title">
      <h2 id="stops-title">{words.list.title}</h2>
      <ol>
        {shift.stops.map((stop, n) => (
          <Fragment key={stop.deliveryId}>
            {shift.pickups
              .filter(({ before }) => before === stop.deliveryId)
              .map((pickup) => (
                <Counter
                  key={`${pickup.name} ${pickup.deliveryIds[0]}`}
                  shift={shift}
                  pickup={pickup}
                  isNext={pickup === fetching}
                />
              ))}
            <Row
              shift={shift}
              stop={stop}
              place={n + 1}
              isNext={stop === next && fetching === null}
              isShown={stop.deliveryId === shownId && fetching === null}
              onShow={() => onShow(stop.deliveryId)}
            />
          </Fragment>
        ))}
      </ol>
    </section>
  );
}

/** What is fetched on the way stands where the courier gets there. */
function Counter({ shift, pickup, isNext }: { shift: SeenShift; pickup: CourierPickUp; isNext: boolean }) {
  const { words, formatOf } = useCourier();
  const format = formatOf(shift);
  return (
    <li class={isNext ? "row shown" : "row"}>
      <span class={isNext ? "place now" : "place"} aria-hidden="true">
        ·
      </span>
      <div class="row-text">
        <b>{pickup.name}</b>
        <span class="quiet small">
          {words.pickUp.open(format.window(pickup.earliestAt, pickup.latestAt))}
          {pickup.expectedAt && ` · ${format.clock(pickup.expectedAt)}`}
        </span>
      </div>
      <div class="row-end">
        <span class={isNext ? "tag turn" : "tag"}>{words.pickUp.tag(pickup.deliveryIds.length)}</span>
      </div>
    </li>
  );
}

function Row({
  shift,
  stop,
  place,
  isNext,
  isShown,
  onShow,
}: {
  shift: SeenShift;
  stop: SeenStop;
  place: number;
  isNext: boolean;
  isShown: boolean;
  onShow(): void;
}) {
  const { words, session, formatOf, say } = useCourier();
  const format = formatOf(shift);
  const isOver = hasEnded(stop);
  const state = stop.outcome
    ? words.hand.done[stop.outcome]
    : isNext
      ? words.list.state.next
      : words.list.state.open;
  return (
    <li class={isShown ? "row shown" : "row"}>
      <span class={isNext ? "place now" : isOver ? "place done" : "place"} aria-hidden="true">
        {place}
      </span>
      <div class="row-text">
        {isOver ? (
          <b>{stop.address}</b>
        ) : (
          <button type="button" class="row-link" aria-current={isShown} onClick={onShow}>
            {stop.address}
          </button>
        )}
        <span class="quiet">{stop.name}</span>
        <span class="quiet small">
          {format.window(stop.earliestAt, stop.latestAt)}
          {stop.expectedAt && ` · ${format.clock(stop.expectedAt)}`}
          {!stop.isInPlan && ` · ${words.stop.late}`}
        </span>
      </div>
      <div class="row-end">
        <span class={isOver ? "tag ok" : isNext ? "tag turn" : "tag"}>
          {state}
          {stop.isWaiting && ` · ${words.list.state.waiting}`}
        </span>
        {isOver && shift.state === "out" && (
          <button
            type="button"
            class="text-button"
            aria-label={`${words.undo.button}: ${stop.name || stop.address}`}
            onClick={() => {
              void session.act([{ kind: "undo", shiftId: shift.id, deliveryId: stop.deliveryId }]);
              say({ text: words.undo.undone });
            }}
          >
            {words.undo.button}
          </button>
        )}
      </div>
    </li>
  );
}
