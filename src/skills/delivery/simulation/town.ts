import { createTenant, defaultSettings, instantOf, type Kernel } from "#kernel";
import { type CityInput, cityInput } from "../api/cities.ts";
import { CITY, CITY_WINDOWS, HOLD_S, type Place, shiftsOf } from "../engine/index.ts";
import { fromGrid } from "../plan/grid.ts";
import { planEvening } from "../plan/plan-rounds.ts";
import type { Coordinates } from "../plan/promises.ts";
import type { Room } from "../plan/room.ts";
import { insertCity } from "../store/cities.ts";
import { insertCourier } from "../store/couriers.ts";
import { addMailChannel, readShiftIds } from "../store/simulated.ts";
import { inTenant } from "../store/tx.ts";

/** The engine's city as a company has it: depots, windows, couriers, and a mailbox to write to customers from. */

const TIME_ZONE = "Europe/Berlin";
const MIDDLE: Coordinates = { lat: 53.55, lon: 9.99 };
/** Evenings begin at five in the afternoon. */
const FIRST_MINUTE = 17 * 60;
const HOUR_S = 3_600;
const MINUTE_S = 60;
/** The least that the product lets a leg take on top of its way; the engine's city has none. */
const LEG_S = 1;
const RADIUS_M = 12_000;
const CUTOFF_MINUTES = 60;
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const DAY_MS = 86_400_000;
/** Far from the nights in which clocks change, for the evenings of some weeks. */
const FIRST_DAY = Date.parse("2030-01-07");

export interface Town {
  readonly tenantId: number;
  readonly cityId: number;
  readonly courierIds: readonly number[];
  readonly depotIds: readonly number[];
}

export interface PlannedEvening {
  readonly id: number;
  /** ms; the engine's city counts its seconds from here. */
  readonly beginsAt: number;
  readonly shifts: readonly PlannedRound[];
}

export interface PlannedRound {
  /** The courier's number, from 0. */
  readonly courier: number;
  readonly courierId: number;
  readonly shiftId: number;
  readonly earliestAt: number;
}

/** Where a place of the engine's city is on earth. */
export function coordinatesOf({ x, y }: Place): Coordinates {
  return fromGrid(MIDDLE, { x: x - CITY.widthMetres / 2, y: y - CITY.heightMetres / 2 });
}

export const dayOf = (evening: number): string =>
  new Date(FIRST_DAY + evening * DAY_MS).toISOString().slice(0, 10);

/** A moment of an evening's day by the city's clock, ms. */
export const momentOf = (evening: number, minutes: number): number =>
  instantOf(TIME_ZONE, dayOf(evening), minutes);

/** @param buffer_s before the first evening; later ones learn it */
export async function foundTown(
  kernel: Kernel,
  { couriers, buffer_s }: { readonly couriers: number; readonly buffer_s: number },
): Promise<Town> {
  const now = kernel.clock.now();
  const settings = defaultSettings({ timeZone: TIME_ZONE, language: "de" });
  const { id: tenantId } = await kernel.db.registry((tx) =>
    createTenant(tx, { name: "Simulierter Lieferdienst", settings }, now),
  );
  await inTenant(kernel, tenantId, (tx) => addMailChannel(tx, tenantId, now));
  await kernel.registry.reload();
  return inTenant(kernel, tenantId, async (tx) => {
    const city = await insertCity(tx, tenantId, cityWith(buffer_s), now);
    const courierIds: number[] = [];
    for (let n = 0; n < couriers; n++) {
      const given = {
        name: `Courier ${n + 1}`,
        phone: "",
        vehicle: "car" as const,
        capacity: 40,
        skills: [],
      };
      courierIds.push((await insertCourier(tx, tenantId, { ...given, contactId: null }, now)).id);
    }
    return { tenantId, cityId: city.id, courierIds, depotIds: city.depots.map(({ id }) => id) };
  });
}

/** What the engine's city says nothing of is as an owner finds it. */
function cityWith(buffer_s: number): CityInput {
  return cityInput.parse({
    name: "Messstadt",
    timeZone: TIME_ZONE,
    middle: MIDDLE,
    radiusMetres: RADIUS_M,
    circuityPercent: Math.round(100 * CITY.circuity),
    speedKmh: CITY.kilometresAnHour,
    legSeconds: LEG_S,
    bufferSeconds: buffer_s,
    holdSeconds: HOLD_S,
    serviceSeconds: CITY.serviceSeconds,
    depots: shiftsOf(CITY.depots).map(({ start }, n) => ({
      name: `Depot ${n + 1}`,
      place: coordinatesOf(start),
    })),
    windows: CITY_WINDOWS.map(({ earliest, latest }) => ({
      weekdays: EVERY_DAY,
      fromMinute: FIRST_MINUTE + earliest / MINUTE_S,
      toMinute: FIRST_MINUTE + latest / MINUTE_S,
      cutoffMinutes: CUTOFF_MINUTES,
      priceMinor: 500,
    })),
  });
}

/** Plans the rounds of an evening, as the engine's city has them. */
export async function planDay(
  kernel: Kernel,
  { book }: Room,
  { tenantId, cityId, courierIds, depotIds }: Town,
  evening: number,
): Promise<PlannedEvening> {
  const beginsAt = momentOf(evening, FIRST_MINUTE);
  const iso = (seconds: number) => new Date(beginsAt + 1_000 * seconds).toISOString();
  const planned = shiftsOf(courierIds.length);
  const shifts = planned.map(({ earliest, latest, capacity }, n) => ({
    courierId: courierIds[n] ?? null,
    startDepotId: depotIds[n % depotIds.length] ?? 0,
    earliestAt: iso(earliest),
    latestAt: iso(latest),
    capacity,
  }));
  const date = dayOf(evening);
  const id = await planEvening({ house: kernel, book }, tenantId, { cityId, date, shifts });
  const ids = await inTenant(kernel, tenantId, (tx) => readShiftIds(tx, tenantId, id));
  return {
    id,
    beginsAt,
    shifts: planned.map(({ earliest }, n) => ({
      courier: n,
      courierId: courierIds[n] ?? 0,
      shiftId: ids.get(courierIds[n] ?? 0) ?? 0,
      earliestAt: beginsAt + 1_000 * earliest,
    })),
  };
}

/** The windows of an evening as its customers choose among them. */
export const windowsOn = ({ id, beginsAt }: PlannedEvening) =>
  CITY_WINDOWS.map(({ earliest, latest }) => ({
    eveningId: id,
    earliestAt: beginsAt + 1_000 * earliest,
    latestAt: beginsAt + 1_000 * latest,
  }));

/** From when on customers write for an evening; the one before is over by then. */
export const writingBegins = (evening: number): number => momentOf(evening, 2 * (HOUR_S / MINUTE_S));
