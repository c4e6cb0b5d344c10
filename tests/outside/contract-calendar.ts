/**
 * When a contract can be cancelled, reckoned a second time for tests: day by day on a calendar of plain numbers. It shares
 * no code and no method with src/skills/advocate/rules: no Date, no day numbers, nothing solved backwards.
 */

/** Year, month 1-12, day of the month. */
type Civil = readonly [year: number, month: number, day: number];

export interface PlainContract {
  start: string;
  minimumMonths: number;
  noticePeriod: string;
  /** "" = ends by itself, "indefinite", or months */
  renewalMonths: string;
  postTermNotice: string;
}

export interface PlainAnswer {
  termEnd: string;
  lastDay: string | null;
  warnings: string[];
}

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function monthLength(year: number, month: number): number {
  const isLeap = year % 400 === 0 || (year % 4 === 0 && year % 100 !== 0);
  return month === 2 && isLeap ? 29 : (LENGTHS[month - 1] as number);
}

function tomorrow([year, month, day]: Civil): Civil {
  if (day < monthLength(year, month)) return [year, month, day + 1];
  return month === 12 ? [year + 1, 1, 1] : [year, month + 1, 1];
}

function yesterday([year, month, day]: Civil): Civil {
  if (day > 1) return [year, month, day - 1];
  return month === 1 ? [year - 1, 12, 31] : [year, month - 1, monthLength(year, month - 1)];
}

function civil(iso: string): Civil {
  return iso.split("-").map(Number) as unknown as Civil;
}

function text([year, month, day]: Civil): string {
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

const isAfter = ([y, m, d]: Civil, [year, month, day]: Civil): boolean =>
  y !== year ? y > year : m !== month ? m > month : d > day;

/** One month after the other, so that the number of the first day is kept. */
function monthsLater([year, month, day]: Civil, months: number): Civil {
  let [y, m] = [year, month];
  for (let n = 0; n < months; n++) {
    m += 1;
    if (m > 12) [y, m] = [y + 1, 1];
  }
  return [y, m, Math.min(day, monthLength(y, m))];
}

/** The day with which a notice that arrives on `day` takes effect, without regard to month ends. */
function periodEnd(day: Civil, period: string): Civil {
  const count = Number.parseInt(period, 10);
  const unit = period.charAt(String(count).length);
  if (unit === "M") return monthsLater(day, count);
  let end = day;
  for (let n = 0; n < (unit === "W" ? 7 * count : count); n++) end = tomorrow(end);
  return end;
}

/** Goes forward until the next day would begin a new month, or quarter. */
function allowedEnd(day: Civil, period: string): Civil {
  let end = day;
  if (period.endsWith("EOM")) while (tomorrow(end)[2] !== 1) end = tomorrow(end);
  if (period.endsWith("EOQ"))
    while (tomorrow(end)[2] !== 1 || ![1, 4, 7, 10].includes(tomorrow(end)[1])) end = tomorrow(end);
  return end;
}

function endOfTerm(contract: PlainContract, k: number): Civil {
  const months = contract.minimumMonths + k * (Number(contract.renewalMonths) || 0);
  return allowedEnd(yesterday(monthsLater(civil(contract.start), months)), contract.noticePeriod);
}

/** Tries every day before the end, the latest first. */
function latestNotice(end: Civil, period: string): Civil {
  let day = end;
  while (isAfter(periodEnd(day, period), end)) day = yesterday(day);
  return day;
}

export function reckon(contract: PlainContract, todayIso: string, state: string): PlainAnswer {
  const today = civil(todayIso);
  const first = endOfTerm(contract, 0);
  if (contract.renewalMonths === "") return { termEnd: text(first), lastDay: null, warnings: [] };
  for (let k = 0; ; k++) {
    const end = endOfTerm(contract, k);
    const last = latestNotice(end, contract.noticePeriod);
    if (!isAfter(today, last))
      return { termEnd: text(end), lastDay: text(last), warnings: warningsBefore(last, today, state) };
    if (contract.renewalMonths === "indefinite") {
      const open = periodEnd(today, contract.postTermNotice);
      return { termEnd: text(isAfter(open, first) ? open : first), lastDay: todayIso, warnings: [] };
    }
  }
}

function warningsBefore(last: Civil, today: Civil, state: string): string[] {
  const found: string[] = [];
  let passed = 0;
  for (let day = yesterday(last); passed < 30; day = yesterday(day)) {
    if (!isWorking(day, state)) continue;
    passed += 1;
    if ((passed === 1 || passed === 7 || passed === 30) && !isAfter(today, day)) found.unshift(text(day));
  }
  return found;
}

/** Zeller's congruence: 0 = Saturday, 1 = Sunday … 6 = Friday. */
function zeller([year, month, day]: Civil): number {
  const [m, y] = month < 3 ? [month + 12, year - 1] : [month, year];
  return (
    (day +
      Math.floor((13 * (m + 1)) / 5) +
      y +
      Math.floor(y / 4) -
      Math.floor(y / 100) +
      Math.floor(y / 400)) %
    7
  );
}

/** Gauss's Easter rule with his two exceptions. */
function easter(year: number): Civil {
  const century = Math.floor(year / 100);
  const p = Math.floor((13 + 8 * century) / 25);
  const m = (15 - p + century - Math.floor(century / 4)) % 30;
  const n = (4 + century - Math.floor(century / 4)) % 7;
  const a = year % 19;
  const d = (19 * a + m) % 30;
  const e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + n) % 7;
  let march = 22 + d + e;
  if (march === 57) march = 50;
  if (march === 56 && d === 28 && a > 10) march = 49;
  return march > 31 ? [year, 4, march - 31] : [year, 3, march];
}

function shifted(day: Civil, days: number): string {
  let at = day;
  for (let n = 0; n < Math.abs(days); n++) at = days > 0 ? tomorrow(at) : yesterday(at);
  return text(at).slice(5);
}

/** Holidays by law in four states, from 2019 on: "MM-DD". Each family of holidays occurs in one of them. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  "DE-HH": ["10-31"],
  "DE-NW": ["11-01"],
  "DE-BY": ["01-06", "11-01"],
  "DE-SN": ["10-31"],
};

const holidaysKnown = new Map<string, ReadonlySet<string>>();

function holidaysOf(year: number, state: string): ReadonlySet<string> {
  const key = `${state} ${year}`;
  const known = holidaysKnown.get(key);
  if (known) return known;
  const sunday = easter(year);
  const days = new Set(["01-01", "05-01", "10-03", "12-25", "12-26", ...(OWN[state] ?? [])]);
  for (const offset of [-2, 1, 39, 50]) days.add(shifted(sunday, offset));
  if (state === "DE-NW" || state === "DE-BY") days.add(shifted(sunday, 60));
  if (state === "DE-SN") {
    let wednesday: Civil = [year, 11, 22];
    while (zeller(wednesday) !== 4) wednesday = yesterday(wednesday);
    days.add(text(wednesday).slice(5));
  }
  holidaysKnown.set(key, days);
  return days;
}

function isWorking(day: Civil, state: string): boolean {
  return zeller(day) > 1 && !holidaysOf(day[0], state).has(text(day).slice(5));
}
