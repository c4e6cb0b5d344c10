import type { Language } from "#kernel";
import { reduce } from "../../engine/index.ts";
import type { PackExample } from "./pack.ts";
import {
  isSameAnswer,
  keyOf,
  type PackAnswer,
  type WantedTopic,
  type Written,
  type WrittenTopic,
} from "./written.ts";

/** A topic as it stands at the company. */
export interface StandingTopic {
  readonly id: number;
  readonly intent: string;
  readonly title: Readonly<Record<Language, string>>;
  readonly flow: string;
  readonly cost: number;
  /** With more than a text and buttons it is the company's own. */
  readonly answers: Readonly<Partial<Record<Language, PackAnswer & { readonly isOwn: boolean }>>>;
  readonly examples: readonly StandingExample[];
}

export interface StandingExample extends PackExample {
  readonly id: number;
  /** Said by a person. */
  readonly isTaught: boolean;
}

export interface TopicChange {
  readonly id: number;
  readonly intent: string;
  readonly title?: Readonly<Record<Language, string>>;
  readonly flow?: string;
  readonly cost?: number;
  readonly answers: Readonly<Partial<Record<Language, PackAnswer>>>;
  readonly addExamples: readonly PackExample[];
  readonly removeExamples: readonly number[];
}

/** What the company changed, and the pack therefore left alone. */
export interface KeptPart {
  readonly intent: string;
  readonly part: "topic" | "title" | "answer" | "flow";
}

export interface ApplyPlan {
  readonly insert: readonly WantedTopic[];
  readonly change: readonly TopicChange[];
  readonly kept: readonly KeptPart[];
  readonly written: Readonly<Record<string, WrittenTopic>>;
}

/**
 * What has to be done so that the knowledge says what the pack says, but for everything that the company changed or
 * removed. A topic that stands already, of the company or of another pack, keeps its answers and gets the examples.
 * @param before what this pack wrote the last time; empty at the first
 * @param others what other applied packs wrote: what they have in common with this one is of both
 */
export function planApply(
  wanted: readonly WantedTopic[],
  standing: readonly StandingTopic[],
  before: Written["topics"],
  others: readonly Written["topics"][] = [],
): ApplyPlan {
  const byIntent = new Map(standing.map((topic) => [topic.intent, topic]));
  const taken = new Map(
    standing.flatMap(({ intent, examples }) => examples.map(({ text }) => [reduce(text), intent] as const)),
  );
  const plan = { insert: [] as WantedTopic[], change: [] as TopicChange[], kept: [] as KeptPart[] };
  const written: Record<string, WrittenTopic> = {};
  for (const topic of wanted) {
    const { intent } = topic;
    const fresh = topic.examples.filter(({ text }) => (taken.get(reduce(text)) ?? intent) === intent);
    const there = byIntent.get(intent);
    const last = before[intent] ?? commonOf(topic, there ? others : []);
    if (!there && last) {
      plan.kept.push({ intent, part: "topic" });
      written[intent] = last;
    } else if (!there) {
      const { question: _, intent: name, ...parts } = topic;
      plan.insert.push({ ...topic, examples: fresh });
      written[name] = { ...parts, examples: fresh };
    } else {
      const found = changeOf({ ...topic, examples: fresh }, there, last);
      if (found.change) plan.change.push(found.change);
      plan.kept.push(...found.kept);
      written[intent] = found.written;
    }
  }
  return { ...plan, written };
}

/** What other packs wrote just as this one would. */
function commonOf(wanted: WantedTopic, others: readonly Written["topics"][]): WrittenTopic | undefined {
  const other = others.map((topics) => topics[wanted.intent]).find((topic) => topic !== undefined);
  if (!other) return undefined;
  const theirs = new Set(other.examples.map(keyOf));
  const isSameTitle = other.title?.de === wanted.title.de && other.title.en === wanted.title.en;
  const answers = Object.entries(wanted.answers).filter(([language, answer]) =>
    isSameAnswer(other.answers[language as Language], answer),
  );
  return {
    ...(isSameTitle && { title: wanted.title }),
    ...(other.flow === wanted.flow && { flow: wanted.flow }),
    ...(other.cost === wanted.cost && { cost: wanted.cost }),
    answers: Object.fromEntries(answers),
    examples: wanted.examples.filter((one) => theirs.has(keyOf(one))),
  };
}

