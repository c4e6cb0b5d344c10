import { addTook, NO_TALLY, type Pace, type PaceTally, paceOf, type Took, wayAt } from "../engine/index.ts";
import type { Coordinates } from "../plan/promises.ts";
import { type PlanClock, planClock } from "./clock.ts";
import type { Nodes } from "./nodes.ts";
import type { RunningDelivery, RunningEvening, RunningShift } from "./stored.ts";

/** What finished stops of an evening teach, on top of earlier evenings. Only rows go in, so it is the same in every process. */

/** In a tally's place for all couriers of a city. */
export const ALL = 0;
/** A phone that was wrong by more than this teaches nothing. */
const LONGEST_S = 3 * 3_600;

export interface Learned {
  readonly tallies: ReadonlyMap<number, PaceTally>;
  paceOf(shift: RunningShift): Pace;
}

/** Who has no courier yet learns alone. */
const keyOf = ({ id, courierId }: RunningShift): number => courierId ?? -id;

interface Finished {
  readonly key: number;
  readonly shift: RunningShift;
  readonly from: Coordinates;
  readonly to: Coordinates;
  readonly endedAt: number;
  readonly took: Took;
}

/** Ways and services that came to an end, in their order. */
export function finishedIn(evening: RunningEvening, nodes: Nodes): Finished[] {
  const byShift = Map.groupBy(evening.deliveries, ({ shiftId }) => shiftId);
  const around = { nodes, clock: planClock(evening.serviceDate) };
  return evening.shifts
    .flatMap((shift) => finishedBy(shift, byShift.get(shift.id) ?? [], around))
    .toSorted((a, b) => a.endedAt - b.endedAt || a.key - b.key);
}

/** A part of an evening cannot tell how fast everybody is: it takes what the last look at all rounds kept. */
export function learn(evening: RunningEvening, nodes: Nodes): Learned {
  const finished = evening.isPart ? [] : finishedIn(evening, nodes);
  const tallies = new Map(evening.tallies);
  const tallyOf = (key: number) => tallies.get(key) ?? NO_TALLY;
  for (const { key, took } of finished) {
    const pace = paceOf(tallyOf(key), tallyOf(ALL));
    tallies.set(key, addTook(tallyOf(key), took, pace));
    tallies.set(ALL, addTook(tallyOf(ALL), took, pace));
  }
  return { tallies, paceOf: (shift) => paceOf(tallyOf(keyOf(shift)), tallyOf(ALL)) };
}

interface Around {
  readonly nodes: Nodes;
  readonly clock: PlanClock;
}

function finishedBy(
  shift: RunningShift,
  deliveries: readonly RunningDelivery[],
  { nodes, clock }: Around,
): Finished[] {
  const ended = deliveries
    .flatMap((one) =>
      one.endedAt === null || one.outcome === null || one.outcome === "not_recorded"
        ? []
        : [{ one, endedAt: one.endedAt }],
    )
    .toSorted((a, b) => a.endedAt - b.endedAt || a.one.id - b.one.id);
  let at = nodes.startOf(shift.id);
  let from = shift.start;
  let leftAt = shift.leftAt;
  const found: Finished[] = [];
  for (const { one, endedAt } of ended) {
    const node = nodes.nodeOf(one.id);
    const fetchedAt = [
      ...shift.fetches.map((fetch) => fetch.fetchedAt),
      ...deliveries.map((other) => other.pickedUpAt),
    ];
    const leg_s = wayAt(nodes.travel, at, node, clock.seconds(leftAt ?? endedAt));
    const took = tookOf(one, { leftAt, endedAt, leg_s, fetchedAt });
    if (took) found.push({ key: keyOf(shift), shift, from, to: one.place, endedAt, took });
    at = node;
    from = one.place;
    leftAt = endedAt;
  }
  return found;
}

interface Leg {
  readonly leftAt: number | null;
  readonly endedAt: number;
  readonly leg_s: number;
  /** When this courier fetched something on the way; null = not yet. */
  readonly fetchedAt: readonly (number | null)[];
}

/** Nobody rings before the window opens, so waiting for it is neither way nor service. */
function tookOf(one: RunningDelivery, { leftAt, endedAt, leg_s, fetchedAt }: Leg): Took | null {
  const { arrivedAt } = one;
  if (arrivedAt === null || leftAt === null) return null;
  const hasFetched = fetchedAt.some((at) => at !== null && at >= leftAt && at < arrivedAt);
  const legTook_s = (arrivedAt - leftAt) / 1_000;
  const serviceTook_s = (endedAt - Math.max(arrivedAt, one.earliestAt)) / 1_000;
  const isSane = legTook_s >= 0 && legTook_s < LONGEST_S && serviceTook_s >= 0 && serviceTook_s < LONGEST_S;
  return isSane && !hasFetched ? { leg_s, legTook_s, service_s: one.service_s, serviceTook_s } : null;
}
