import type { House } from "#kernel";
import {
  type Doing,
  type Endangered,
  type Expected,
  forecast,
  frozenStops,
  lateChance,
  type Round,
  type RoundStop,
} from "../engine/index.ts";
import { lockEvening } from "../store/plan-rows.ts";
import { readRunningEvening } from "../store/running-rows.ts";
import { inTenant } from "../store/tx.ts";
import type { Fetch } from "../tables.ts";
import { type PlanClock, planClock } from "./clock.ts";
import { type Learned, learn } from "./learn.ts";
import { Nodes } from "./nodes.ts";
import {
  isAbandoned,
  isToCome,
  isToFetch,
  type RunningDelivery,
  type RunningEvening,
  type RunningShift,
} from "./stored.ts";

/** An evening at a moment: its rows as rounds of the engine, with what is expected. Nothing here is kept between two looks. */

/** A stop to come; a visit that only fetches parcels has no delivery. */
export interface StopToCome {
  readonly delivery: RunningDelivery | null;
  /** Of a visit to a counter the delivery that is picked up there. */
  readonly picksUp: RunningDelivery | null;
  readonly stop: RoundStop;
  readonly expected: Expected;
}

export interface RunningRound {
  readonly shift: RunningShift;
  readonly round: Round;
  readonly stops: readonly StopToCome[];
  /** Seconds of the plan's clock from which is looked ahead: now, or when a courier who is silent was heard last. */
  readonly seen: number;
  /** Never heard, or silent for so long that nothing is concluded from it. */
  readonly isSilent: boolean;
  /** Nothing was heard since the next stop should have begun: the courier is late, or the phone has no net. */
  readonly isOverdue: boolean;
  /** Its courier has dropped out or is back, and nobody has taken these stops over. */
  readonly isAbandoned: boolean;
}

export interface Running {
  readonly evening: RunningEvening;
  readonly nodes: Nodes;
  readonly clock: PlanClock;
  readonly learned: Learned;
  /** ms */
  readonly now: number;
  /** Those that are to come or under way, and what couriers have left behind. */
  readonly rounds: readonly RunningRound[];
  readonly deliveries: ReadonlyMap<number, RunningDelivery>;
}

/** Fetching parcels from a colleague. */
export const FETCHING_S = 300;
const FOREVER_S = 1_000_000_000;
/** A courier out of reach: silent for so long, and so long after the next stop should have begun; less than what is said again. */
const SILENT_S = 1_800;
const OVERDUE_S = 480;

/** @param now ms */
export function runningOf(evening: RunningEvening, now: number): Running {
  const nodes = new Nodes(evening);
  const clock = planClock(evening.serviceDate);
  const learned = learn(evening, nodes);
  const deliveries = new Map(evening.deliveries.map((one) => [one.id, one]));
  const around = { nodes, clock, learned, deliveries, now: clock.seconds(now) };
  const rounds = evening.shifts
    .map((shift) => runningRound(shift, around))
    .filter(({ isAbandoned, stops }) => !isAbandoned || stops.length > 0);
  return { evening, nodes, clock, learned, now, rounds, deliveries };
}

/** @param shiftId this round only. @throws AppError not_found */
export async function readRunning(
  house: House,
  tenantId: number,
  eveningId: number,
  shiftId?: number,
): Promise<Running> {
  const evening = await inTenant(house, tenantId, async (tx) => {
    await lockEvening(tx, { tenantId, id: eveningId }, "share");
    return readRunningEvening(tx, tenantId, eveningId, shiftId === undefined ? undefined : [shiftId]);
  });
  return runningOf(evening, house.clock.now());
}

interface Around {
  readonly nodes: Nodes;
  readonly clock: PlanClock;
  readonly learned: Learned;
  readonly deliveries: ReadonlyMap<number, RunningDelivery>;
  readonly now: number;
}

