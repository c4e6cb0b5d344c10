import type { House, Language } from "#kernel";
import type { WeekFigures } from "../api.ts";
import { type BilledLine, categoryOf, weekCosts } from "../api.ts";
import type { Unanswered } from "../ports.ts";
import {
  casesOf,
  changeOf,
  type TopicWeek,
  topicsOf,
  topicsToTeach,
  type WeekCounts,
} from "../rules/figures.ts";
import { marketOf } from "../rules/markets.ts";
import { addDays, lastWeek, type Week, weekOf, weeksSince } from "../rules/weeks.ts";
import { readCosts } from "./costs.ts";
import { readBeginning, readWaiting } from "./count.ts";
import { type CountPorts, countsOf, keepQuestions } from "./summary.ts";
import { inTenant, type WeekTx } from "./tx.ts";

/** A week as page and mail show it. */

const DAY_MS = 86_400_000;
const SHOWN_TOPICS = 8;
const SHOWN_TO_TEACH = 4;
const SHOWN_WAITING = 5;
/** Turns are kept 180 days; older weeks stand in the table only where somebody looked at them in time. */
const MOST_WEEKS = 26;

type Titles = ReadonlyMap<string, { id: number; title: string }>;

/** Mondays of the weeks that are over and had something to count, newest first. */
export async function weeksOf(house: House, ports: CountPorts, tenantId: number): Promise<string[]> {
  const { timeZone } = await house.profile(tenantId);
  const first = await inTenant(house, tenantId, async (tx) => {
    const turn = await ports.firstLevel.firstAt(tx, tenantId);
    return Math.min(await readBeginning(tx, tenantId), turn ?? Number.POSITIVE_INFINITY);
  });
  return weeksSince(timeZone, { first, now: house.clock.now(), most: MOST_WEEKS });
}

/** @param language of the topics' names */
export async function viewOf(
  house: House,
  ports: CountPorts,
  asked: { tenantId: number; week: Week; hasBefore: boolean; language: Language },
): Promise<WeekFigures> {
  const { tenantId, week, language } = asked;
  const { timeZone } = await house.profile(tenantId);
  const counts = await countsOf(house, ports, { tenantId, week });
  const before = asked.hasBefore
    ? await countsOf(house, ports, { tenantId, week: weekOf(timeZone, addDays(week.monday, -7)) })
    : null;
  const now = house.clock.now();
  return inTenant(house, tenantId, async (tx) => {
    const titles = await ports.firstLevel.titles(tx, tenantId, language);
    const waiting = await readWaiting(tx, tenantId, {
      before: new Date(now - DAY_MS),
      most: SHOWN_WAITING,
    });
    const { questions, groups } = await questionsOf(tx, ports, { tenantId, week, known: counts.questions });
    const { assumptions } = await readCosts(tx, tenantId);
    const bill = billOf(counts);
    return {
      monday: week.monday,
      from: new Date(week.from).toISOString(),
      to: new Date(week.to).toISOString(),
      every: counts.every,
      asked: askedOf(counts, before, titles),
      firstLevel: firstLevelOf(counts),
      speed: speedOf(counts),
      open: {
        count: waiting.count,
        items: waiting.items.map((row) => ({
          conversationId: row.id,
          title: titles.get(row.topic ?? "")?.title ?? null,
          waitingSince: row.waiting_since.toISOString(),
        })),
      },
      teach: { questions, groups, topics: teachOf(topicsToTeach(topicsOf(counts), SHOWN_TO_TEACH), titles) },
      messages: counts.messages,
      solved: bill.solved,
      costs: written(weekCosts(assumptions, bill)),
    };
  });
}

async function questionsOf(
  tx: WeekTx,
  { firstLevel }: CountPorts,
  at: { tenantId: number; week: Week; known: Unanswered | undefined },
): Promise<Unanswered> {
  const { tenantId, week, known } = at;
  const found = await firstLevel.unanswered(tx, tenantId, { ...week, known: known ?? null });
  if (found !== known) await keepQuestions(tx, { tenantId, monday: week.monday }, found);
  return found;
}

/** What a week is reckoned from: billed messages by market, cases that were solved, and those that a person had. */
export function billOf(counts: WeekCounts): { billed: BilledLine[]; solved: number; byPerson: number } {
  const lines = new Map<string, BilledLine>();
  for (const { category: billedAs, place, count } of counts.billed) {
    const line = { category: categoryOf(billedAs), market: marketOf(place) };
    const key = `${line.category} ${line.market}`;
    lines.set(key, { ...line, count: (lines.get(key)?.count ?? 0) + count });
  }
  const cases = casesOf(counts);
  const byPerson = Math.max(0, cases.byPerson - counts.unanswered);
  const billed = [...lines.values()].sort((a, b) => b.count - a.count);
  return { billed, solved: cases.settled + byPerson, byPerson };
}

/** The last week that is over, to reckon with; null in a company's first week. */
export async function lastBill(house: House, ports: CountPorts, tenantId: number) {
  const [monday] = await weeksOf(house, ports, tenantId);
  if (monday === undefined) return null;
  const { timeZone } = await house.profile(tenantId);
  const counts = await countsOf(house, ports, { tenantId, week: weekOf(timeZone, monday) });
  return { monday, ...billOf(counts) };
}

/** From which day on there is a week to look at. */
export function firstOn(timeZone: string, weeks: readonly string[], now: number): string {
  const oldest = weeks.at(-1) ?? addDays(lastWeek(timeZone, now).monday, 7);
  return addDays(oldest, 7);
}

/** As the contract has it: lists that may be changed. */
const written = ({ lines, ...costs }: ReturnType<typeof weekCosts>) => ({ ...costs, lines: [...lines] });

function askedOf(counts: WeekCounts, before: WeekCounts | null, titles: Titles): WeekFigures["asked"] {
  const topics = topicsOf(counts);
  const earlier = new Map((before ? topicsOf(before) : []).map(({ topic, asked }) => [topic, asked]));
  const all = casesOf(counts).all;
  const allBefore = before && casesOf(before).all;
  return {
    all,
    before: allBefore,
    change: changeOf(all, allBefore),
    topics: topics.slice(0, SHOWN_TOPICS).map(({ topic, asked, settled }) => {
      const was = before ? (earlier.get(topic) ?? 0) : null;
      const named = topic === null ? undefined : titles.get(topic);
      return {
        topicId: named?.id ?? null,
        title: topic === null ? null : (named?.title ?? topic),
        asked,
        before: was,
        change: changeOf(asked, was),
        settled,
      };
    }),
    more: Math.max(0, topics.length - SHOWN_TOPICS),
  };
}

function firstLevelOf(counts: WeekCounts): WeekFigures["firstLevel"] {
  const { all, settled, pending } = casesOf(counts);
  return { ...counts.zones, cases: all, settled, pending };
}

function speedOf({ firstLevel, person, personHidden, unanswered }: WeekCounts): WeekFigures["speed"] {
  return { firstLevel, person, hidden: personHidden, unanswered };
}

function teachOf(topics: readonly TopicWeek[], titles: Titles): WeekFigures["teach"]["topics"] {
  return topics.map(({ topic, asked, settled }) => ({
    topicId: titles.get(topic ?? "")?.id ?? null,
    title: titles.get(topic ?? "")?.title ?? topic ?? "",
    asked,
    settled,
  }));
}
