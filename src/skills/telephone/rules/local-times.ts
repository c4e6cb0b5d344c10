/** Wall-clock times of a list, as moments. */

const HOUR_MS = 3_600_000;
const formats = new Map<string, Intl.DateTimeFormat>();

export interface WrittenTime {
  /** YYYY-MM-DD */
  readonly day: string;
  /** Minutes since midnight. */
  readonly minutes: number;
  readonly seconds: number;
}

/** "24.11.26 14:30", "24.11.2026 14:30:05", "2026-11-24 14:30", "2026-11-24T14:30:05". @returns null for no time */
export function readWrittenTime(written: string): WrittenTime | null {
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{2}|\d{4})[\s,T]+(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(
    written.trim(),
  );
  const iso = /^(\d{4})-(\d{2})-(\d{2})[\sT]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?$/.exec(
    written.trim(),
  );
  const [y, m, d, ...clock] = german
    ? [german[3]?.padStart(4, "20"), german[2], german[1], german[4], german[5], german[6]]
    : iso
      ? iso.slice(1)
      : [];
  if (y === undefined) return null;
  // A device without a clock writes 1970, a spreadsheet's nothing is 1899: no call was then.
  if (Number(y) < 2000 || Number(y) >= 2070) return null;
  const day = `${y}-${m?.padStart(2, "0")}-${d?.padStart(2, "0")}`;
  const [hours, minutes, seconds] = clock.map((part) => Number(part ?? 0));
  const at = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(day)) return null;
  if ((hours ?? 24) > 23 || (minutes ?? 60) > 59 || (seconds ?? 0) > 59) return null;
  return { day, minutes: (hours ?? 0) * 60 + (minutes ?? 0), seconds: seconds ?? 0 };
}

/**
 * The moments of times in the order in which they happened. Where the clock goes back, an hour is written twice: the
 * time that seems to lie before the one before it belongs to the second.
 * @param instantOf the moment when a wall clock shows this; of two moments the first
 */
export function momentsOf(
  times: readonly WrittenTime[],
  timeZone: string,
  instantOf: (timeZone: string, day: string, minutes: number) => number,
): number[] {
  let before = Number.NEGATIVE_INFINITY;
  return times.map(({ day, minutes, seconds }) => {
    const first = instantOf(timeZone, day, minutes) + seconds * 1_000;
    const again = first + HOUR_MS;
    const at = first < before && shows(timeZone, again, minutes) ? again : first;
    before = Math.max(before, at);
    return at;
  });
}

/** Does the wall clock show this minute of the day at that moment? */
function shows(timeZone: string, ms: number, minutes: number): boolean {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
    formats.set(timeZone, format);
  }
  const [hour = 0, minute = 0] = format.format(ms).split(":").map(Number);
  return hour * 60 + minute === minutes;
}