function changeOf(
  wanted: WantedTopic,
  there: StandingTopic,
  last: WrittenTopic | undefined,
): { change: TopicChange | null; kept: KeptPart[]; written: WrittenTopic } {
  const { intent } = wanted;
  const kept: KeptPart[] = [];
  const isTitleOurs =
    last?.title !== undefined && last.title.de === there.title.de && last.title.en === there.title.en;
  if (last?.title && !isTitleOurs) kept.push({ intent, part: "title" });
  const isTitleNew =
    isTitleOurs && (wanted.title.de !== there.title.de || wanted.title.en !== there.title.en);
  const answers = answersOf(wanted, there, last);
  kept.push(...answers.kept.map(() => ({ intent, part: "answer" as const })));
  const examples = examplesOf(wanted, there, last);
  const isFlowOurs = last?.flow !== undefined && last.flow === there.flow;
  const isCostOurs = last?.cost !== undefined && last.cost === there.cost;
  const change = {
    id: there.id,
    intent,
    ...(isTitleNew && { title: wanted.title }),
    ...(isFlowOurs && wanted.flow !== there.flow && { flow: wanted.flow }),
    ...(isCostOurs && wanted.cost !== there.cost && { cost: wanted.cost }),
    answers: answers.write,
    addExamples: examples.add,
    removeExamples: examples.remove,
  };
  const isChange =
    (change.title ?? change.flow ?? change.cost) !== undefined ||
    Object.keys(answers.write).length > 0 ||
    examples.add.length + examples.remove.length > 0;
  const written = {
    ...(last?.title && { title: isTitleOurs ? wanted.title : last.title }),
    ...(last?.flow !== undefined && { flow: isFlowOurs ? wanted.flow : last.flow }),
    ...(last?.cost !== undefined && { cost: isCostOurs ? wanted.cost : last.cost }),
    answers: answers.written,
    examples: examples.written,
  };
  return { change: isChange ? change : null, kept, written };
}

function answersOf(wanted: WantedTopic, there: StandingTopic, last: WrittenTopic | undefined) {
  const write: Partial<Record<Language, PackAnswer>> = {};
  const written: Partial<Record<Language, PackAnswer>> = {};
  const kept: Language[] = [];
  for (const [language, answer] of Object.entries(wanted.answers) as [Language, PackAnswer][]) {
    const [own, ours] = [there.answers[language], last?.answers[language]];
    // Another pack that shares the topic may have brought it up to date already.
    const isUpToDate = ours !== undefined && isSameAnswer(own, answer);
    const isOurs = own ? !own.isOwn && (isSameAnswer(own, ours) || isUpToDate) : ours === undefined;
    if (!isOurs) {
      if (ours) {
        kept.push(language);
        written[language] = ours;
      }
      continue;
    }
    if (!isSameAnswer(own, answer)) write[language] = answer;
    written[language] = answer;
  }
  return { write, written, kept };
}

function examplesOf(wanted: WantedTopic, there: StandingTopic, last: WrittenTopic | undefined) {
  const standing = new Map(there.examples.map((example) => [keyOf(example), example]));
  const [ours, ones] = [last?.examples ?? [], wanted.examples].map((list) => new Set(list.map(keyOf))) as [
    Set<string>,
    Set<string>,
  ];
  // What was ours and is gone was removed by the company.
  const add = wanted.examples.filter((one) => !standing.has(keyOf(one)) && !ours.has(keyOf(one)));
  const remove = (last?.examples ?? []).flatMap((one) => {
    const found = standing.get(keyOf(one));
    return found && !found.isTaught && !ones.has(keyOf(one)) ? [found.id] : [];
  });
  const added = new Set(add.map(keyOf));
  const written = wanted.examples.filter((one) => ours.has(keyOf(one)) || added.has(keyOf(one)));
  return { add, remove, written };
}
