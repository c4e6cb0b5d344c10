import type { Effect, HandOver, Option } from "#kernel";
import { readRequest } from "../rules/index.ts";
import { openChoice } from "./choices.ts";
import { titleOf } from "./knowledge.ts";
import { namedFacts } from "./named-facts.ts";
import { CALL_ID, TOPIC_ID } from "./option-ids.ts";
import { type Decision, heard, type Scene, teamWords, words } from "./scene.ts";
import { spokenDeadline, spokenStart } from "./spoken-time.ts";

export interface Reason {
  readonly reason: HandOver["reason"];
  /** The sentence that says why and what happens now. */
  readonly key: string;
  readonly values?: Readonly<Record<string, string | number>>;
  /** What the classifier held likeliest, 0 to 1, and what an answer would have needed. */
  readonly guess?: { readonly intent: string; readonly confidence: number };
  readonly needed?: number;
}

const SUMMARY_CHARACTERS = 600;
const QUOTE_CHARACTERS = 240;
const LAST_TEXTS = 3;

/** Gives the conversation to the team and tells the customer what happens now and when people are there. */
export function handOver(scene: Scene, why: Reason): Decision {
  const { guess } = why;
  const options = callOption(scene, why);
  const text = `${words(scene, why.key, why.values)} ${whenPeopleAnswer(scene)}`;
  const effects: Effect[] = [
    { do: "say", text, ...(options.length > 0 && { options }) },
    {
      do: "handOver",
      reason: why.reason,
      summary: summarise(scene, why),
      ...(guess && { confidence: guess.confidence }),
      ...(why.needed !== undefined && { needed: why.needed }),
    },
  ];
  return { effects, ...(guess && { asked: guess.intent }) };
}

/** Where nobody is there to answer, a call may suit better than waiting. By mail a button cannot be tapped. */
function callOption(scene: Scene, { reason }: Reason): Option[] {
  const { turn, hours } = scene;
  const isPointless =
    reason === "callback" || reason === "late" || reason === "emergency" || turn.channel.kind === "email";
  if (isPointless || hours.isOpen(turn.tenant, turn.now)) return [];
  return [{ id: CALL_ID, title: words(scene, "optionCall") }];
}

/** By when, or from when on, a person answers here. */
export function whenPeopleAnswer(scene: Scene): string {
  const { turn, hours, language } = scene;
  const { tenant, now } = turn;
  const place = { language, timeZone: tenant.timeZone, now };
  if (hours.isOpen(tenant, now)) {
    return words(scene, "peopleHere", { due: spokenDeadline(hours.dueAt(tenant, now), place) });
  }
  const opens = hours.nextOpening(tenant, now);
  return opens === null
    ? words(scene, "people")
    : words(scene, "peopleLater", { opens: spokenStart(opens, place) });
}

/** What somebody reads who calls back: the same as whoever takes over. */
export function summaryOf(scene: Scene): string {
  return summarise(scene, { reason: "callback", key: "callBooked" });
}

/** What a colleague reads first: the customer's last words, what they name, and what the automaton tried. */
function summarise(scene: Scene, why: Reason): string {
  const { turn, knowledge, text } = scene;
  const said = [...heard(scene), text].filter(saysSomething);
  const last = said.filter((one, place) => said.lastIndexOf(one) === place).slice(-LAST_TEXTS);
  const language = turn.tenant.language;
  const nameOf = (intent: string) => {
    const topic = knowledge.topics.get(intent);
    return topic ? titleOf(topic, language) : intent;
  };
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const facts = [
    ...last.map((one) => `„${cut(one, QUOTE_CHARACTERS)}“`),
    last.length === 0 &&
      turn.message.content.type !== "text" &&
      teamWords(scene, "summaryMedia", { what: turn.message.content.type }),
    ...namedFacts(scene, {
      texts: last,
      order: why.values?.number?.toString(),
      isCall: why.key === "callBooked",
    }),
    why.guess &&
      teamWords(scene, "summaryGuess", {
        topic: nameOf(why.guess.intent),
        confidence: percent(why.guess.confidence),
        needed: percent(why.needed ?? 1),
      }),
    !why.guess &&
      turn.conversation.topic &&
      teamWords(scene, "summaryTopic", { topic: nameOf(turn.conversation.topic) }),
    ...(FINISHED.has(why.key) ? [] : tried(scene)),
  ];
  return cut(facts.filter((fact) => typeof fact === "string" && fact !== "").join(" · "), SUMMARY_CHARACTERS);
}

/** A yes or no belongs to a question of ours, which nobody reads here. */
function saysSomething(text: string): boolean {
  const request = readRequest(text);
  return text.trim() !== "" && request !== "yes" && request !== "no";
}

/** What was asked for was given. */
const FINISHED: ReadonlySet<string> = new Set(["orderPassed", "callBooked"]);

const STEP_KEYS: ReadonlyMap<string, string> = new Map([
  ["number", "stepNumber"],
  ["phone", "stepPhone"],
  ["known", "stepPhone"],
  ["time", "stepTime"],
  ["confirm", "stepConfirm"],
]);

/** What was offered in vain, or which question was open. */
function tried(scene: Scene): string[] {
  const { flow } = scene.turn.conversation;
  const { options = [], declined = [] } = openChoice(scene) ?? {};
  const turnedDown = declined.flatMap((intent) => scene.knowledge.topics.get(intent) ?? []);
  const titles = [
    ...turnedDown.map((topic) => titleOf(topic, scene.turn.tenant.language)),
    ...options.filter(({ id }) => id.startsWith(TOPIC_ID)).map(({ title }) => title),
  ];
  if (titles.length > 0)
    return [teamWords(scene, "summaryOffered", { topics: [...new Set(titles)].join(", ") })];
  const key = flow?.skill === "service" ? STEP_KEYS.get(flow.step) : undefined;
  return key === undefined ? [] : [teamWords(scene, "summaryStep", { what: teamWords(scene, key) })];
}

function cut(text: string, characters: number): string {
  const flat = text.replace(/\s+/g, " ").trim();
  return flat.length <= characters ? flat : `${flat.slice(0, characters - 1).trimEnd()}…`;
}
