import type { TriedReply, WhatIf } from "../api/running.ts";
import { type Endangered, wayAt } from "../engine/index.ts";
import { LivePlan } from "../plan/live-plan.ts";
import type { StoredEvening } from "../plan/stored-evening.ts";
import { distanceOf } from "./begin-and-end.ts";
import { applyChange } from "./change.ts";
import { Draft } from "./draft.ts";
import { dueIn } from "./due.ts";
import { type Reader, textOf } from "./letters.ts";
import { atRiskIn, type Running, runningOf } from "./running.ts";
import type { RunningDelivery } from "./stored.ts";

/** What a change would cost and whom it would reach. Nothing leaves the house. Pure. */

/** A customer counts as moved from here on. */
const MOVED_MS = 600_000;

const iso = (ms: number): string => new Date(ms).toISOString();

export interface Trying {
  readonly running: Running;
  /** The plan of an evening that has not begun. */
  readonly stored: StoredEvening | null;
  readonly nameOf: (delivery: RunningDelivery) => string;
  readonly reader: Reader;
}

export function tryOut({ running, stored, nameOf, reader }: Trying, whatIf: WhatIf): TriedReply {
  const { evening } = running;
  const before = figuresOf(running, null);
  const nothing = {
    refused: null,
    before,
    after: before,
    change: null,
    moved: [],
    endangered: [],
    messages: [],
    fits: null,
    version: evening.version,
  } satisfies TriedReply;
  if (whatIf.kind === "parcels")
    return { ...nothing, fits: evening.state === "planned" && stored ? fitting(stored, whatIf.count) : 0 };
  const draft = new Draft(evening);
  const applied = applyChange(draft, running, whatIf);
  if (applied.refused !== null) return { ...nothing, refused: applied.refused };
  const after = runningOf(draft.evening, running.now);
  const watched = "deliveryId" in whatIf ? whatIf.deliveryId : null;
  const said = new Set(dueIn(running).map(({ reference }) => reference));
  return {
    ...nothing,
    before: figuresOf(running, watched),
    after: figuresOf(after, watched),
    change: applied.change,
    moved: movedBetween(running, after, nameOf),
    endangered: endangeredAfter(after, applied.shiftIds).map(({ stop, shift, chance }) => ({
      deliveryId: stop,
      shiftId: shift,
      chance,
    })),
    messages: dueIn(after)
      .filter(({ reference }) => !said.has(reference))
      .flatMap((due) => {
        const delivery = after.deliveries.get(due.delivery.id);
        return delivery
          ? [{ deliveryId: delivery.id, name: nameOf(delivery), text: textOf(due, reader) }]
          : [];
      }),
  };
}

/** Promises of the rounds that change, and those that nobody takes. */
function endangeredAfter(after: Running, shiftIds: readonly number[]): Endangered[] {
  return atRiskIn(after).filter(({ shift }) => shift === null || shiftIds.includes(shift));
}

/** When the courier is expected at each stop to come, ms. */
function expectedIn({ rounds, clock }: Running): Map<number, { at: number; shiftId: number }> {
  return new Map(
    rounds.flatMap(({ shift, stops, isAbandoned }) =>
      stops.flatMap(({ delivery, expected }) =>
        delivery && !isAbandoned
          ? [[delivery.id, { at: clock.ms(expected.begins), shiftId: shift.id }] as const]
          : [],
      ),
    ),
  );
}

function movedBetween(
  before: Running,
  after: Running,
  nameOf: (delivery: RunningDelivery) => string,
): TriedReply["moved"] {
  const was = expectedIn(before);
  return [...expectedIn(after)].flatMap(([deliveryId, { at, shiftId }]) => {
    const from = was.get(deliveryId)?.at;
    const delivery = after.deliveries.get(deliveryId);
    if (from === undefined || !delivery || Math.abs(at - from) <= MOVED_MS) return [];
    return [{ deliveryId, name: nameOf(delivery), fromAt: iso(from), toAt: iso(at), shiftId }];
  });
}

function figuresOf(running: Running, deliveryId: number | null): TriedReply["before"] {
  const { evening } = running;
  const backs = [...backsOf(running).values()];
  const at = deliveryId === null ? undefined : expectedIn(running).get(deliveryId)?.at;
  return {
    atRisk: atRiskIn(running).length,
    distanceMetres: evening.shifts.reduce((sum, shift) => sum + distanceOf(evening, shift), 0),
    endsAt: backs.length > 0 ? iso(Math.max(...backs)) : null,
    expectedAt: at === undefined ? null : iso(at),
  };
}

/** When each courier is expected back, by shift, ms. */
export function backsOf({ rounds, nodes, clock }: Running): Map<number, number> {
  return new Map(
    rounds
      .filter(({ isAbandoned }) => !isAbandoned)
      .map(({ shift, round, stops }) => {
        const last = stops.at(-1);
        const at = last?.stop.stop ?? round.at;
        const { pace, doing } = round;
        const left = doing.kind === "leaving" ? doing.at : doing.since + doing.service_s * pace.serviceFactor;
        const free = last ? last.expected.begins + last.stop.service_s * pace.serviceFactor : left;
        return [shift.id, clock.ms(free + wayAt(nodes.travel, at, round.end, free) * pace.legFactor)];
      }),
  );
}

/** Numbers of parcels that are only tried: no delivery has one, and their pick-ups are less than nothing. */
const FIRST_TRIED = 2 ** 40;

/**
 * How many of so many parcels more would find a place, spread over the doors and windows of the evening, each in turn as a
 * booking would.
 */
function fitting(stored: StoredEvening, count: number): number {
  const plan = LivePlan.of(stored);
  const open = stored.deliveries.filter(({ isOver }) => !isOver);
  if (!plan || open.length === 0) return 0;
  let fits = 0;
  for (let n = 0; n < count; n++) {
    const like = open[Math.floor((n * open.length) / count) % open.length];
    const stop = like && plan.book(like, like);
    if (!stop) continue;
    plan.name(stop.node, FIRST_TRIED + n);
    fits++;
  }
  return fits;
}

/** Of an evening that has not begun the plan must stay possible: every promise inside, with its buffer. */
export function isPossible(stored: StoredEvening, draft: Draft): boolean {
  const routes = new Map(draft.evening.shifts.map(({ id, route }) => [id, route]));
  const shifts = stored.shifts.map((shift) => ({ ...shift, route: routes.get(shift.id) ?? shift.route }));
  return LivePlan.of({ ...stored, shifts }) !== null;
}
