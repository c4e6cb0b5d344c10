/** What is counted of a week, and what may be said of it. */

export interface Spread {
  /** ms */
  readonly median: number;
  readonly p90: number;
  readonly count: number;
}

/** A billed message's category and where it went; `place` is the beginning of the address (rules/markets.ts). */
export interface BilledCount {
  readonly category: string;
  readonly place: string;
  readonly count: number;
}

/** Kept for each week; topics by their intent, so that a new title is shown at once. No words of a customer. */
export interface WeekCounts {
  readonly cases: readonly {
    readonly topic: string | null;
    readonly ending: string;
    readonly cases: number;
  }[];
  readonly zones: { readonly answer: number; readonly choose: number; readonly handover: number };
  /** From the customer's message to the automatic answer. */
  readonly firstLevel: Spread | null;
  /** From the hand-over to the first word of a person, within opening hours; null where it is too few or too near. */
  readonly person: Spread | null;
  /** Why there is none; what may not be shown is not kept either. */
  readonly personHidden: "few_cases" | "few_persons" | null;
  /** Handed over, and nobody has written yet. */
  readonly unanswered: number;
  readonly messages: { readonly received: number; readonly service: number; readonly notice: number };
  readonly billed: readonly BilledCount[];
  /** Cases and messages were counted in one conversation of so many, and multiplied. */
  readonly every: number;
  /** Questions without an answer when somebody last looked; counted anew when some have got theirs. */
  readonly questions?: { readonly questions: number; readonly groups: number };
}

/** Conversations of the week that are looked at for cases and messages, at most. */
const MOST_CONVERSATIONS = 20_000;
/** Of all that had a message since it began: which of them had one in the week is only seen by looking. */
const MOST_LOOKED_AT = 10 * MOST_CONVERSATIONS;

/**
 * One conversation in so many is looked at; 1 = each. A week that is first looked at months later is counted in a sample
 * of its own size, not of all that came since.
 * @param since conversations that had a message since the week began
 * @param turns messages of the week that were answered: there were not many more conversations in it
 */
export function everyOf({ since, turns }: { since: number; turns: number }): number {
  const inTheWeek = Math.min(since, turns);
  return Math.max(1, Math.ceil(inTheWeek / MOST_CONVERSATIONS), Math.ceil(since / MOST_LOOKED_AT));
}

/** Fewer are chance: a step from 3 to 6 is no growth of 100 %. */
export const FEWEST_TO_COMPARE = 20;
/** A median of less says nothing about a week. */
const FEWEST_TIMES = 5;
/** The works agreement (kernel/documents): reports about persons begin at groups of five. */
export const FEWEST_PERSONS = 5;

/**
 * The change against the week before, as a share (0.25 = a quarter more).
 * @returns null when either week has too few to compare
 */
export function changeOf(now: number, before: number | null): number | null {
  if (before === null || now < FEWEST_TO_COMPARE || before < FEWEST_TO_COMPARE) return null;
  return (now - before) / before;
}

/**
 * Median and 90th percentile by nearest rank: values that somebody waited, not means between two.
 * @returns null below five values
 */
export function spreadOf(values: readonly number[]): Spread | null {
  if (values.length < FEWEST_TIMES) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] as number;
  return { median: at(0.5), p90: at(0.9), count: sorted.length };
}

/**
 * How fast people answered is a report about them. It is shown when at least five answered, or when all who answered own
 * the company: then it is about nobody else.
 */
export function maySpeedBeShown(answerers: readonly { id: string; isOwner: boolean }[]): boolean {
  const persons = new Map(answerers.map(({ id, isOwner }) => [id, isOwner]));
  return persons.size >= FEWEST_PERSONS || (persons.size > 0 && [...persons.values()].every(Boolean));
}

export interface TopicWeek {
  /** null = nobody knows what it was about */
  readonly topic: string | null;
  readonly asked: number;
  readonly settled: number;
}

const SETTLED: readonly string[] = ["resolved", "pending"];

/** By count, the most asked first. "pending" counts as settled: its 72 hours are not over, and nobody has come back. */
export function topicsOf({ cases }: Pick<WeekCounts, "cases">): TopicWeek[] {
  const topics = new Map<string | null, { asked: number; settled: number }>();
  for (const { topic, ending, cases: count } of cases) {
    const known = topics.get(topic) ?? { asked: 0, settled: 0 };
    topics.set(topic, {
      asked: known.asked + count,
      settled: known.settled + (SETTLED.includes(ending) ? count : 0),
    });
  }
  return [...topics]
    .map(([topic, sums]) => ({ topic, ...sums }))
    .sort((a, b) => b.asked - a.asked || ((a.topic ?? "") < (b.topic ?? "") ? -1 : 1));
}

/** Topics that were asked often enough to judge and settled in less than half of the cases, the dearest first. */
export function topicsToTeach(topics: readonly TopicWeek[], most: number): TopicWeek[] {
  return topics
    .filter(
      ({ topic, asked, settled }) => topic !== null && asked >= FEWEST_TO_JUDGE && settled / asked < POOR,
    )
    .sort((a, b) => b.asked - b.settled - (a.asked - a.settled))
    .slice(0, most);
}
const FEWEST_TO_JUDGE = 5;
const POOR = 0.5;

/** Cases of the week: all, settled by the automatic answers, and those that a person had. */
export function casesOf({ cases }: Pick<WeekCounts, "cases">) {
  const of = (endings: readonly string[]) =>
    cases.reduce((sum, row) => sum + (endings.includes(row.ending) ? row.cases : 0), 0);
  const all = cases.reduce((sum, row) => sum + row.cases, 0);
  return {
    all,
    settled: of(SETTLED),
    pending: of(["pending"]),
    /** Handed over, or a person wrote all the same. */
    byPerson: of(["handed_over", "person"]),
  };
}
