import { cluster, reduce } from "../../engine/index.ts";
import { compareWithAll, openTextSpace } from "../../engine/text-space.ts";
import { detectLanguage, type Language } from "../language.ts";
import { learnBoilerplate, withoutBoilerplate } from "./boilerplate.ts";
import type { Exchange, Proposals, ProposedTopic } from "./exchange.ts";
import { answerOf, atWord, gistOf, isHolding, ownWordsOf } from "./gist.ts";
import { namesIn, pseudonymise, valuesIn } from "./pseudonyms.ts";

export interface ProposeOptions {
  readonly seed: number;
  /** Of a question whose own language is not clear. */
  readonly language: Language;
  /** A page's questions stand each for a topic; in a mailbox many ask the same. */
  readonly isPage: boolean;
}

/** Who reads more than these at one go accepts without reading. */
const TOPICS_MAX = 80;
const EXAMPLES_MAX = 30;
const TITLE_CHARACTERS = 60;
/** Answers this alike are the same answer in other words. */
const ALIKE = 0.55;
/** Answers less alike than this are different ones. */
const UNLIKE = 0.25;
/** So many equal answers say what a group is about. */
const SURE = 3;
const SURE_SHARE = 0.25;
/** Told to so many people, an address or a number is the company's. */
const OWN_VALUE = 3;
/** Of all questions; what is asked less often stays with people. */
const LEAST_SHARE = 0.001;

/** A question as it is compared, with everything that was said the same way. */
interface Asked {
  readonly text: string;
  readonly language: Language;
  times: number;
  readonly answers: string[];
}

/** Groups of questions, as positions in the list of asked ones. */
type Group = readonly number[];

/**
 * Topics that a company's own archive speaks of: questions that are alike (engine/cluster), joined where staff answered
 * them alike, without personal data. The same exchanges give the same topics.
 */
export function propose(exchanges: readonly Exchange[], options: ProposeOptions): Proposals {
  const asked = readAll(exchanges, options);
  const total = asked.reduce((sum, { times }) => sum + times, 0);
  const least = options.isPage ? 1 : Math.max(2, Math.ceil(total * LEAST_SHARE));
  const topics: ProposedTopic[] = [];
  for (const language of ["de", "en"] as const) {
    const own = asked.filter((one) => one.language === language);
    const groups = options.isPage ? own.map((_, place) => [place]) : groupsOf(own, options.seed);
    const known = wordsOften(own);
    for (const group of groups) topics.push(topicOf(own, group, known));
  }
  const kept = topics
    .filter((topic) => topic.asked >= least)
    .sort((a, b) => b.asked - a.asked)
    .slice(0, options.isPage ? Number.POSITIVE_INFINITY : TOPICS_MAX);
  return { topics: kept, alone: total - kept.reduce((sum, topic) => sum + topic.asked, 0) };
}

function readAll(exchanges: readonly Exchange[], options: ProposeOptions): Asked[] {
  const said = options.isPage ? exchanges : ownWordsOnly(exchanges);
  const everybody = namesOf(said);
  const keep = ownValues(said);
  const found = new Map<string, Asked>();
  for (const { question, answer, names } of said) {
    const gist = options.isPage ? question : gistOf(question);
    if (gist === "") continue;
    const language = detectLanguage(gist, options.language);
    const context = { language, names, everybody };
    // What is the company's own stays in its answers; in a question every number may be the writer's.
    const text = options.isPage ? gist : asExample(pseudonymise(gist, { ...context, keep: NOTHING }));
    const reduced = `${language} ${reduce(text)}`;
    const known = found.get(reduced) ?? { text, language, times: 0, answers: [] };
    known.times++;
    if (answer !== null && answer !== "" && !isHolding(answer))
      known.answers.push(options.isPage ? answer : pseudonymise(answer, { ...context, keep }));
    found.set(reduced, known);
  }
  return [...found.values()];
}

