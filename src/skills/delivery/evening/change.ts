import type { WhatIf } from "../api/running.ts";
import { coverDropOut, type Dragged, dragStop, type Round } from "../engine/index.ts";
import type { Draft } from "./draft.ts";
import { takeOrder } from "./replan.ts";
import { FETCHING_S, hasLeft, heldRound, type Running, type RunningRound } from "./running.ts";
import { isToCome } from "./stored.ts";

/** What a dispatcher tries or does, on a draft: the same rules, whether it is kept or not. Pure. */

export type Refusal = "unknown" | "frozen" | "in_bag" | "capacity" | "skills" | "over";
export type Change = Extract<WhatIf, { kind: "move" | "best" | "drop" }>;

export type Applied =
  | { readonly refused: Refusal }
  | {
      readonly refused: null;
      /** What is done: `move` where `best` was asked. */
      readonly change: Change;
      /** Whose round changes. */
      readonly shiftIds: readonly number[];
    };

export function applyChange(draft: Draft, running: Running, change: Change): Applied {
  if (draft.evening.state === "over") return { refused: "over" };
  if (change.kind === "drop") return dropOut(draft, running, change.shiftId);
  if (change.kind === "move") return move(draft, running, change);
  const { deliveryId } = change;
  // Where there is none, its own round says why.
  const own = running.deliveries.get(deliveryId)?.shiftId ?? 0;
  const best = bestPlace(running, deliveryId);
  return move(draft, running, best ?? { kind: "move", deliveryId, shiftId: own, place: 0 });
}

type Move = Extract<WhatIf, { kind: "move" }>;

function move(draft: Draft, running: Running, change: Move): Applied {
  const dragged = drag(running, change);
  if (!dragged) return { refused: "unknown" };
  if (dragged.refused !== null) return { refused: dragged.refused === "in-bag" ? "in_bag" : dragged.refused };
  const { deliveryId, shiftId } = change;
  const from = draft.delivery(deliveryId).shiftId;
  if (from !== shiftId) hand(draft, { ids: [deliveryId], from, to: shiftId });
  const source = draft.before.shifts.find(({ id }) => id === from);
  if (source?.state === "dropped" && hasLeft(source, running.now))
    addFetch(draft, running, { from: source.id, to: shiftId, ids: [deliveryId] });
  for (const round of dragged.rounds) takeOrder(draft, running, round);
  const { route } = draft.shift(shiftId);
  draft.note({ kind: "moved", by: "dispatcher", shiftId, deliveryId, route });
  return { refused: null, change, shiftIds: dragged.rounds.map(({ shift }) => shift) };
}

/** @returns null for a stop or a place that is none */
function drag(running: Running, { deliveryId, shiftId, place }: Move): Dragged | null {
  const { nodes, clock, now, rounds, deliveries } = running;
  const one = deliveries.get(deliveryId);
  const target = rounds.find(({ shift }) => shift.id === shiftId);
  if (!one || !isToCome(one) || !target || target.isDropped) return null;
  return dragStop({
    rounds: rounds.map(heldRound),
    stop: nodes.nodeOf(deliveryId),
    shift: shiftId,
    place: enginePlace(target, deliveryId, place),
    ways: nodes.travel,
    now: clock.seconds(now),
  });
}

/** Dispatchers count doors; visits that fetch parcels are places of the engine too. */
function enginePlace({ stops }: RunningRound, deliveryId: number, place: number): number {
  const others = stops.filter(({ delivery }) => delivery?.id !== deliveryId);
  let doors = 0;
  for (const [n, { delivery }] of others.entries()) {
    if (delivery && doors === place) return n;
    if (delivery) doors++;
  }
  return place > doors ? Number.NaN : others.length;
}

function bestPlace(running: Running, deliveryId: number): Move | null {
  let best: Move | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const { shift, stops, isDropped } of running.rounds) {
    if (isDropped) continue;
    for (let place = 0; place <= stops.length; place++) {
      const tried: Move = { kind: "move", deliveryId, shiftId: shift.id, place };
      const dragged = drag(running, tried);
      if (!dragged || dragged.refused !== null || dragged.added_s >= least) continue;
      least = dragged.added_s;
      best = tried;
    }
  }
  return best;
}

/** The courier drops out: what is not done goes to others, who fetch it where it lies. */
function dropOut(draft: Draft, running: Running, shiftId: number): Applied {
  const gone = running.rounds.find(({ shift }) => shift.id === shiftId);
  if (!gone || gone.isDropped) return { refused: "unknown" };
  const { nodes, clock, now, rounds } = running;
  const { shift } = gone;
  const isLoaded = gone.round.hasLoaded;
  const parcelsAt = isLoaded ? gone.round.at : nodes.startOf(shiftId);
  const loadsThere = rounds
    .filter(
      ({ round, shift: other }) => !isLoaded && !round.hasLoaded && other.startDepotId === shift.startDepotId,
    )
    .map((one) => one.shift.id);
  const covered = coverDropOut({
    rounds: rounds.filter(({ isDropped }) => !isDropped).map(heldRound),
    dropped: shiftId,
    ways: nodes.travel,
    now: clock.seconds(now),
    parcelsAt,
    loadsThere: new Set(loadsThere),
    fetching_s: FETCHING_S,
  });
  const taken = Map.groupBy([...covered.taken], ([, to]) => to);
  const changed: Round[] = [];
  for (const [to, stops] of taken) {
    const ids = stops.flatMap(([stop]) => nodes.idOf(stop) ?? []);
    hand(draft, { ids, from: shiftId, to });
    if (!loadsThere.includes(to)) addFetch(draft, running, { from: shiftId, to, ids });
    const round = covered.rounds.find((one) => one.shift === to);
    if (round) changed.push(round);
  }
  for (const round of changed) takeOrder(draft, running, round);
  draft.setShift(shiftId, { state: "dropped", isServing: false });
  draft.note({ kind: "dropped", by: "dispatcher", shiftId, route: draft.shift(shiftId).route });
  for (const { shift: to } of changed)
    draft.note({ kind: "replanned", by: "dispatcher", shiftId: to, route: draft.shift(to).route });
  return { refused: null, change: { kind: "drop", shiftId }, shiftIds: [...taken.keys(), shiftId] };
}

interface Handing {
  readonly ids: readonly number[];
  readonly from: number | null;
  readonly to: number;
}

/** Stops go to another round; who was told a half-hour is told anew. */
function hand(draft: Draft, { ids, from, to }: Handing): void {
  const gone = new Set(ids);
  if (from !== null) draft.setShift(from, { route: draft.shift(from).route.filter((id) => !gone.has(id)) });
  draft.setShift(to, { route: [...draft.shift(to).route, ...ids] });
  for (const id of ids) draft.setDelivery(id, { shiftId: to, told: null, state: "booked" });
}

function addFetch(
  draft: Draft,
  running: Running,
  { from, to, ids }: { readonly from: number; readonly to: number; readonly ids: readonly number[] },
): void {
  const { start, atDeliveryId } = draft.shift(from);
  const { lat, lon } = running.deliveries.get(atDeliveryId ?? -1)?.place ?? start;
  const { fetches } = draft.shift(to);
  const fetch = { latitude: lat, longitude: lon, deliveryIds: [...ids], fetchedAt: null };
  draft.setShift(to, { fetches: [...fetches, fetch] });
}
