import type { WhatIf } from "../api/running.ts";
import { coverDropOut, type Dragged, dragStop, type Round } from "../engine/index.ts";
import type { Coordinates } from "../plan/promises.ts";
import type { Fetch } from "../tables.ts";
import type { Draft } from "./draft.ts";
import { takeOrder } from "./replan.ts";
import { FETCHING_S, hasLeft, heldRound, type Running, type RunningRound, runningOf } from "./running.ts";
import { isToCome, isToFetch, type RunningShift } from "./stored.ts";

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
  if (from !== null && from !== shiftId) handOver(draft, running, { ids: [deliveryId], from, to: shiftId });
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
  if (!one || !isToCome(one) || !target || target.isAbandoned) return null;
  return dragStop({
    rounds: rounds.map((round) => loosened(round, clock.seconds(now))),
    stop: nodes.nodeOf(deliveryId),
    shift: shiftId,
    place: enginePlace(target, deliveryId, place),
    ways: nodes.travel,
    now: clock.seconds(now),
  });
}

/**
 * A half-hour that was told binds its stop, but not where the customer heard since that it gets late, nor where the courier is
 * gone: these are told anew.
 */
function loosened(one: RunningRound, now: number): Round {
  const round = heldRound(one);
  const isLoose = (n: number) =>
    one.isAbandoned || (n >= one.shift.heldStops && (one.stops[n]?.delivery?.lateSaidAt ?? null) !== null);
  const stops = round.stops.map((stop, n) => (isLoose(n) ? { ...stop, told: null } : stop));
  return { ...round, stops, ...(one.isAbandoned && { doing: { kind: "leaving", at: now } }) };
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
  for (const { shift, stops, isAbandoned } of running.rounds) {
    if (isAbandoned) continue;
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
function dropOut(draft: Draft, before: Running, shiftId: number): Applied {
  if (before.rounds.every(({ shift, isAbandoned }) => shift.id !== shiftId || isAbandoned))
    return { refused: "unknown" };
  // Also at whose door the courier stands at this moment.
  draft.setShift(shiftId, { isServing: false });
  const running = runningOf(draft.evening, before.now);
  const { nodes, clock, now, rounds } = running;
  const gone = rounds.find(({ shift }) => shift.id === shiftId) as RunningRound;
  const { shift } = gone;
  const isLoaded = gone.round.hasLoaded;
  const parcelsAt = isLoaded ? nodes.asNobodys(gone.round.at) : nodes.startOf(shiftId);
  const loadsThere = rounds
    .filter(
      ({ round, shift: other }) => !isLoaded && !round.hasLoaded && other.startDepotId === shift.startDepotId,
    )
    .map((one) => one.shift.id);
  const covered = coverDropOut({
    rounds: rounds.filter(({ isAbandoned }) => !isAbandoned).map(heldRound),
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
    handOver(draft, running, { ids, from: shiftId, to });
    const round = covered.rounds.find((one) => one.shift === to);
    if (round) changed.push(round);
  }
  for (const round of changed) takeOrder(draft, running, round);
  draft.setShift(shiftId, { state: "dropped" });
  for (const one of draft.deliveriesOf(shiftId))
    if (isToCome(one)) draft.setDelivery(one.id, { state: "booked" });
  draft.note({ kind: "dropped", by: "dispatcher", shiftId, route: draft.shift(shiftId).route });
  for (const { shift: to } of changed)
    draft.note({ kind: "replanned", by: "dispatcher", shiftId: to, route: draft.shift(to).route });
  return { refused: null, change: { kind: "drop", shiftId }, shiftIds: [...taken.keys(), shiftId] };
}

interface Handing {
  readonly ids: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** Stops go to another round, whose courier fetches the parcels where they are. Who was told a half-hour is told when it changes. */
function handOver(draft: Draft, running: Running, { ids, from, to }: Handing): void {
  const [source, target] = [draft.shift(from), draft.shift(to)];
  const gone = new Set(ids.flatMap((id) => [id, -id]));
  draft.setShift(from, { route: source.route.filter((id) => !gone.has(id)) });
  draft.setShift(to, { route: [...target.route, ...ids] });
  for (const id of ids) draft.setDelivery(id, { shiftId: to, state: "booked" });
  // As long as nobody has begun, whoever loads is told what is on board.
  if (draft.evening.state === "planned") return;
  const isThere = (depotId: number | null) =>
    depotId === target.startDepotId && !hasLeft(target, running.now);
  const lying = ids
    .map((id) => ({ id, ...lieAt(running, source, id) }))
    .filter((one) => !isThere(one.depotId));
  const fetches = [...Map.groupBy(lying, ({ place: { lat, lon } }) => `${lat} ${lon}`).values()].map(
    (there): Fetch => ({
      latitude: there[0]?.place.lat ?? 0,
      longitude: there[0]?.place.lon ?? 0,
      deliveryIds: there.map(({ id }) => id),
      fetchedAt: null,
      fromShiftId: from,
    }),
  );
  if (fetches.length > 0) draft.setShift(to, { fetches: [...target.fetches, ...fetches] });
}

/** Where the parcel of a round is to be had. `depotId` is null on the road. */
function lieAt(
  { deliveries, now }: Running,
  shift: RunningShift,
  id: number,
): { readonly place: Coordinates; readonly depotId: number | null } {
  const open = shift.fetches.find((one) => one.fetchedAt === null && one.deliveryIds.includes(id));
  if (open) return { place: { lat: open.latitude, lon: open.longitude }, depotId: null };
  const one = deliveries.get(id);
  if (one && isToFetch(one)) return { place: one.pickup.place, depotId: null };
  if (shift.state === "done") return { place: shift.end, depotId: shift.endDepotId };
  if (!hasLeft(shift, now)) return { place: shift.start, depotId: shift.startDepotId };
  return { place: deliveries.get(shift.atDeliveryId ?? -1)?.place ?? shift.start, depotId: null };
}
