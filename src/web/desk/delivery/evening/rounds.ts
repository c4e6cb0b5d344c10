import type { RunningReply, RunningRound, RunningStop } from "../../../../skills/delivery/api.ts";

/** What the page reads off an evening; pure. */

/** Only what is drawn; a replay makes one up of any moment. */
export type Evening = Pick<
  RunningReply,
  "id" | "timeZone" | "depots" | "rounds" | "atRisk" | "happened" | "version" | "state"
>;

/** In ms. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

const hourMs = 3_600_000;

export function hasEnded({ state }: Pick<RunningStop, "state">): boolean {
  return state === "done" || state === "failed";
}

export function openStops({ stops }: RunningRound): RunningStop[] {
  return stops.filter((stop) => !hasEnded(stop));
}

/** Where a stop stands on the axis: when it ended, or when it is expected. */
export function stopAt(stop: RunningStop): number {
  return Date.parse(stop.endedAt ?? stop.expectedAt ?? stop.earliestAt);
}

/** Whole hours that hold every shift, window and expected time; never more than a day. */
export function spanOf(rounds: readonly RunningRound[], now: number): Span {
  let [from, until] = [Infinity, -Infinity];
  const take = (at: number) => {
    if (Number.isNaN(at)) return;
    from = Math.min(from, at);
    until = Math.max(until, at);
  };
  for (const round of rounds) {
    take(Date.parse(round.earliestAt));
    take(Date.parse(round.latestAt));
    for (const stop of round.stops) {
      take(stopAt(stop));
      take(Date.parse(stop.latestAt));
    }
  }
  if (from === Infinity) return { from: floorHour(now), until: floorHour(now) + 4 * hourMs };
  const first = floorHour(from);
  return { from: first, until: Math.min(ceilHour(until), first + 24 * hourMs) };
}

const floorHour = (at: number): number => Math.floor(at / hourMs) * hourMs;
const ceilHour = (at: number): number => Math.ceil(at / hourMs) * hourMs;

/** 0 at the axis' beginning, 1 at its end; what lies outside stands at the edge. */
export function shareOf(at: number, { from, until }: Span): number {
  return Math.min(1, Math.max(0, (at - from) / Math.max(1, until - from)));
}

/** Full hours for the axis, every second or third one where they would stand too close. */
export function hoursOf({ from, until }: Span, most: number): number[] {
  const hours = Math.round((until - from) / hourMs);
  const step = Math.max(1, Math.ceil(hours / most));
  return Array.from({ length: Math.floor(hours / step) + 1 }, (_, n) => from + n * step * hourMs);
}

export interface Counts {
  readonly rounds: number;
  readonly stops: number;
  readonly inPlan: number;
  readonly atRisk: number;
}

export function countsOf({ rounds, atRisk }: Pick<Evening, "rounds" | "atRisk">): Counts {
  const driven = rounds.filter(({ state }) => state !== "dropped");
  const stops = driven.flatMap((round) => round.stops);
  const endangered = new Set(atRisk.map(({ deliveryId }) => deliveryId));
  const inPlan = stops.filter(
    ({ deliveryId, state }) => state !== "failed" && !endangered.has(deliveryId),
  ).length;
  return { rounds: driven.length, stops: stops.length, inPlan, atRisk: endangered.size };
}

export interface Found {
  readonly round: RunningRound;
  /** Counted from 1, in the order of the evening. */
  readonly number: number;
  readonly stop: RunningStop;
}

export function findStop(rounds: readonly RunningRound[], deliveryId: number): Found | null {
  for (const [n, round] of rounds.entries()) {
    const stop = round.stops.find((one) => one.deliveryId === deliveryId);
    if (stop) return { round, number: n + 1, stop };
  }
  return null;
}

/** Behind how many stops to come a stop would stand that is dropped on the axis there. */
export function placeAt(round: RunningRound, at: number, moved: number): number {
  return openStops(round).filter((stop) => stop.deliveryId !== moved && stopAt(stop) < at).length;
}

/** Nobody was heard of this evening although rounds should be out: what is shown is the plan. */
export function isSilent({ rounds, state }: Pick<Evening, "rounds" | "state">, now: number): boolean {
  const out = rounds.filter((one) => one.state !== "dropped" && Date.parse(one.earliestAt) <= now);
  return state === "running" && out.length > 0 && out.every(({ heardAt }) => heardAt === null);
}

export interface LogRow {
  readonly happened: RunningReply["happened"][number];
  /** So many of the kind in one go, such as five customers that were told. */
  readonly count: number;
}

const togetherMs = 60_000;

/** Newest first, by when it happened: a phone may tell it later. Messages that the node sent in one go are one line. */
export function logRows(happened: RunningReply["happened"]): LogRow[] {
  const rows: { happened: RunningReply["happened"][number]; count: number }[] = [];
  const newest = happened.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at) || b.id - a.id);
  for (const one of newest) {
    const last = rows.at(-1);
    const isMore =
      last !== undefined &&
      one.kind === "told" &&
      last.happened.kind === "told" &&
      one.by === last.happened.by &&
      Math.abs(Date.parse(last.happened.at) - Date.parse(one.at)) < togetherMs;
    if (isMore) last.count += 1;
    else rows.push({ happened: one, count: 1 });
  }
  return rows;
}
