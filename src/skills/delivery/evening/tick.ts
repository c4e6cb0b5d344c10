import { AppError, type House } from "#kernel";
import type { Within } from "../plan/with-delivery.ts";
import { DAY_MS, WATCHED_AHEAD_MS } from "../rules/limits.ts";
import { readCity } from "../store/cities.ts";
import { forgetPlaces } from "../store/happened.ts";
import { keepBuffers, keepDistances, keepPace, keepRunningPace } from "../store/learned.ts";
import { lockEvening } from "../store/plan-rows.ts";
import { readRunningEvening } from "../store/running-rows.ts";
import { tickAt } from "../store/timers.ts";
import { type DeliveryTx, inTenant } from "../store/tx.ts";
import { factorsOfEvening, keepZonePaces, readZonePaces } from "../store/zone-paces.ts";
import { nextZonePaces } from "../travel/zone-pace.ts";
import {
  beginEvening,
  distanceOf,
  endEvening,
  isOver,
  learnedBuffers,
  learnedPace,
  paceTonight,
} from "./begin-and-end.ts";
import { Draft } from "./draft.ts";
import { runningOf } from "./running.ts";
import { beginOf, settle } from "./settle.ts";
import { zoneLegs } from "./zone-legs.ts";

/** Messages are looked after every minute. */
const TICK_MS = 60_000;
/** Where a courier was is forgotten before it is a day old; looked after so often. */
const PLACES_MS = 300_000;

export interface EveningPlace {
  readonly tenantId: number;
  readonly eveningId: number;
}

/**
 * What a minute brings: the evening begins, half-hours and lateness are said, it ends. Everything comes from the rows, so it may
 * run late, twice, or in another process.
 * @throws AppError not_found
 */
export async function tick({ house, book }: Within, { tenantId, eveningId }: EveningPlace): Promise<void> {
  const now = house.clock.now();
  const turned = await inTenant(house, tenantId, async (tx) => {
    const { state, cityId } = await lockEvening(tx, { tenantId, id: eveningId });
    if (state === "over") {
      await forgetWhere(tx, { tenantId, eveningId }, now);
      return null;
    }
    const draft = new Draft(await readRunningEvening(tx, tenantId, eveningId));
    const begins = beginOf(draft);
    // Without a round there is nothing to begin; what all couriers have left behind is looked after to its end.
    if (begins === null && state === "planned") return null;
    if (begins !== null && now >= begins) beginEvening(draft, now);
    const ends = isOver(draft.evening, now);
    const running = await settle(house, tx, draft, { now, replanned: new Set() });
    if (draft.evening.state === "running")
      await keepRunningPace(tx, { tenantId, eveningId }, paceTonight(running));
    if (ends) await endIn(house, tx, { tenantId, eveningId });
    else
      await tickAt(tx, {
        tenantId,
        eveningId,
        at: Math.max(now + TICK_MS, (begins ?? 0) - WATCHED_AHEAD_MS),
      });
    const isCounted = draft.head !== null || (state === "planned" && draft.isCounted);
    return isCounted || ends ? { cityId, ends } : null;
  });
  if (!turned) return;
  // What it taught counts for the whole city.
  if (turned.ends) await book.changed(tenantId);
  else await book.changedEvening(tenantId, { cityId: turned.cityId, id: eveningId });
}

/** Ends an evening and keeps what it taught. @param tx holds its lock */
async function endIn(
  house: House,
  tx: DeliveryTx,
  { tenantId, eveningId }: EveningPlace,
  by: "automatic" | "dispatcher" = "automatic",
): Promise<void> {
  const now = house.clock.now();
  const evening = await readRunningEvening(tx, tenantId, eveningId);
  const running = runningOf(evening, now);
  const { cityId } = evening;
  const { zones } = await readCity(tx, tenantId, cityId);
  const place = { tenantId, cityId, now };
  await keepPace(tx, place, learnedPace(running));
  await keepBuffers(tx, place, learnedBuffers(evening, zones));
  const factors = await factorsOfEvening(tx, tenantId, eveningId);
  const legs = factors && zoneLegs(running, zones, factors);
  if (legs) await keepZonePaces(tx, place, nextZonePaces(legs, await readZonePaces(tx, place)));
  const rounds = evening.shifts.map((shift) => ({ id: shift.id, distance_m: distanceOf(evening, shift) }));
  await keepDistances(tx, tenantId, rounds);
  const draft = new Draft(evening);
  endEvening(draft, now, by);
  await settle(house, tx, draft, { now, replanned: new Set() });
  // It stands with what all evenings taught.
  await keepRunningPace(tx, { tenantId, eveningId }, []);
  await forgetWhere(tx, { tenantId, eveningId }, now);
}

/** Where its couriers were a day ago, and again when the next is as old. */
async function forgetWhere(tx: DeliveryTx, place: EveningPlace, now: number): Promise<void> {
  const oldest = await forgetPlaces(tx, place, now - DAY_MS + PLACES_MS);
  if (oldest !== null)
    await tickAt(tx, { ...place, at: Math.max(now + PLACES_MS, oldest + DAY_MS - PLACES_MS) });
}

/**
 * Begins or ends an evening by hand; what it is already, it stays.
 * @throws AppError not_found; rule_broken for one that is over
 */
export async function setEvening(
  { house, book }: Within,
  { tenantId, eveningId }: EveningPlace,
  state: "running" | "over",
): Promise<void> {
  const now = house.clock.now();
  const { cityId } = await inTenant(house, tenantId, async (tx) => {
    const row = await lockEvening(tx, { tenantId, id: eveningId });
    if (row.state === state) return row;
    if (row.state === "over")
      throw new AppError("rule_broken", "This evening is over; what it taught is kept already.");
    if (state === "over") {
      await endIn(house, tx, { tenantId, eveningId }, "dispatcher");
      return row;
    }
    const draft = new Draft(await readRunningEvening(tx, tenantId, eveningId));
    beginEvening(draft, now, "dispatcher");
    await settle(house, tx, draft, { now, replanned: new Set() });
    await tickAt(tx, { tenantId, eveningId, at: now + TICK_MS });
    return row;
  });
  if (state === "over") await book.changed(tenantId);
  else await book.changedEvening(tenantId, { cityId, id: eveningId });
}
