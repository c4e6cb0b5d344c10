/** Rules of backups: names, ages, what is due. No I/O. */

const NAME = /^augenhoehe-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.ahb$/;
export const PART = ".part";
const DAY_MS = 86_400_000;

/** e.g. augenhoehe-20261122T013000Z.ahb; the order of names is the order of time. */
export function backupName(atMs: number): string {
  return `augenhoehe-${new Date(atMs).toISOString().replace(/[-:]/g, "").replace(/\.\d+/, "")}.ahb`;
}

/** @returns ms, or null when the name is none of ours */
export function nameTime(name: string): number | null {
  const found = NAME.exec(name);
  if (!found) return null;
  const [year = 0, month = 1, ...rest] = found.slice(1).map(Number);
  return Date.UTC(year, month - 1, ...(rest as [number, number, number, number]));
}

/** The backups beyond the newest `keep`: these may go. Names of others are never touched. */
export function surplus(names: readonly string[], keep: number): string[] {
  const ours = names.filter((name) => nameTime(name) !== null).sort();
  return ours.slice(0, Math.max(0, ours.length - Math.max(1, keep)));
}

export function newest(names: readonly string[]): string | null {
  return (
    names
      .filter((name) => nameTime(name) !== null)
      .sort()
      .at(-1) ?? null
  );
}

/**
 * The latest planned moment that is not in the future.
 * @param at "HH:MM" on the machine's clock
 */
export function lastPlanned(at: string, now: Date): Date {
  const [hours = 0, minutes = 0] = at.split(":").map(Number);
  const planned = new Date(now);
  planned.setHours(hours, minutes, 0, 0);
  if (planned > now) planned.setDate(planned.getDate() - 1);
  return planned;
}

/** After a failure the next try waits this long, so that a full disk is not hammered. */
const RETRY_MS = 3_600_000;

/**
 * Is a nightly backup due? Also in the morning, when the machine was off at night.
 * @param last begin of the last good and the last failed run, ms
 */
export function isBackupDue(
  at: string,
  now: Date,
  last: { goodAt: number | null; failedAt: number | null },
): boolean {
  if (last.goodAt !== null && last.goodAt >= lastPlanned(at, now).getTime()) return false;
  return last.failedAt === null || now.getTime() - last.failedAt >= RETRY_MS;
}

const DRILL_DAYS = 7;

export function isDrillDue(now: Date, lastAt: number | null): boolean {
  return lastAt === null || now.getTime() - lastAt >= DRILL_DAYS * DAY_MS;
}

const SMALL_MAX = 2_147_483_647n;

/** Ids that were given after the backup are known outside (mails, links): none is given a second time to somebody else. */
export function nextAfterRestore(lastValue: bigint, max: bigint): bigint {
  const room = max - lastValue;
  // Numbers of companies and channels are few and are typed by people.
  const least = max <= SMALL_MAX ? 100n : 100_000n;
  const gap = lastValue / 10n + least;
  return lastValue + (gap < room / 2n ? gap : room / 2n);
}

const FEWEST_LEFT_OUT = 100;
/** Of the pace at which numbers were given before: a busy week after a quiet year. */
const PACE_FACTOR = 2;

/**
 * The last document's number that a restore leaves out: a hundred at least, twice as many as the pace before the backup
 * would have given since, and up to a full hundred, so that everybody sees where the gap ends.
 * @param last the last number given of this year, 0 for none
 * @param since.known the newest year with numbers and the last of them; times in ms
 */
export function leftOutAfterRestore(
  last: number,
  since: { known: { year: number; last: number }; takenAt: number; now: number },
): number {
  const { known, takenAt, now } = since;
  const end = Math.min(takenAt, Date.UTC(known.year + 1, 0));
  const daysKnown = Math.max(1, (end - Date.UTC(known.year, 0)) / DAY_MS);
  const daysSince = Math.max(0, now - takenAt) / DAY_MS;
  const likely = Math.ceil((known.last / daysKnown) * daysSince * PACE_FACTOR);
  return Math.ceil((last + Math.max(FEWEST_LEFT_OUT, likely)) / FEWEST_LEFT_OUT) * FEWEST_LEFT_OUT;
}

/** From UTC-12 to UTC+14 it may be another day. */
const ZONES_MS = 14 * 3_600_000;

/** Which year it is somewhere in the world: one, or two around New Year. */
export function yearsAround(now: number): number[] {
  const years = [now - ZONES_MS, now + ZONES_MS].map((ms) => new Date(ms).getUTCFullYear());
  return [...new Set(years)];
}