function runningRound(shift: RunningShift, around: Around): RunningRound {
  const { nodes, clock, now } = around;
  const { heardAt } = shift;
  const stops = stopsToCome(shift, around);
  const at = (seen: number): Round => roundOf(shift, stops, { ...around, seen });
  const look = (seen: number, { isSilent, isOverdue }: Heard): RunningRound => {
    const round = at(seen);
    const expected = forecast(round, nodes.travel, isSilent && heardAt === null ? 0 : seen);
    return {
      shift,
      round,
      stops: stops.map((one, n) => ({ ...one, expected: expected[n] as Expected })),
      seen,
      isSilent,
      isOverdue,
      isAbandoned: isAbandoned(shift),
    };
  };
  // Nobody knows where this courier is: times follow the plan.
  if (heardAt === null) return look(clock.seconds(shift.earliestAt), { isSilent: true, isOverdue: false });
  const heard = clock.seconds(heardAt);
  const [next] = forecast(at(heard), nodes.travel, heard);
  const overdue_s = next === undefined ? 0 : now - next.begins;
  const isSilent = now - heard >= SILENT_S && overdue_s > OVERDUE_S;
  return look(isSilent ? heard : now, { isSilent, isOverdue: overdue_s > 0 });
}

type Heard = Pick<RunningRound, "isSilent" | "isOverdue">;

type Stop = Omit<StopToCome, "expected">;

/** In the round's order; whoever has parcels to fetch does so before the first of them is brought. */
function stopsToCome(shift: RunningShift, { nodes, clock, deliveries }: Around): Stop[] {
  // Whoever is gone fetches nothing.
  const open = isAbandoned(shift) ? [] : shift.fetches.filter(({ fetchedAt }) => fetchedAt === null);
  const served = shift.isServing ? shift.atDeliveryId : null;
  return shift.route.flatMap((id): Stop[] => {
    if (id < 0) return isAbandoned(shift) ? [] : visitTo(deliveries.get(-id), { nodes, clock });
    const delivery = deliveries.get(id);
    if (!delivery || !isToCome(delivery) || id === served) return [];
    const at = open.findIndex(({ deliveryIds }) => deliveryIds.includes(id));
    const fetch = at < 0 ? undefined : open.splice(at, 1)[0];
    const stop = { delivery, picksUp: null, stop: toStop(delivery, nodes.nodeOf(id), clock) };
    if (!fetch) return [stop];
    const node = nodes.add({ lat: fetch.latitude, lon: fetch.longitude });
    return [{ delivery: null, picksUp: null, stop: fetchingAt(node) }, stop];
  });
}

/** A counter is nobody's promise: the visit stays where the plan has it, and what is fetched comes behind it. */
function visitTo(
  one: RunningDelivery | undefined,
  { nodes, clock }: Pick<Around, "nodes" | "clock">,
): Stop[] {
  if (!one || !isToFetch(one)) return [];
  const { place, earliestAt, service_s } = one.pickup;
  const stop = { ...fetchingAt(nodes.add(place)), earliest: clock.seconds(earliestAt), service_s };
  return [{ delivery: null, picksUp: one, stop }];
}

function toStop(one: RunningDelivery, node: number, clock: PlanClock): RoundStop {
  const { told } = one;
  return {
    stop: node,
    earliest: clock.seconds(one.earliestAt),
    latest: clock.seconds(one.latestAt),
    service_s: one.service_s,
    demand: one.demand,
    skills: one.skills,
    told: told && {
      from: clock.seconds(told.from),
      until: clock.seconds(told.until),
      expected: clock.seconds(told.expectedAt),
    },
    isLateSaid: one.lateSaidAt !== null,
  };
}

const fetchingAt = (node: number): RoundStop => ({
  stop: node,
  earliest: 0,
  latest: FOREVER_S,
  service_s: FETCHING_S,
  demand: 0,
  skills: 0,
  told: null,
  isLateSaid: false,
});

function roundOf(shift: RunningShift, stops: readonly Stop[], around: Around & { seen: number }): Round {
  const { nodes, clock, learned, now } = around;
  const { id } = shift;
  const fetched = fetchedLast(shift, around.deliveries);
  return {
    shift: id,
    at: fetched
      ? nodes.add({ lat: fetched.latitude, lon: fetched.longitude })
      : nodes.standingAt(id, shift.atDeliveryId),
    doing: doingOf(shift, around),
    end: nodes.endOf(id),
    latest: clock.seconds(shift.latestAt),
    capacity: shift.capacity,
    skills: shift.skills,
    hasLoaded: !isAbandoned(shift) && hasLeft(shift, clock.ms(now)),
    pace: learned.paceOf(shift),
    stops: stops.map(({ stop }) => stop),
  };
}

