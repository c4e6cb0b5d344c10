const formats = new Map<string, Intl.DateTimeFormat>();
let memo = { hour: -1, byZone: new Map<string, string>() };

/**
 * The calendar day of a moment in a zone. Offsets move by quarter hours, so the answer is kept per quarter
 * hour and zone: the pump asks for every message.
 * @returns YYYY-MM-DD
 */
export function localDate(ms: number, timeZone: string): string {
  const quarter = Math.floor(ms / 900_000);
  if (memo.hour !== quarter) memo = { hour: quarter, byZone: new Map() };
  const known = memo.byZone.get(timeZone);
  if (known) return known;
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", {
      timeZone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
    formats.set(timeZone, format);
  }
  const day = format.format(ms);
  memo.byZone.set(timeZone, day);
  return day;
}
