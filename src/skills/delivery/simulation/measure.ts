import { type Kept, keptFigures } from "../engine/index.ts";
import {
  countQueued,
  type PromiseRow,
  type RoundRow,
  readPromises,
  readRounds,
  readSaid,
  type SaidRow,
} from "../store/simulated.ts";
import { inTenant } from "../store/tx.ts";
import type { Visit } from "./rider.ts";
import type { Stage } from "./stage.ts";
import type { PlannedEvening, Town } from "./town.ts";

/** How an evening came out, from what the database says of it and what lies in the outbox. */

export interface Measured extends ReturnType<typeof keptFigures> {
  /** Promises of the evening. */
  readonly stops: number;
  /** Mean of the buffers that the promises were made with. */
  readonly buffer_s: number;
  readonly worked_s: number;
  readonly underWay_s: number;
  readonly kilometres: number;
  readonly replans: number;
  readonly kept: readonly Kept[];
  /** Handed over at the first attempt. */
  readonly handedOver: number;
  /** Promises that nobody recorded the end of. */
  readonly notRecorded: number;
  /** Arrivals or ends that stand otherwise than they happened. */
  readonly recordedWrong: number;
  /** Messages to customers in the outbox: half-hours, lateness, hand-overs, broken promises, vain attempts. */
  readonly messages: number;
  /** Why somebody could not be told, with how often. */
  readonly untold: Readonly<Record<string, number>>;
}

export interface Measuring {
  readonly stage: Stage;
  readonly town: Town;
  readonly evening: PlannedEvening;
  readonly visits: ReadonlyMap<number, Visit>;
  /** ms; messages that were queued from then on are the evening's */
  readonly since: number;
}

export async function measure({ stage, town, evening, visits, since }: Measuring): Promise<Measured> {
  const { tenantId } = town;
  const until = stage.clock.now() + 1;
  const { promises, rounds, said, messages } = await inTenant(stage.kernel, tenantId, async (tx) => ({
    promises: await readPromises(tx, tenantId, evening.id),
    rounds: await readRounds(tx, tenantId, evening.id),
    said: Map.groupBy(await readSaid(tx, tenantId, evening.id), ({ deliveryId }) => deliveryId),
    messages: await countQueued(tx, tenantId, { from: since, until }),
  }));
  const kept = promises.flatMap((one) => keptOf(one, said.get(one.id) ?? []) ?? []);
  const driven = rounds.filter(({ leftAt }) => leftAt !== null);
  return {
    ...keptFigures(kept),
    kept,
    stops: promises.length,
    buffer_s: mean(promises.map(({ latestAt, dueAt }) => (latestAt - dueAt) / 1_000)),
    worked_s: sum(driven.map(({ earliestAt, backAt }) => ((backAt ?? earliestAt) - earliestAt) / 1_000)),
    underWay_s: sum(driven.map((round) => underWay(round, promises))),
    kilometres: sum(rounds.map(({ distance_m }) => (distance_m ?? 0) / 1_000)),
    replans: sum(rounds.map(({ replans }) => replans)),
    handedOver: promises.filter(({ outcome }) => outcome === "handed_over").length,
    notRecorded: promises.filter(({ outcome }) => outcome === null || outcome === "not_recorded").length,
    recordedWrong: promises.filter((one) => isWrong(one, visits.get(one.id))).length,
    messages,
    untold: counted(promises.flatMap(({ untoldReason }) => untoldReason ?? [])),
  };
}

/** @returns null where nobody knows when it began */
function keptOf(one: PromiseRow, said: readonly SaidRow[]): Kept | null {
  const { id, earliestAt, latestAt, arrivedAt, toldFirstExpectedAt, toldExpectedAt } = one;
  if (arrivedAt === null) return null;
  const begins = Math.max(arrivedAt, earliestAt) / 1_000;
  const [first] = said;
  const last = said.at(-1);
  const late = said.findLast(({ kind }) => kind === "late_said");
  return {
    stop: id,
    window: { earliest: earliestAt / 1_000, latest: latestAt / 1_000 },
    begins,
    told: first ? toldIn(first, toldFirstExpectedAt) : null,
    toldLast: last ? toldIn(last, toldExpectedAt) : null,
    notices: said.length,
    lead_s: first ? begins - first.at / 1_000 : null,
    lateSaidAt: late ? late.at / 1_000 : null,
  };
}

function toldIn({ words }: SaidRow, expectedAt: number | null) {
  const [from = Number.NaN, until = Number.NaN] = words.split("/").map((one) => Date.parse(one) / 1_000);
  return { from, until, expected: (expectedAt ?? Number.NaN) / 1_000 };
}

/** Ways between doors, from the depot and back, as they were recorded; seconds. */
function underWay({ id, leftAt, earliestAt, backAt }: RoundRow, promises: readonly PromiseRow[]): number {
  const own = promises
    .filter(({ shiftId, arrivedAt }) => shiftId === id && arrivedAt !== null)
    .toSorted((a, b) => (a.arrivedAt ?? 0) - (b.arrivedAt ?? 0));
  let left = leftAt ?? earliestAt;
  let total = 0;
  for (const { arrivedAt, endedAt } of own) {
    total += (arrivedAt ?? left) - left;
    left = endedAt ?? arrivedAt ?? left;
  }
  return (total + Math.max(0, (backAt ?? left) - left)) / 1_000;
}

const isWrong = ({ arrivedAt, endedAt, outcome }: PromiseRow, visit: Visit | undefined): boolean =>
  outcome !== null &&
  outcome !== "not_recorded" &&
  (arrivedAt !== visit?.arrivedAt || endedAt !== visit?.endsAt);

const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0);
const mean = (list: readonly number[]): number => sum(list) / Math.max(1, list.length);

function counted(reasons: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const reason of reasons.toSorted()) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}
