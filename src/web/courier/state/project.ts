import type { CourierEvent, CourierPage, CourierPickUp, CourierShift, CourierStop } from "../contract.ts";
import { loadingOf } from "./parcels.ts";
import type { Queued } from "./phone-store.ts";

/** The node's word, and on it what was done since: what the courier sees, with or without a net. */

export interface SeenStop extends CourierStop {
  /** Something of it is not told yet. */
  readonly isWaiting: boolean;
}

export interface SeenShift extends Omit<CourierShift, "stops"> {
  readonly stops: readonly SeenStop[];
  readonly isDeclined: boolean;
}

export const hasEnded = ({ state }: Pick<CourierStop, "state">): boolean =>
  state === "done" || state === "failed";

/** The stop that comes next; null after the last. */
export function nextOf(shift: SeenShift): SeenStop | null {
  return shift.stops.find((stop) => !hasEnded(stop)) ?? null;
}

/** The counter that comes next, as long as something is missing of what is fetched there. */
export function pickUpBefore(
  shift: SeenShift,
  next: SeenStop | null,
  scanned: ReadonlySet<string>,
): CourierPickUp | null {
  const pickup = shift.pickups.find(({ before }) => before === (next?.deliveryId ?? null));
  if (!pickup) return null;
  const stops = shift.stops.filter(({ deliveryId }) => pickup.deliveryIds.includes(deliveryId));
  return loadingOf(stops, scanned).missing.length > 0 ? pickup : null;
}

export function project(page: CourierPage, queue: readonly Queued[]): readonly SeenShift[] {
  const waiting = queue.filter(({ state }) => state === "waiting").map(({ event }) => event);
  return page.shifts.map((shift) => {
    const own = waiting.filter(({ shiftId }) => shiftId === shift.id);
    const seen: SeenShift = {
      ...shift,
      stops: shift.stops.map((stop) => ({ ...stop, isWaiting: false })),
      isDeclined: false,
    };
    return own.reduce(apply, seen);
  });
}

function apply(shift: SeenShift, event: CourierEvent): SeenShift {
  switch (event.kind) {
    case "accept":
      return { ...shift, state: shift.state === "planned" ? "accepted" : shift.state, isDeclined: false };
    case "decline":
      return { ...shift, isDeclined: true };
    case "leave":
      return {
        ...shift,
        state: "out",
        stops: shift.stops.map((stop) =>
          hasEnded(stop) || stop.fetchAt !== null ? stop : { ...stop, state: "under_way" },
        ),
      };
    case "back":
      return { ...shift, state: "done" };
    case "write":
      return {
        ...shift,
        messages: [
          ...shift.messages,
          { id: -1, at: event.at, from: "courier", deliveryId: event.deliveryId, text: event.text },
        ],
      };
    case "done":
      return ended(shift, event.deliveryId, { state: "done", outcome: event.outcome });
    case "not_there":
    case "refused":
      return ended(shift, event.deliveryId, { state: "failed", outcome: event.kind });
    case "take_back":
      return {
        ...shift,
        stops: shift.stops.map((stop) =>
          stop.deliveryId === event.deliveryId ? { ...stop, isTakenAlong: event.isTaken } : stop,
        ),
      };
    case "undo":
      return reopened(shift, event.deliveryId);
    default:
      return shift;
  }
}

/** What ended stands before what is to come, in the order in which it ended. */
function ended(shift: SeenShift, deliveryId: number, change: Pick<SeenStop, "state" | "outcome">): SeenShift {
  const stop = shift.stops.find((one) => one.deliveryId === deliveryId);
  if (!stop) return shift;
  const others = shift.stops.filter((one) => one !== stop);
  const changed: SeenStop = { ...stop, ...change, expectedAt: null, isWaiting: true };
  return {
    ...shift,
    stops: [...others.filter(hasEnded), changed, ...others.filter((one) => !hasEnded(one))],
  };
}

/** It is the next one again. */
function reopened(shift: SeenShift, deliveryId: number): SeenShift {
  const stop = shift.stops.find((one) => one.deliveryId === deliveryId);
  if (!stop || !hasEnded(stop)) return shift;
  const others = shift.stops.filter((one) => one !== stop);
  const changed: SeenStop = { ...stop, state: "under_way", outcome: null, isWaiting: true };
  return {
    ...shift,
    stops: [...others.filter(hasEnded), changed, ...others.filter((one) => !hasEnded(one))],
  };
}
