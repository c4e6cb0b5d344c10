import { promisesAtRisk, type Round, replanRound } from "../engine/index.ts";
import { orderRound } from "./apply-log.ts";
import type { Draft } from "./draft.ts";
import { frozenIds, heldRound, type Running, type RunningRound } from "./running.ts";

/** Puts rounds into a better order while they are driven, by the rules that the simulator drives too. */

/** A round is put in order again when so many of its promises are likely to break, and not sooner than this. */
const RISK = 0.02;
const REPLAN_AFTER_MS = 240_000;
/** Just done: whoever looks at the page sees the next stop only now, so it may still be another. */
const JUST_S = 30;

/** @returns whether an order changed */
export function replan(draft: Draft, running: Running, shiftIds: ReadonlySet<number>): boolean {
  const { now, nodes, clock } = running;
  let isChanged = false;
  for (const one of running.rounds) {
    const { shift, isSilent } = one;
    const isDue = shift.replannedAt === null || now - shift.replannedAt >= REPLAN_AFTER_MS;
    if (!shiftIds.has(shift.id) || isSilent || shift.state !== "out" || shift.isServing || !isDue) continue;
    const options = { ways: nodes.travel, now: momentOf(one, clock.seconds(now)) };
    const round = heldRound(one);
    if (promisesAtRisk(round, options) < RISK) continue;
    draft.setShift(shift.id, { replannedAt: now });
    const better = replanRound(round, options);
    if (!better) continue;
    isChanged = true;
    takeOrder(draft, running, better.round);
  }
  return isChanged;
}

function momentOf({ round: { doing } }: RunningRound, now: number): number {
  const isJust = doing.kind === "leaving" && now >= doing.at && now - doing.at <= JUST_S;
  return isJust ? doing.at : now;
}

/** Brings the stops to come of a round into the order of the engine's. */
export function takeOrder(draft: Draft, { nodes }: Running, { shift, stops }: Round): void {
  const order = stops.flatMap(({ stop }) => nodes.idOf(stop) ?? []);
  const moved = new Set(order);
  const { route } = draft.shift(shift);
  const coming = order.values();
  draft.setShift(shift, { route: route.map((id) => (moved.has(id) ? (coming.next().value ?? id) : id)) });
  orderRound(draft, shift);
}

/** So many of a round's first places stay as they are: done, next, told, or held. */
export function freeze(draft: Draft, running: Running): void {
  const now = running.clock.seconds(running.now);
  for (const one of running.rounds) {
    const { id } = one.shift;
    const { route, isServing, atDeliveryId } = draft.shift(id);
    // What is left behind may be taken over, put off or taken back.
    const fixed = new Set(one.isAbandoned ? [] : frozenIds(one, now));
    if (isServing && atDeliveryId !== null) fixed.add(atDeliveryId);
    const last = route.findLastIndex(
      (stop) => fixed.has(stop) || ["done", "failed"].includes(running.deliveries.get(stop)?.state ?? ""),
    );
    draft.setShift(id, { frozen: last + 1 });
  }
}