const NOTHING_PICKED = { pickup: null, pickedUpAt: null };

/** Where parcels were fetched, if that was the last thing that happened. */
function fetchedLast(
  { fetches, route, since, isServing }: RunningShift,
  deliveries: Around["deliveries"],
): (Pick<Fetch, "latitude" | "longitude"> & { readonly fetchedAt: number }) | null {
  if (isServing) return null;
  const fetched = fetches.flatMap((one) =>
    one.fetchedAt === null ? [] : [{ ...one, fetchedAt: one.fetchedAt }],
  );
  const picked = route.flatMap((id) => {
    const { pickup, pickedUpAt } = (id < 0 && deliveries.get(-id)) || NOTHING_PICKED;
    if (!pickup || pickedUpAt === null) return [];
    return [{ latitude: pickup.place.lat, longitude: pickup.place.lon, fetchedAt: pickedUpAt }];
  });
  const done = [...fetched, ...picked];
  const last = done.toSorted((a, b) => a.fetchedAt - b.fetchedAt).at(-1);
  return last && last.fetchedAt > (since ?? 0) ? last : null;
}

/** The parcels are in the bag; who was never heard of left when the plan says. @param now ms */
export function hasLeft({ leftAt, heardAt, earliestAt }: RunningShift, now: number): boolean {
  return leftAt !== null || (heardAt === null && now >= earliestAt);
}

function doingOf(shift: RunningShift, { clock, deliveries, seen }: Around & { seen: number }): Doing {
  const { atDeliveryId, isServing, leftAt, since, earliestAt } = shift;
  const served = isServing && atDeliveryId !== null ? deliveries.get(atDeliveryId) : undefined;
  if (served && since !== null)
    return {
      kind: "serving",
      since: clock.seconds(Math.max(since, served.earliestAt)),
      service_s: served.service_s,
    };
  const fetchedAt = fetchedLast(shift, deliveries)?.fetchedAt ?? null;
  if (leftAt !== null || atDeliveryId !== null)
    return { kind: "leaving", at: clock.seconds(fetchedAt ?? since ?? leftAt ?? earliestAt) };
  // Heard of, but still at the depot.
  return { kind: "leaving", at: Math.max(clock.seconds(earliestAt), clock.seconds(since ?? 0), seen) };
}

/** A round as it may be re-ordered: what the dispatcher holds counts as told. */
export function heldRound({ shift, round, stops }: RunningRound): Round {
  if (shift.heldStops === 0) return round;
  return {
    ...round,
    stops: round.stops.map((stop, n) => {
      const begins = stops[n]?.expected.begins ?? 0;
      const isHeld = n < shift.heldStops && stop.told === null;
      return isHeld ? { ...stop, told: { from: begins, until: begins, expected: begins } } : stop;
    }),
  };
}

/** Deliveries to come that stay in their places: next, told, or held by the dispatcher. */
export function frozenIds(one: RunningRound, now: number): number[] {
  const count = frozenStops(heldRound(one), now);
  return one.stops.slice(0, count).flatMap(({ delivery }) => (delivery ? [delivery.id] : []));
}

/** From this chance on a promise is at risk, as in `endangeredOf`. */
const AT_RISK = 0.2;

/** Promises that will hardly be kept, worst first; of couriers who are silent nothing is said. */
export function atRiskIn({ rounds }: Pick<Running, "rounds">): Endangered[] {
  return rounds
    .flatMap(({ shift, stops, isSilent, isAbandoned }) =>
      stops.flatMap(({ delivery, stop, expected }): Endangered[] => {
        if (!delivery) return [];
        if (isAbandoned) return [{ stop: delivery.id, shift: null, chance: 1 }];
        const chance = isSilent ? 0 : lateChance(stop, expected);
        return chance >= AT_RISK ? [{ stop: delivery.id, shift: shift.id, chance }] : [];
      }),
    )
    .toSorted((a, b) => b.chance - a.chance || a.stop - b.stop);
}
