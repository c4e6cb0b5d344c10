import type {
  StoredDelivery,
  StoredEvening,
  StoredShift,
} from "../../../src/skills/delivery/plan/stored-evening.ts";

/**
 * Judges stored rounds by driving them, in the plainest way and with arithmetic of its own: it shares no code with the plans
 * that make promises. Times are whole seconds, as travel times are defined: road by the crow's way, cut off, on top of the leg.
 */

const EARTH_M = 6_371_008.8;

interface At {
  readonly lat: number;
  readonly lon: number;
}

function seconds({ middle, travel }: StoredEvening, from: At, to: At): number {
  const radians = Math.PI / 180;
  const metre = (degrees: number) => EARTH_M * degrees * radians;
  const east = (at: At) => metre(at.lon - middle.lon) * Math.cos(middle.lat * radians);
  const north = (at: At) => metre(at.lat - middle.lat);
  const [dx, dy] = [east(to) - east(from), north(to) - north(from)];
  const perMetre = travel.circuityPercent / 100 / (travel.speedKmh / 3.6);
  return Math.floor(travel.leg_s + Math.sqrt(dx * dx + dy * dy) * perMetre);
}

/** @returns what is wrong with a round, or null */
export function faultOfRound(
  evening: StoredEvening,
  shift: StoredShift,
  deliveryOf: (id: number) => StoredDelivery | undefined,
): string | null {
  let now = shift.earliestAt;
  let where: At = shift.start;
  let load = 0;
  for (const id of shift.route) {
    const one = deliveryOf(id);
    if (!one) return `round ${shift.id} goes to ${id}, which was promised to nobody`;
    now = Math.max(now + 1_000 * seconds(evening, where, one.place), one.earliestAt);
    if (now > one.dueAt) return `${id} is reached ${(now - one.dueAt) / 1_000} s late`;
    if ((one.skills & ~shift.skills) !== 0) return `${id} needs what round ${shift.id} may not carry`;
    now += 1_000 * Math.round((one.service_s * evening.servicePercent) / 100);
    load += one.demand;
    where = one.place;
  }
  if (load > shift.capacity) return `round ${shift.id} carries ${load} of ${shift.capacity}`;
  const back = now + 1_000 * seconds(evening, where, shift.end);
  return back > shift.latestAt ? `round ${shift.id} is back ${(back - shift.latestAt) / 1_000} s late` : null;
}

/** @param promised everybody who holds or has booked something on this evening. @returns every fault */
export function faultsOfEvening(evening: StoredEvening, promised: readonly number[]): string[] {
  const known = new Map(evening.deliveries.map((one) => [one.id, one]));
  const visits = new Map<number, number>();
  for (const id of evening.shifts.flatMap(({ route }) => route)) visits.set(id, (visits.get(id) ?? 0) + 1);
  const missing = promised.filter((id) => visits.get(id) !== 1);
  const rounds = evening.shifts.flatMap((shift) => faultOfRound(evening, shift, (id) => known.get(id)) ?? []);
  return [...missing.map((id) => `${id} is promised and visited ${visits.get(id) ?? 0} times`), ...rounds];
}
