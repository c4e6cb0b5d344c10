import type { House } from "#kernel";
import { WATCHED_AHEAD_MS } from "../rules/limits.ts";
import { deliveryEnded } from "../store/after/ended.ts";
import { saveDraft } from "../store/running-writes.ts";
import type { DeliveryTx } from "../store/tx.ts";
import type { Draft } from "./draft.ts";
import { brokenIn, dueIn, newlyEnded, noteSaid } from "./due.ts";
import { freeze, replan } from "./replan.ts";
import { type Running, runningOf } from "./running.ts";
import { type Said, tellCustomers } from "./tell.ts";

/** What follows when something happened in an evening, or a minute passed: orders, messages, rows. */

export interface Settling {
  readonly now: number;
  /** Rounds where something happened that may call for another order. */
  readonly replanned: ReadonlySet<number>;
  /** Nobody is written to. */
  readonly isQuiet?: boolean;
}

/** @param tx holds the evening's lock. @returns how its rounds stand now */
export async function settle(
  house: House,
  tx: DeliveryTx,
  draft: Draft,
  { now, replanned, isQuiet = false }: Settling,
): Promise<Running> {
  const { tenantId, id: eveningId, timeZone } = draft.before;
  const { state } = draft.evening;
  let running = runningOf(draft.evening, now);
  if (state === "running" && replan(draft, running, replanned)) running = runningOf(draft.evening, now);
  if (!isQuiet) {
    // What a phone tells after the evening ended has the same consequences.
    const dues = [
      ...(isWatched(draft, now) ? brokenIn(running) : []),
      ...(isWatched(draft, now) && state !== "over" ? dueIn(running) : []),
    ];
    const said = await tellCustomers(house, tx, { tenantId, eveningId, timeZone, now }, dues);
    for (const one of said) keepSaid(draft, one, now);
    for (const { id: deliveryId } of newlyEnded(draft))
      await deliveryEnded(tx, { tenantId, deliveryId, now });
    if (said.some(({ ok, due }) => ok && due.told)) running = runningOf(draft.evening, now);
  }
  if (state !== "over") freeze(draft, running);
  await saveDraft(tx, draft, now);
  return running;
}

/** From a little before the first round. */
function isWatched(draft: Draft, now: number): boolean {
  if (draft.evening.state !== "planned") return true;
  const begins = beginOf(draft);
  return begins !== null && now >= begins - WATCHED_AHEAD_MS;
}

function keepSaid(draft: Draft, { due, ok, why, liveKey }: Said, now: number): void {
  noteSaid(draft, due, { ok, why }, now);
  if (ok && liveKey !== null) draft.setDelivery(due.delivery.id, { liveKey });
}

/** When the first round begins, ms; null without one. */
export function beginOf({ evening }: Pick<Draft, "evening">): number | null {
  const own = evening.shifts.filter(({ state }) => state !== "dropped").map(({ earliestAt }) => earliestAt);
  const begins = [...own, ...(evening.othersBeginAt === null ? [] : [evening.othersBeginAt])];
  return begins.length === 0 ? null : Math.min(...begins);
}
