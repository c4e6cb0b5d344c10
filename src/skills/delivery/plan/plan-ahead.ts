import { AppError, instantOf } from "#kernel";
import { dayAfter, weekdayOf } from "../rules/windows.ts";
import type { LawRefusal } from "../rules/working-hours.ts";
import { readCity } from "../store/cities.ts";
import { listEveningHeads } from "../store/evenings.ts";
import { type PatternShift, readPattern } from "../store/patterns.ts";
import { inTenant } from "../store/tx.ts";
import { LawRefused } from "./law-refused.ts";
import { addRound, planEvening } from "./plan-rounds.ts";
import type { Within } from "./with-delivery.ts";

/** Evenings of coming days, from the week as it comes back. */

interface RefusedShift {
  readonly shift: PatternShift;
  /** Null where something else than the working hours act is in the way. */
  readonly law: LawRefusal | null;
  readonly words: string;
}

export interface PlannedDay {
  readonly date: string;
  readonly outcome: "planned" | "stands" | "nothing" | "refused";
  readonly eveningId: number | null;
  readonly shifts: number;
  readonly refused: readonly RefusedShift[];
}

interface Span {
  readonly cityId: number;
  /** YYYY-MM-DD */
  readonly from: string;
  readonly days: number;
}

/**
 * Plans every day that has none yet; may be repeated. A round that cannot be is left out and named, the others of its day are
 * planned all the same.
 * @throws AppError not_found: there is no such city
 */
export async function planAhead(within: Within, tenantId: number, span: Span): Promise<PlannedDay[]> {
  const { cityId, from, days } = span;
  const { city, pattern, known } = await inTenant(within.house, tenantId, async (tx) => ({
    city: await readCity(tx, tenantId, cityId),
    pattern: await readPattern(tx, { tenantId, cityId }),
    known: await listEveningHeads(tx, tenantId, { cityId, from, days }),
  }));
  const planned: PlannedDay[] = [];
  for (let n = 0; n < days; n++) {
    const date = dayAfter(from, n);
    const stands = known.find((one) => one.date === date);
    const shifts = pattern.filter(({ weekday }) => weekday === weekdayOf(date));
    if (stands)
      planned.push({ date, outcome: "stands", eveningId: stands.id, shifts: stands.shifts, refused: [] });
    else if (shifts.length === 0)
      planned.push({ date, outcome: "nothing", eveningId: null, shifts: 0, refused: [] });
    else planned.push(await planDay(within, tenantId, { cityId, date, timeZone: city.timeZone, shifts }));
  }
  return planned;
}

interface Day {
  readonly cityId: number;
  readonly date: string;
  readonly timeZone: string;
  readonly shifts: readonly PatternShift[];
}

/** The first round that can be makes the evening, the others are added to it. */
async function planDay(
  within: Within,
  tenantId: number,
  { cityId, date, timeZone, shifts }: Day,
): Promise<PlannedDay> {
  const refused: RefusedShift[] = [];
  let eveningId: number | null = null;
  for (const shift of shifts) {
    const at = (minute: number) => new Date(instantOf(timeZone, date, minute)).toISOString();
    const { courierId, startDepotId, endDepotId } = shift;
    const given = {
      courierId,
      startDepotId,
      endDepotId,
      earliestAt: at(shift.fromMinute),
      latestAt: at(shift.toMinute),
    };
    try {
      if (eveningId === null)
        eveningId = await planEvening(within, tenantId, { cityId, date, shifts: [given] });
      else await addRound(within, { tenantId, eveningId }, given);
    } catch (error) {
      if (!(error instanceof AppError && error.code === "rule_broken")) throw error;
      const law = error instanceof LawRefused ? error.refusal : null;
      refused.push({ shift, law, words: error.detail ?? error.text });
    }
  }
  const outcome = eveningId === null ? "refused" : "planned";
  return { date, outcome, eveningId, shifts: shifts.length - refused.length, refused };
}
