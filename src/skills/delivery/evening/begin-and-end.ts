import { type BufferRule, nextBuffer, type PaceTally } from "../engine/index.ts";
import { toGrid } from "../plan/grid.ts";
import { hourOf, type ZoneBuffer } from "../rules/buffers.ts";
import { isInside, shapeOf } from "../rules/zones.ts";
import type { Polygon } from "../tables.ts";
import type { Draft } from "./draft.ts";
import { ALL } from "./learn.ts";
import type { Running } from "./running.ts";
import {
  isAbandoned,
  isToCome,
  type RunningDelivery,
  type RunningEvening,
  type RunningShift,
} from "./stored.ts";

/** How an evening begins and ends, and what it leaves behind. Pure. */

const HOUR_MS = 3_600_000;
/** Whoever is not back by then is not waited for. */
const OVER_AFTER_MS = 3 * HOUR_MS;

export function beginEvening(draft: Draft, now: number, by: "automatic" | "dispatcher" = "automatic"): void {
  if (draft.evening.state !== "planned") return;
  if (draft.before.isPart) throw new Error("an evening begins with all of its rounds");
  draft.setHead({ state: "running", begunAt: now });
  draft.note({ kind: "begun", by });
  // A replay begins with the orders of this moment.
  for (const { id, state, route } of draft.evening.shifts)
    if (state !== "dropped") draft.note({ kind: "begun", by, shiftId: id, route });
}

/** Everybody is back, or nobody is waited for any longer. What a courier left behind may be taken over until its window ends. */
export function isOver({ state, shifts, deliveries }: RunningEvening, now: number): boolean {
  if (state !== "running") return false;
  const last = Math.max(...shifts.map(({ latestAt }) => latestAt));
  if (now >= last + OVER_AFTER_MS) return true;
  const open = deliveries.filter(isToCome);
  const left = abandonedIn(shifts);
  if (open.some(({ shiftId, latestAt }) => left.has(shiftId) && now <= latestAt)) return false;
  const waiting = new Set(open.map(({ shiftId }) => shiftId));
  return shifts.every((shift) => isAbandoned(shift) || (!waiting.has(shift.id) && now >= shift.latestAt));
}

const abandonedIn = (shifts: readonly RunningShift[]): ReadonlySet<number | null> =>
  new Set(shifts.filter(isAbandoned).map(({ id }) => id));

/**
 * What nobody recorded counts as brought, and as not recorded; but not where its courier dropped out or is back without it, or
 * where the evening ends by hand before its window: then nobody came.
 */
export function endEvening(draft: Draft, now: number, by: "automatic" | "dispatcher" = "automatic"): void {
  const left = abandonedIn(draft.evening.shifts);
  for (const one of draft.evening.deliveries.filter(isToCome)) {
    const isBrought = !left.has(one.shiftId) && now >= one.latestAt;
    const state = isBrought ? "done" : "failed";
    draft.setDelivery(one.id, { state, outcome: "not_recorded", endedAt: now });
  }
  for (const shift of draft.evening.shifts) {
    const state = shift.state === "out" ? "done" : shift.state;
    draft.setShift(shift.id, { state, isServing: false });
  }
  draft.setHead({ state: "over", overAt: now, begunAt: draft.evening.begunAt ?? now });
  draft.note({ kind: "over", by });
}

export interface LearnedPace {
  /** 0 = all of the city; less than nothing: a round without a courier. */
  readonly courierId: number;
  readonly tally: PaceTally;
}

/** Tallies that this evening added to. */
export function paceTonight({ evening, learned }: Running): LearnedPace[] {
  return [...learned.tallies]
    .filter(([courierId, tally]) => evening.tallies.get(courierId) !== tally)
    .map(([courierId, tally]) => ({ courierId, tally }));
}

/** What later evenings take over: who had no courier is nobody any more. */
export const learnedPace = (running: Running): LearnedPace[] =>
  paceTonight(running).filter(({ courierId }) => courierId >= ALL);

export interface LearnedBuffer extends ZoneBuffer {
  /** It was learned from so many. */
  readonly promises: number;
}

export interface ZoneBorder {
  readonly id: number;
  readonly polygon: Polygon;
}

/** The buffers that would have kept the wished share of promises, from what was recorded. */
export function learnedBuffers(
  { middle, timeZone, deliveries }: RunningEvening,
  zones: readonly ZoneBorder[],
  rule?: BufferRule,
): LearnedBuffer[] {
  const shapes = zones.map(({ id, polygon }) => ({ id, ...shapeOf(polygon, (at) => toGrid(middle, at)) }));
  const groups = new Map<string, { zoneId: number; hour: number; made: number[]; late: number[] }>();
  for (const one of deliveries) {
    const begins = beganAt(one);
    if (begins === null) continue;
    const zone = shapes.find((shape) => isInside(shape, toGrid(middle, one.place)));
    const hour = hourOf(one.earliestAt, timeZone);
    for (const zoneId of new Set([ALL, zone?.id ?? ALL])) {
      const key = `${zoneId} ${hour}`;
      const group = groups.get(key) ?? { zoneId, hour, made: [], late: [] };
      groups.set(key, group);
      group.made.push((one.latestAt - one.dueAt) / 1_000);
      group.late.push((begins - one.latestAt) / 1_000);
    }
  }
  return [...groups.values()].map(({ zoneId, hour, made, late }) => {
    const mean = made.reduce((sum, one) => sum + one, 0) / made.length;
    return { zoneId, hour, buffer_s: nextBuffer(mean, late, rule), promises: late.length };
  });
}

/** When service began, of what was recorded. */
const beganAt = ({ arrivedAt, earliestAt, outcome }: RunningDelivery): number | null =>
  arrivedAt === null || outcome === null || outcome === "not_recorded"
    ? null
    : Math.max(arrivedAt, earliestAt);

/** Metres of a round along its stops and back, by the evening's circuity. */
export function distanceOf(evening: RunningEvening, { id, start, end, route }: RunningShift): number {
  const own = new Map(evening.deliveries.filter(({ shiftId }) => shiftId === id).map((one) => [one.id, one]));
  const stops = route.flatMap((one) => {
    const delivery = own.get(Math.abs(one));
    const place = one < 0 ? delivery?.pickup?.place : delivery?.place;
    const isDriven = delivery?.state !== "cancelled" && delivery?.state !== "expired";
    return place && isDriven ? [place] : [];
  });
  if (stops.length === 0) return 0;
  const way = [start, ...stops, end].map((place) => toGrid(evening.middle, place));
  const metres = way.slice(1).reduce((sum, to, n) => {
    const from = way[n] ?? to;
    return sum + Math.hypot(to.x - from.x, to.y - from.y);
  }, 0);
  return Math.round((metres * evening.travel.circuityPercent) / 100);
}
