import { AppError } from "#kernel";
import type { ShiftInput } from "../api/evenings.ts";
import { stepsOn } from "../rules/hourly-speeds.ts";
import { PLANNED_DAYS, WATCHED_AHEAD_MS } from "../rules/limits.ts";
import { type PlannedShift, shiftFault } from "../rules/shift-faults.ts";
import { bitsOf } from "../rules/skill-bits.ts";
import { dayAfter } from "../rules/windows.ts";
import { readCity } from "../store/cities.ts";
import { listCouriers, lockCouriers } from "../store/couriers.ts";
import {
  acceptAnew,
  insertEvening,
  insertShift,
  isOthers,
  listCourierRounds,
  type NewShift,
  updateShift,
} from "../store/evenings.ts";
import { appendOwn } from "../store/happened.ts";
import { lockEvening, readStoredEvening, writeRounds } from "../store/plan-rows.ts";
import { improveSoon, watchEvening } from "../store/timers.ts";
import { type DeliveryTx, inTenant, tell } from "../store/tx.ts";
import { CityState } from "./city-state.ts";
import { LivePlan } from "./live-plan.ts";
import { planZero } from "./stored-evening.ts";
import type { Within } from "./with-delivery.ts";
import { refuseByLaw } from "./work-law.ts";

/** Evenings and rounds as their owner plans them: no change breaks a promise that stands. */

const DEFAULT_CAPACITY = 40;

export interface NewEvening {
  readonly cityId: number;
  readonly date: string;
  readonly shifts: readonly ShiftInput[];
}

/** @returns its id. @throws AppError rule_broken, conflict, not_found */
export async function planEvening(
  { house, book }: Within,
  tenantId: number,
  { cityId, date, shifts }: NewEvening,
): Promise<number> {
  const now = house.clock.now();
  const id = await inTenant(house, tenantId, async (tx) => {
    const city = new CityState(await readCity(tx, tenantId, cityId));
    if (!city.city.active)
      throw new AppError("rule_broken", "This city is not active; make it active first.");
    const last = dayAfter(city.today(now), PLANNED_DAYS);
    if (date < city.today(now) || date > last)
      throw new AppError(
        "rule_broken",
        `${date} cannot be planned; days from ${city.today(now)} to ${last} can.`,
      );
    const { timeZone, hourlySpeeds = [] } = city.city;
    const hours = stepsOn(hourlySpeeds, { serviceDate: date, timeZone, zero: planZero(date) });
    const eveningId = await insertEvening(tx, tenantId, { cityId, date, hours, now });
    await lockCouriers(tx, tenantId, couriersOf(shifts));
    for (const shift of shifts) {
      const ready = await readyShift(tx, { tenantId, city, date, now }, shift);
      await insertShift(tx, { tenantId, eveningId }, ready);
    }
    await watchEvening(tx, { tenantId, eveningId, aheadMs: WATCHED_AHEAD_MS });
    await tell(tx, tenantId, { evenings: [eveningId] }, now);
    return eveningId;
  });
  await book.changedEvening(tenantId, { cityId, id });
  return id;
}

const couriersOf = (shifts: readonly ShiftInput[]): readonly number[] =>
  shifts.flatMap(({ courierId }) => (courierId === null ? [] : [courierId]));

interface Around {
  readonly tenantId: number;
  readonly city: CityState;
  readonly date: string;
  readonly now: number;
  /** The round that is changed is no other one. */
  readonly but?: number;
}

