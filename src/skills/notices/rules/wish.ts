import { fold, wordsOf } from "./fold.ts";
import { readWindow, type SpokenWindow } from "./spoken-window.ts";

/** What somebody wants of notices, read from one message. Pure; nothing is guessed that is not then confirmed. */

/** A topic as the flow knows it. */
export interface KnownTopic {
  readonly id: number;
  readonly slug: string;
  readonly title: { readonly de: string; readonly en: string };
  readonly kind: "service" | "promotion";
  readonly parameters: readonly KnownParameter[];
}

export interface KnownParameter {
  readonly key: string;
  readonly kind: string;
  readonly label: { readonly de: string; readonly en: string };
  readonly values: readonly {
    readonly value: string;
    readonly label: { readonly de: string; readonly en: string };
  }[];
  readonly required: boolean;
}

export type Wish =
  /** What have I subscribed to? */
  | { kind: "list" }
  /** What is there to subscribe to? */
  | { kind: "topics" }
  | { kind: "subscribe"; topic: KnownTopic; values: readonly string[]; window: SpokenWindow }
  | { kind: "end"; topic: KnownTopic | null; values: readonly string[] };

const LIST =
  / (?:meine|my|welche|which) (?:\S+ ){0,2}(?:abos?|abonnements?|benachrichtigungen|meldungen|hinweise|subscriptions?|alerts?|notices?|notifications?) /;
const END =
  / (?:abbestell\S*|abmelden|melden? \S+ ab|kuendigen?|unsubscribe|cancel|stopp?|keine \S+ mehr|nicht mehr (?:zu|ueber|fuer)|no more|not any more) /;
const WANT =
  / (?:abo|abos|abonnement|abonnier\S*|benachrichtig\S*|informier\S*|bescheid|meldung|meldungen|warn\S*|subscrib\S*|subscription|notify|notifications?|alerts?|inform|let me know|tell me|keep me) /;
/** Words that say nothing once topic, value and window are taken out. */
const FILLER = new Set(
  "bitte please ich moechte will haette gern gerne mich mir me i want would like for fuer zu zur zum ueber about on of die der das den the linie line wenn if when auf an am im in es etwas something is ist und and nur only uhr von from to the a my meine mein sie koennen kannst can you us uns wird werden was hinweise".split(
    " ",
  ),
);
/** An entry link writes these words; see entryWords. */
const ALONE_MOST_WORDS = 4;

/**
 * @param topics those that may be subscribed to
 * @returns null when the message is about something else
 */
export function readWish(text: string, topics: readonly KnownTopic[]): Wish | null {
  const words = wordsOf(text);
  if (words.trim() === "" || words.length > 200 || topics.length === 0) return null;
  if (LIST.test(words)) return { kind: "list" };
  const found = findTopic(words, topics);
  const wantsEnd = END.test(words);
  if (wantsEnd && (found.topic || WANT.test(words)))
    return { kind: "end", topic: found.topic, values: found.values };
  const wants = WANT.test(words);
  if (!found.topic)
    return wants &&
      !wantsEnd &&
      leftOver(words.replace(WANT, " ")) === 0 &&
      countWords(words) <= ALONE_MOST_WORDS
      ? { kind: "topics" }
      : null;
  const window = readWindow(found.rest);
  const hasWindow = window.weekdays !== undefined || window.hours !== undefined;
  const isSaid = wants || (found.values.length > 0 && hasWindow && leftOver(window.rest) === 0);
  return isSaid ? { kind: "subscribe", topic: found.topic, values: found.values, window } : null;
}

/** The answer to "which line, and when?": values of this topic, or any words where it has no list. */
export function readChoice(
  text: string,
  topic: KnownTopic,
): { values: readonly string[]; window: SpokenWindow; isAll: boolean } {
  const words = wordsOf(text);
  const { values, rest } = takeValues(words, topic);
  const window = readWindow(rest);
  const parameter = keyParameter(topic);
  const free = freeValue(text, window);
  const isAll = / (?:alle[sn]?|alles|all|everything|any|jede[rs]?) /.test(words);
  if (values.length === 0 && parameter && parameter.values.length === 0 && free !== "" && !isAll)
    return { values: [free], window, isAll };
  return { values, window, isAll };
}

/** Any words: what was typed, without the window, as it was written. */
function freeValue(text: string, window: SpokenWindow): string {
  const kept = window.rest
    .trim()
    .split(" ")
    .filter((word) => word !== "" && !FILLER.has(word));
  const written = text.split(/[\s,;]+/).filter((word) => kept.includes(wordsOf(word).trim()));
  return written.join(" ").slice(0, 80);
}

/** The parameter that recipients are found by. */
export function keyParameter<P extends { readonly kind: string }>(topic: {
  readonly parameters: readonly P[];
}): P | undefined {
  return topic.parameters.find(({ kind }) => kind !== "window");
}

interface Found {
  topic: KnownTopic | null;
  values: readonly string[];
  rest: string;
}

/** By its title or short name, or else by a value that only one topic has. */
function findTopic(words: string, topics: readonly KnownTopic[]): Found {
  for (const topic of topics) {
    const name = [topic.title.de, topic.title.en, topic.slug]
      .map(wordsOf)
      .find((one) => one.trim() !== "" && words.includes(one));
    if (name === undefined) continue;
    const { values, rest } = takeValues(words.replace(name, " "), topic);
    return { topic, values, rest };
  }
  const having = topics
    .map((topic) => ({ topic, ...takeValues(words, topic) }))
    .filter(({ values }) => values.length > 0);
  const [only] = having;
  return only && having.length === 1 ? only : { topic: null, values: [], rest: words };
}

function takeValues(words: string, topic: KnownTopic): { values: readonly string[]; rest: string } {
  const values: string[] = [];
  let rest = words;
  // Longer names first: "U3 Nord" is not "U3".
  const known = (keyParameter(topic)?.values ?? [])
    .flatMap(({ value, label }) =>
      [value, label.de, label.en].map((name) => ({ value, name: wordsOf(name) })),
    )
    .filter(({ name }) => name.trim() !== "")
    .sort((a, b) => b.name.length - a.name.length);
  for (const { value, name } of known) {
    // "U 3" is "U3".
    const spaced = name.replace(/(?<=[a-z])(?=\d)/g, " ");
    const hit = [name, spaced].find((one) => rest.includes(one));
    if (hit === undefined) continue;
    if (!values.includes(value)) values.push(value);
    rest = rest.replace(hit, " ");
  }
  return { values, rest };
}

function leftOver(words: string): number {
  return words.split(" ").filter((word) => word !== "" && !FILLER.has(fold(word))).length;
}

function countWords(words: string): number {
  return words.trim().split(" ").length;
}
