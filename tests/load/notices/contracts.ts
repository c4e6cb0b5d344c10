import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { type PlainContract, reckon } from "../../outside/contract-calendar.ts";
import type { Bench, Figure, Reading } from "../dialogue/figure.ts";
import { seeded } from "../machine/random.ts";
import { type AdvocateNode, openAdvocateNode } from "./advocate-node.ts";

/**
 * A hundred thousand customers with a contract each, warned through a year in which the node runs 20 days and is off for
 * 30, again and again. Every last day is compared with a second reckoning that shares no code with the first.
 */
export const contracts: Figure = {
  name: "contracts",
  title:
    "100,000 contracts: all warned >= 7 days before the last day, none after, also after 30 days of outage",
  goal: "0 missed, 0 wrong",
  measure: (bench) => measureContracts(bench, 100_000),
};

const STATE = "DE-HH";
const FIRST_DAY = "2027-01-04";
/** The first last day of each contract falls into this time. */
const DAYS = 420;
const ON_DAYS = 20;
const OFF_DAYS = 30;
const NEEDED_DAYS = 7;
const DAY_MS = 86_400_000;
const ROWS_AT_ONCE = 1_000;
const PERIODS = ["1M", "3M", "14D", "4W", "6W", "2M", "1M EOM", "3M EOQ", "6W EOM"];

/** @param count contracts; fewer for a quick look */
export async function measureContracts(bench: Bench, count: number): Promise<Reading> {
  const folder = await mkdtemp(join(tmpdir(), "ah-contracts-"));
  const node = await openAdvocateNode(folder, at(FIRST_DAY));
  try {
    const rows = makeContracts(count);
    bench.say(`Writing ${count} customers, grants and contracts.`);
    await node.seed(rows, ROWS_AT_ONCE);
    const days = onDays();
    const begun = performance.now();
    for (const [place, day] of days.entries()) {
      node.setTime(at(day));
      await node.round();
      if (place % ON_DAYS === 0) bench.say(`${day}: the node is on again.`);
    }
    const seconds = (performance.now() - begun) / 1000;
    return { ...(await judge(node, rows, new Set(days))), ...speed(seconds) };
  } finally {
    await node.close();
    await rm(folder, { recursive: true, force: true });
  }

  function speed(seconds: number): Pick<Reading, "notes"> {
    return {
      notes: [`${Math.round(seconds)} s for the rounds of a year and two months; sending is not part of it`],
    };
  }
}

/** 9 o'clock in Hamburg, in winter. */
const at = (day: string): number => Date.parse(`${day}T08:00:00Z`);
const isoOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const dayAfter = (day: string, days: number): string => isoOf(Date.parse(day) + days * DAY_MS);

function onDays(): string[] {
  const days: string[] = [];
  for (let n = 0; n < DAYS + OFF_DAYS; n++)
    if (n % (ON_DAYS + OFF_DAYS) < ON_DAYS) days.push(dayAfter(FIRST_DAY, n));
  return days;
}

function makeContracts(count: number): PlainContract[] {
  const random = seeded(7);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  return Array.from({ length: count }, () => {
    const minimumMonths = pick([6, 12, 12, 24, 24]);
    const start = new Date(Date.parse(FIRST_DAY) + Math.floor(random() * 365) * DAY_MS);
    start.setUTCMonth(start.getUTCMonth() - minimumMonths);
    return {
      start: start.toISOString().slice(0, 10),
      minimumMonths,
      noticePeriod: pick(PERIODS),
      renewalMonths: pick(["12", "12", "12", "24", "24", "6", "indefinite", "indefinite"]),
      postTermNotice: "1M",
    };
  });
}

interface Sent {
  reference: string;
  last_day: string;
  made_on: string;
  expires_on: string;
}

/** What went out against what had to. */
async function judge(
  node: AdvocateNode,
  rows: readonly PlainContract[],
  days: ReadonlySet<string>,
): Promise<Omit<Reading, "notes">> {
  const sent = new Map<string, Sent[]>();
  for (const one of await readSent(node)) sent.set(one.reference, [...(sent.get(one.reference) ?? []), one]);
  const counts = {
    contracts: rows.length,
    judged: 0,
    warnings: 0,
    missed: 0,
    after: 0,
    wrongDay: 0,
    wrongDate: 0,
  };
  for (const [n, row] of rows.entries()) {
    const expected = reckon(row, FIRST_DAY, STATE);
    const own = sent.get(`C${n}`) ?? [];
    counts.warnings += own.length;
    counts.after += own.filter((one) => one.made_on > one.last_day || one.expires_on !== one.last_day).length;
    for (const one of own) if (reckon(row, one.made_on, STATE).lastDay !== one.last_day) counts.wrongDay += 1;
    const lastDay = expected.lastDay ?? "";
    // An open-ended contract misses nothing; one whose last day is nearer than a week could not be warned in time.
    if (expected.warnings.length === 0 && lastDay === FIRST_DAY) continue;
    if (lastDay < dayAfter(FIRST_DAY, NEEDED_DAYS) || lastDay > dayAfter(FIRST_DAY, DAYS)) continue;
    counts.judged += 1;
    const made = own.filter((one) => one.last_day === lastDay).map((one) => one.made_on);
    if (!made.some((day) => day <= dayAfter(lastDay, -NEEDED_DAYS))) counts.missed += 1;
    // On a day on which the node was on, the warning of that day went out on it.
    counts.wrongDate += expected.warnings.filter((day) => days.has(day) && !made.includes(day)).length;
  }
  const wrong = counts.after + counts.wrongDay + counts.wrongDate;
  return {
    measured: `${counts.missed} missed, ${wrong} wrong of ${counts.judged} contracts with ${counts.warnings} warnings`,
    meets: counts.missed === 0 && wrong === 0 && counts.judged > rows.length / 2,
    values: counts,
  };
}

async function readSent(node: AdvocateNode): Promise<Sent[]> {
  const { rows } = await node.read(sql<Sent>`
    select f.reference, w.last_day, to_char(w.made_at at time zone 'Europe/Berlin', 'YYYY-MM-DD') as made_on,
      to_char((o.expires_at - interval '1 minute') at time zone 'Europe/Berlin', 'YYYY-MM-DD') as expires_on
    from advocate.warning w join advocate.fact f on f.tenant_id = w.tenant_id and f.id = w.fact_id
    join kernel.outbox o on o.tenant_id = w.tenant_id and o.id = w.message_id order by w.id`);
  return rows;
}
