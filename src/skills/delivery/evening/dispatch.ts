import { AppError, type House } from "#kernel";
import type { TriedReply, WhatIf } from "../api/running.ts";
import { dropRound } from "../plan/drop-round.ts";
import type { StoredEvening } from "../plan/stored-evening.ts";
import type { Within } from "../plan/with-delivery.ts";
import { lockEvening, readStoredEvening } from "../store/plan-rows.ts";
import { readRunningEvening } from "../store/running-rows.ts";
import { namesIn } from "../store/running-shown.ts";
import { type DeliveryTx, inTenant } from "../store/tx.ts";
import { beginEvening } from "./begin-and-end.ts";
import { applyChange, type Change, type Refusal } from "./change.ts";
import { Draft } from "./draft.ts";
import { runningOf } from "./running.ts";
import { beginOf, settle } from "./settle.ts";
import type { EveningPlace } from "./tick.ts";
import { isPossible, tryOut } from "./what-if.ts";

/** What a dispatcher tries and does. */

/** @throws AppError not_found */
export async function tryChangeIn(
  house: House,
  { tenantId, eveningId }: EveningPlace,
  whatIf: WhatIf,
): Promise<TriedReply> {
  const now = house.clock.now();
  const tenant = await house.profile(tenantId);
  return inTenant(house, tenantId, async (tx) => {
    const { state } = await lockEvening(tx, { tenantId, id: eveningId }, "share");
    const evening = await readRunningEvening(tx, tenantId, eveningId);
    const stored = state === "planned" ? await readStoredEvening(tx, tenantId, eveningId) : null;
    const { names } = await namesIn(house, tx, tenantId, eveningId);
    return tryOut(
      {
        running: runningOf(evening, now),
        stored,
        nameOf: ({ id, senderRef }) => names.get(id) || senderRef || String(id),
        reader: { tenant, language: tenant.language, timeZone: evening.timeZone },
      },
      whatIf,
    );
  });
}

const WORDS: Readonly<Record<Refusal, string>> = {
  unknown: "This stop or round is not there any more.",
  frozen: "This stop is the next one, or its customer was told a half-hour; it stays where it is.",
  in_bag: "The parcel is in another courier's bag; it stays with its courier unless the courier drops out.",
  capacity: "The other courier has no room for it.",
  skills: "The other courier may not carry it.",
  over: "This evening is over.",
};

export interface Changing {
  readonly change: WhatIf;
  readonly version: number;
  /** Customers whom it reaches are told at once; otherwise what is due goes out with the next minute. */
  readonly tells: boolean;
}

/**
 * Does it. On an evening that has not begun every promise stays inside the plan.
 * @throws AppError not_found; conflict when the rounds moved since it was tried; rule_broken with the reason
 */
export async function makeChangeIn(
  within: Within,
  place: EveningPlace,
  { change, version, tells }: Changing,
): Promise<void> {
  if (change.kind === "parcels") throw new AppError("rule_broken", "This can be asked, not done.");
  const { house, book } = within;
  const { tenantId, eveningId } = place;
  const now = house.clock.now();
  const done = await inTenant(house, tenantId, async (tx) => {
    const row = await lockEvening(tx, { tenantId, id: eveningId });
    if (row.version !== version)
      throw new AppError("conflict", "The rounds have moved since you tried this; look again, then do it.");
    const evening = await readRunningEvening(tx, tenantId, eveningId);
    const stored = row.state === "planned" ? await readStoredEvening(tx, tenantId, eveningId) : null;
    const draft = new Draft(evening);
    const hasBegun = now >= (beginOf(draft) ?? 0);
    if (stored && change.kind === "drop" && !hasBegun) return null;
    // Its minute may not have come yet.
    if (stored && hasBegun) beginEvening(draft, now);
    await changeIn(house, tx, { draft, stored: hasBegun ? null : stored, change, tells });
    return row;
  });
  if (done) await book.changedEvening(tenantId, { cityId: done.cityId, id: eveningId });
  else if (change.kind === "drop") await dropPlanned(within, place, change.shiftId);
}

interface ChangingIn {
  readonly draft: Draft;
  readonly stored: StoredEvening | null;
  readonly change: Change;
  readonly tells: boolean;
}

async function changeIn(
  house: House,
  tx: DeliveryTx,
  { draft, stored, change, tells }: ChangingIn,
): Promise<void> {
  const now = house.clock.now();
  const applied = applyChange(draft, runningOf(draft.evening, now), change);
  if (applied.refused !== null) throw new AppError("rule_broken", WORDS[applied.refused]);
  if (stored && change.kind !== "drop" && !isPossible(stored, draft))
    throw new AppError(
      "rule_broken",
      "A promise could not be kept so; as long as the evening has not begun every one stays inside its window.",
    );
  await settle(house, tx, draft, { now, replanned: new Set(), isQuiet: !tells });
}

/** As long as nobody has begun, others take over within the plan, or nothing changes. */
async function dropPlanned(within: Within, { tenantId, eveningId }: EveningPlace, id: number): Promise<void> {
  const { outcome, endangered } = await dropRound(within, { tenantId, eveningId, id });
  if (outcome === "dropped") return;
  throw new AppError(
    "rule_broken",
    `Others cannot take over ${endangered.length} of these promises in time; nothing was changed. Move or cancel them first, or find another courier for the round.`,
  );
}

/** @throws AppError not_found, rule_broken */
export async function freezeIn(
  house: House,
  { tenantId, eveningId }: EveningPlace,
  { shiftId, stops }: { readonly shiftId: number; readonly stops: number },
): Promise<void> {
  await inTenant(house, tenantId, async (tx) => {
    const row = await lockEvening(tx, { tenantId, id: eveningId });
    if (row.state === "over") throw new AppError("rule_broken", WORDS.over);
    const draft = new Draft(await readRunningEvening(tx, tenantId, eveningId));
    const shift = draft.before.shifts.find(({ id }) => id === shiftId);
    if (!shift || shift.state === "dropped")
      throw new AppError("not_found", "There is no such round in this evening.");
    draft.setShift(shiftId, { heldStops: stops });
    draft.note({ kind: "frozen", by: "dispatcher", shiftId, words: String(stops) });
    await settle(house, tx, draft, { now: house.clock.now(), replanned: new Set(), isQuiet: true });
  });
}