/** "(HK-20417)" beside a question is no part of it. */
function asExample(text: string): string {
  return text.replace(/\s*\(\[[^\]]{1,20}\]\)/g, "").trim();
}

const NOTHING: ReadonlySet<string> = new Set();

/** Both sides without greetings, signatures, and sentences that stand beside everything. */
function ownWordsOnly(exchanges: readonly Exchange[]): Exchange[] {
  const own = exchanges.map((one) => ({
    ...one,
    question: ownWordsOf(one.question),
    answer: one.answer === null ? null : ownWordsOf(one.answer),
  }));
  const asking = learnBoilerplate(own.map(({ question }) => question));
  const answering = learnBoilerplate(own.flatMap(({ answer }) => answer ?? []));
  return own.map((one) => ({
    ...one,
    question: withoutBoilerplate(one.question, asking),
    answer: one.answer === null ? null : answerOf(withoutBoilerplate(one.answer, answering)),
  }));
}

/** Names in the file, but for words that people also write small: "Lange", "Klein". */
function namesOf(exchanges: readonly Exchange[]): ReadonlySet<string> {
  const names = new Set(exchanges.flatMap((one) => one.names).flatMap(namesIn));
  if (names.size === 0) return names;
  for (const { question, answer } of exchanges)
    for (const word of `${question} ${answer ?? ""}`.match(/(?<![\p{L}])\p{Ll}[\p{L}'’-]*/gu) ?? [])
      names.delete(word);
  return names;
}

function ownValues(exchanges: readonly Exchange[]): ReadonlySet<string> {
  const told = new Map<string, Set<string>>();
  for (const { answer, asker } of exchanges) {
    if (answer === null) continue;
    for (const value of valuesIn(answer)) {
      const people = told.get(value) ?? new Set();
      told.set(value, people.add(asker));
    }
  }
  return new Set([...told].filter(([, people]) => people.size >= OWN_VALUE).map(([value]) => value));
}

function groupsOf(asked: readonly Asked[], seed: number): Group[] {
  const clusters = cluster(
    asked.map(({ text }) => comparable(text)),
    { seed },
  ).flatMap(({ members }) => splitByAnswers(asked, members));
  const isIn = new Set(clusters.flat());
  const alone = asked.flatMap((_, place) => (isIn.has(place) ? [] : [[place]]));
  return joinByAnswers(asked, [...clusters, ...alone]);
}

/** Two questions are not about one thing because both named a number. */
function comparable(text: string): string {
  return text.replace(/\[[^\]]{1,20}\]/g, " ").replace(/\S*\d{4}\S*/g, " ");
}

/** Who was told something else than most asked something else, however alike the words are. */
function splitByAnswers(asked: readonly Asked[], group: Group): number[][] {
  const answers = answersIn(asked, group);
  const most = mostAlike(answers);
  if (most === null || most.alike < SURE || most.alike < SURE_SHARE * answers.length) return [[...group]];
  const answered = group.filter((place) => (asked[place] as Asked).answers.length > 0);
  const space = openTextSpace([
    most.text,
    ...answered.map((place) => (asked[place] as Asked).answers[0] as string),
  ]);
  const cosines = new Float64Array(answered.length + 1);
  compareWithAll(space, 0, cosines);
  const others = new Set(answered.filter((_, at) => (cosines[at + 1] as number) < UNLIKE));
  return [group.filter((place) => !others.has(place)), ...[...others].map((place) => [place])];
}

/**
 * Groups that staff answered alike are one; a question that is like no other finds its group by its answer. The larger
 * groups lead: what is like a leader's answer joins it, and nothing joins through a third.
 */
function joinByAnswers(asked: readonly Asked[], groups: readonly number[][]): Group[] {
  const typical = groups.map((group) => mostAlike(answersIn(asked, group))?.text ?? "");
  const answered = groups.flatMap((_, place) => (typical[place] === "" ? [] : [place]));
  const space = openTextSpace(answered.map((place) => typical[place] as string));
  const cosines = new Float64Array(answered.length);
  const joined = new Map<number, number[]>();
  const isTaken = new Set<number>();
  answered.forEach((leader, one) => {
    if (isTaken.has(leader)) return;
    compareWithAll(space, one, cosines);
    const alike = answered.filter(
      (place, other) => !isTaken.has(place) && place !== leader && (cosines[other] as number) >= ALIKE,
    );
    for (const place of [leader, ...alike]) isTaken.add(place);
    joined.set(
      leader,
      [leader, ...alike].flatMap((place) => groups[place] as Group),
    );
  });
  const unanswered = groups.filter((_, place) => !isTaken.has(place));
  return [...joined.values(), ...unanswered];
}

function answersIn(asked: readonly Asked[], group: Group): string[] {
  return group.flatMap((place) => (asked[place] as Asked).answers);
}

const COMPARED_MAX = 200;

/** The answer that is most like the others, and how many say much the same. */
function mostAlike(answers: readonly string[]): { text: string; alike: number } | null {
  const some = answers.slice(0, COMPARED_MAX);
  if (some.length === 0) return null;
  const counts = new Map<string, number>();
  for (const text of some) counts.set(text, (counts.get(text) ?? 0) + 1);
  const texts = [...counts.keys()];
  const space = openTextSpace(texts);
  const cosines = new Float64Array(texts.length);
  let best = { text: texts[0] as string, alike: 0, sum: -1 };
  texts.forEach((text, place) => {
    compareWithAll(space, place, cosines);
    cosines[place] = 1;
    let [sum, alike] = [0, 0];
    texts.forEach((other, at) => {
      const times = counts.get(other) as number;
      sum += (cosines[at] as number) * times;
      if ((cosines[at] as number) >= ALIKE) alike += times;
    });
    if (sum > best.sum + 1e-9) best = { text, alike, sum };
  });
  return { text: best.text, alike: Math.round((best.alike / some.length) * answers.length) };
}

function topicOf(asked: readonly Asked[], group: Group, known: ReadonlySet<string>): ProposedTopic {
  const all = group.map((place) => asked[place] as Asked);
  // Whose answer is known to be this one stands before whoever was never answered.
  const members = [
    ...all.filter((one) => one.answers.length > 0),
    ...all.filter((one) => one.answers.length === 0),
  ];
  const answers = answersIn(asked, group);
  const answer = mostAlike(answers);
  return {
    title: titleOf(members, known),
    language: (members[0] as Asked).language,
    asked: members.reduce((sum, { times }) => sum + times, 0),
    examples: members.slice(0, EXAMPLES_MAX).map(({ text }) => text),
    answer: answer?.text ?? null,
    answers: answers.length,
    alike: answer?.alike ?? 0,
  };
}

/** Words of several questions: what stands in one alone is often a typing error. */
function wordsOften(asked: readonly Asked[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { text } of asked)
    for (const word of new Set(reduce(text).split(" "))) counts.set(word, (counts.get(word) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count > 1).map(([word]) => word));
}

/** A short question of the most typical ones, as somebody asked it, sooner one without typing errors. */
function titleOf(members: readonly Asked[], known: ReadonlySet<string>): string {
  const typical = members.slice(0, Math.max(5, Math.ceil(members.length / 3)));
  const fit = typical.filter(({ text }) => text.length <= TITLE_CHARACTERS && !text.includes("["));
  const clean = fit.filter(({ text }) =>
    reduce(text)
      .split(" ")
      .every((word) => known.has(word)),
  );
  const asking = [...clean, ...fit].filter(({ text }) => text.endsWith("?"));
  const written = asking.filter(({ text }) => /^\p{Lu}/u.test(text));
  const chosen = written[0] ?? asking[0] ?? clean[0] ?? fit[0] ?? members[0];
  const title = atWord((chosen as Asked).text, TITLE_CHARACTERS);
  return title.charAt(0).toUpperCase() + title.slice(1);
}
