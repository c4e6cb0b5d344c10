import type { ReplyOf } from "#kernel/api";
import type { getReplay, RunningReply, RunningRound, RunningStop } from "../../../../skills/delivery/api.ts";
import { type Evening, hasEnded } from "../evening/rounds.ts";

export type Replay = ReplyOf<typeof getReplay>;
type Happened = Replay["happened"][number];

const ENDS: readonly Happened["kind"][] = ["done", "not_there", "refused"];
/** Said by the courier at a door, or taken back there. */
const AT_DOOR: readonly string[] = [...ENDS, "arrived"];

/** What is known of one evening, prepared once; moments are made of it. */
export interface Film {
  readonly running: RunningReply;
  readonly replay: Replay;
  readonly stops: ReadonlyMap<number, RunningStop>;
  /** In the order of time. */
  readonly happened: readonly (Happened & { readonly ms: number })[];
  /** By round, in the order of time. */
  readonly orders: ReadonlyMap<number, readonly { readonly ms: number; readonly route: readonly number[] }[]>;
}

export function filmOf(running: RunningReply, replay: Replay): Film {
  const orders = new Map<number, { ms: number; route: readonly number[] }[]>();
  for (const { at, shiftId, route } of replay.orders)
    orders.set(shiftId, [...(orders.get(shiftId) ?? []), { ms: Date.parse(at), route }]);
  for (const list of orders.values()) list.sort((a, b) => a.ms - b.ms);
  return {
    running,
    replay,
    orders,
    stops: new Map(running.rounds.flatMap(({ stops }) => stops).map((stop) => [stop.deliveryId, stop])),
    happened: replay.happened
      .map((one) => ({ ...one, ms: Date.parse(one.at) }))
      .sort((a, b) => a.ms - b.ms || a.id - b.id),
  };
}

/**
 * The evening as it was known at a moment: the rounds in their order of then, done what was done by then, couriers at the
 * stop where they were heard of last. What was still to come stands where it came to pass.
 * @param at ms
 */
export function momentOf(film: Film, at: number): Evening {
  const past = film.happened.filter(({ ms }) => ms <= at);
  const ended = endedBy(past);
  const told = idsOf(past, "told");
  const late = idsOf(past, "late_said");
  const rounds = film.running.rounds.map((round) => {
    const ids = routeAt(film, round, { at, ended });
    const stops = ids.flatMap((id) => {
      const stop = film.stops.get(id);
      return stop ? [stopAt(stop, { end: ended.get(id), isTold: told.has(id), isLate: late.has(id) })] : [];
    });
    const own = past.filter(({ shiftId }) => shiftId === round.shiftId);
    return { ...round, state: stateOf(round, own), stops, place: placeOf(film, round, own) };
  });
  const atRisk = rounds.flatMap(({ shiftId, stops }) =>
    stops
      .filter((stop) => stop.isLateSaid && !hasEnded(stop))
      .map(({ deliveryId }) => ({ deliveryId, shiftId, chance: 1 })),
  );
  const { id, timeZone, depots, version, state } = film.running;
  return { id, timeZone, depots, version, state, rounds, atRisk, happened: past.toReversed() };
}

type Ends = ReadonlyMap<number, Happened>;

/** What a courier took back counts no more; the last word holds. */
function endedBy(past: Film["happened"]): Ends {
  const ended = new Map<number, Happened>();
  for (const one of past) {
    if (one.deliveryId === null) continue;
    if (ENDS.includes(one.kind)) ended.set(one.deliveryId, one);
    if ((one.kind as string) === "undone") ended.delete(one.deliveryId);
  }
  return ended;
}

function idsOf(past: Film["happened"], kind: Happened["kind"]): ReadonlySet<number> {
  return new Set(
    past.flatMap((one) => (one.kind === kind && one.deliveryId !== null ? [one.deliveryId] : [])),
  );
}

/** First what the round had done, then what it had before it. */
function routeAt(film: Film, round: RunningRound, { at, ended }: { at: number; ended: Ends }): number[] {
  const orders = film.orders.get(round.shiftId) ?? [];
  const order = orders.findLast(({ ms }) => ms <= at) ?? orders[0];
  const route = order?.route ?? round.stops.map(({ deliveryId }) => deliveryId);
  const done = [...ended].filter(([, { shiftId }]) => shiftId === round.shiftId).map(([id]) => id);
  const elsewhere = (id: number) => {
    const end = ended.get(id);
    return end !== undefined && end.shiftId !== null && end.shiftId !== round.shiftId;
  };
  return [...new Set([...done, ...route.filter((id) => !elsewhere(id))])];
}

interface Known {
  readonly end: Happened | undefined;
  readonly isTold: boolean;
  readonly isLate: boolean;
}

function stopAt(stop: RunningStop, { end, isTold, isLate }: Known): RunningStop {
  const known = { ...stop, told: isTold ? stop.told : null, isLateSaid: isLate, isFrozen: false };
  if (end)
    return { ...known, state: end.kind === "done" ? "done" : "failed", endedAt: end.at, expectedAt: null };
  return {
    ...known,
    state: "booked",
    outcome: null,
    endedAt: null,
    expectedAt: (stop.outcome === "not_recorded" ? null : stop.endedAt) ?? stop.expectedAt ?? stop.dueAt,
  };
}

function stateOf(round: RunningRound, own: Film["happened"]): RunningRound["state"] {
  const last = own.findLast(({ kind }) => kind === "dropped" || kind === "back" || kind === "left");
  if (last?.kind === "dropped") return "dropped";
  if (last?.kind === "back") return "done";
  return last ? "out" : round.state === "planned" ? "planned" : "accepted";
}

/** At the stop of the last word from a door; before the first one at the depot that the round left. */
function placeOf(
  { stops, running }: Film,
  round: RunningRound,
  own: Film["happened"],
): RunningRound["place"] {
  const depotOf = (id: number) => running.depots.find((one) => one.id === id)?.place ?? null;
  const last = own.findLast(({ kind }) => AT_DOOR.includes(kind) || kind === "left" || kind === "back");
  if (!last) return null;
  if (last.kind === "left") return depotOf(round.startDepotId);
  if (last.kind === "back") return depotOf(round.endDepotId);
  return stops.get(last.deliveryId ?? 0)?.place ?? null;
}
