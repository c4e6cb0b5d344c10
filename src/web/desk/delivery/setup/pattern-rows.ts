import type { WeeklyShift } from "../../../../skills/delivery/api.ts";
import { clockOf, minuteOf, nextKey } from "./city-draft.ts";
import { weekdays as allDays } from "./weekday-choice.tsx";

/** The usual week as it is typed, and back. */

/** A row is one courier at the same hours on several days. */
export interface WeekRow {
  key: number;
  weekdays: number[];
  courierId: number | null;
  depotId: number;
  /** null = where it begins. */
  endDepotId: number | null;
  from: string;
  to: string;
}

/** Shifts that differ by their weekday only are one row. */
export function rowsOf(shifts: readonly WeeklyShift[]): WeekRow[] {
  const rows = new Map<string, WeekRow>();
  for (const { weekday, courierId, startDepotId, endDepotId, fromMinute, toMinute } of shifts) {
    const end = endDepotId === undefined || endDepotId === startDepotId ? null : endDepotId;
    const same = `${courierId} ${startDepotId} ${end} ${fromMinute} ${toMinute}`;
    const known = rows.get(same);
    if (known && !known.weekdays.includes(weekday)) known.weekdays.push(weekday);
    else
      rows.set(known ? `${same} ${nextKey()}` : same, {
        key: nextKey(),
        weekdays: [weekday],
        courierId,
        depotId: startDepotId,
        endDepotId: end,
        from: clockOf(fromMinute),
        to: clockOf(toMinute),
      });
  }
  return [...rows.values()];
}

export const isRight = ({ weekdays, from, to }: WeekRow): boolean =>
  weekdays.length > 0 && minuteOf(from) !== null && minuteOf(to) !== null;

export function shiftsOf({ weekdays, courierId, depotId, endDepotId, from, to }: WeekRow) {
  const fromMinute = minuteOf(from) ?? 0;
  const end = minuteOf(to) ?? 0;
  const toMinute = end + (end <= fromMinute ? 1_440 : 0);
  return allDays
    .filter((weekday) => weekdays.includes(weekday))
    .map((weekday) => ({
      weekday,
      courierId,
      startDepotId: depotId,
      ...(endDepotId !== null && { endDepotId }),
      fromMinute,
      toMinute,
    }));
}