/** With what the courier brings along filled in. @param tx holds the courier's row. @throws AppError rule_broken with what would work */
async function readyShift(
  tx: DeliveryTx,
  { tenantId, city, date, now, but }: Around,
  given: ShiftInput,
): Promise<NewShift> {
  const couriers = await listCouriers(tx, tenantId);
  const courier = couriers.find(({ id }) => id === given.courierId);
  const shift: PlannedShift = {
    courierId: given.courierId,
    startDepotId: given.startDepotId,
    endDepotId: given.endDepotId ?? given.startDepotId,
    earliestAt: Date.parse(given.earliestAt),
    latestAt: Date.parse(given.latestAt),
  };
  const rounds = courier ? await listCourierRounds(tx, tenantId, courier.id) : [];
  const fault = shiftFault(shift, {
    now,
    date,
    midnight: city.midnight(date),
    depots: city.city.depots.map(({ id }) => id),
    couriers: couriers.map(({ id }) => id),
    others: rounds.filter(({ id }) => id !== but),
  });
  if (fault) throw new AppError("rule_broken", fault);
  if (courier)
    await refuseByLaw(
      tx,
      { tenantId, courierId: courier.id, timeZone: city.city.timeZone },
      shift,
      rounds.filter(({ id }) => id !== but),
    );
  return {
    ...shift,
    capacity: given.capacity ?? courier?.capacity ?? DEFAULT_CAPACITY,
    skills: bitsOf(given.skills ?? courier?.skills ?? []),
  };
}

/** @throws AppError not_found, rule_broken */
export async function addRound(
  within: Within,
  place: { readonly tenantId: number; readonly eveningId: number },
  shift: ShiftInput,
): Promise<void> {
  await changeRounds(within, place, async (tx, around) => {
    await lockCouriers(tx, place.tenantId, couriersOf([shift]));
    await insertShift(tx, place, await readyShift(tx, around, shift));
  });
}

/** @throws AppError not_found, rule_broken: promises of this round would be broken */
export async function changeRound(
  within: Within,
  place: { readonly tenantId: number; readonly eveningId: number; readonly id: number },
  shift: ShiftInput,
): Promise<void> {
  await changeRounds(within, place, async (tx, around) => {
    await lockCouriers(tx, place.tenantId, couriersOf([shift]));
    const { now } = around;
    if (await isOthers(tx, place, shift.courierId)) {
      // Who accepted it does not speak for who drives it now.
      await appendOwn(tx, { ...place, now }, [{ kind: "declined", by: "dispatcher", shiftId: place.id }]);
      await acceptAnew(tx, place);
    }
    await updateShift(tx, place, await readyShift(tx, { ...around, but: place.id }, shift));
    const stored = await readStoredEvening(tx, place.tenantId, place.eveningId);
    // Once the evening runs, late rounds of others are no reason to leave this one without a courier.
    if (stored.state === "running" || LivePlan.of(stored)) return;
    const route = stored.shifts.find(({ id }) => id === place.id)?.route ?? [];
    throw new AppError(
      "rule_broken",
      `This round has promised ${route.length === 1 ? "a delivery" : `${route.length} deliveries`} and could not keep everything so; let it drop out, and others take over what they can.`,
    );
  });
}

/** Under the evening's lock, counted as a version of its plan; that one evening is read anew by everybody. */
async function changeRounds(
  { house, book }: Within,
  { tenantId, eveningId }: { readonly tenantId: number; readonly eveningId: number },
  work: (tx: DeliveryTx, around: Around) => Promise<void>,
): Promise<void> {
  const now = house.clock.now();
  const cityId = await inTenant(house, tenantId, async (tx) => {
    const row = await lockEvening(tx, { tenantId, id: eveningId });
    if (row.state === "over") throw new AppError("rule_broken", "This evening is over.");
    const city = new CityState(await readCity(tx, tenantId, row.cityId));
    await work(tx, { tenantId, city, date: row.serviceDate, now });
    await writeRounds(tx, { tenantId, id: eveningId, version: row.version }, []);
    await improveSoon(tx, { tenantId, eveningId, now });
    await watchEvening(tx, { tenantId, eveningId, aheadMs: WATCHED_AHEAD_MS });
    await tell(tx, tenantId, { evenings: [eveningId] }, now);
    return row.cityId;
  });
  await book.changedEvening(tenantId, { cityId, id: eveningId });
}
