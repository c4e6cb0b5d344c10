import type { Effect, Option } from "#kernel";
import { bareTitle, type KnownTopic, titleOf } from "./knowledge.ts";
import { ELSE_ID, PERSON_ID, TOPIC_ID } from "./option-ids.ts";
import { type Decision, type Scene, words } from "./scene.ts";

/** Flow state after choices were offered: which ones, and for what question. */
export const CHOOSE = "choose";
/** The step of an offer beside an answer: who declines it is done. */
const REST = "rest";
const MOST_CHOICES = 3;
const MOST_DECLINED = 12;
/** Telegram shortens long ids to this mark, 24 hex digits, the mark again and the id's beginning. */
const SHORTENED = /^~[0-9a-f]{24}~/;

/** What a customer chose: a topic, a person, none of them; undefined when it was no choice. */
export type Chosen = KnownTopic | typeof PERSON_ID | typeof ELSE_ID | undefined;

/** Reads a tapped option, the title of one typed, or its number in the list that was offered last. */
export function readChoice(scene: Scene): Chosen {
  const { content } = scene.turn.message;
  const tapped = content.type === "choice" ? readId(scene, content.id) : undefined;
  if (tapped) return tapped;
  const offered = offeredOptions(scene);
  const agreed = agreeTo(scene, offered);
  if (agreed) return agreed;
  const typed = offered.find((option) => bareTitle(option.title) === scene.bare) ?? numbered(scene, offered);
  if (typed) return readId(scene, typed.id);
  const { knowledge, language, bare } = scene;
  const intent = bare === "" ? undefined : knowledge.titles[language].get(bare);
  if (intent !== undefined) return knowledge.topics.get(intent);
  return isFixed(scene, "optionPerson") ? PERSON_ID : isFixed(scene, "optionElse") ? ELSE_ID : undefined;
}

/** A yes to the only topic that was offered, a no to all of them. */
function agreeTo(scene: Scene, offered: readonly Option[]): Chosen {
  if (offered.length === 0) return undefined;
  if (scene.request === "no") return ELSE_ID;
  const topics = offered.filter(({ id }) => id.startsWith(TOPIC_ID));
  if (topics.length === 0) return scene.request === "yes" && offered.some(isPerson) ? PERSON_ID : undefined;
  return scene.request === "yes" && topics.length === 1 ? readId(scene, topics[0]?.id ?? "") : undefined;
}

const isPerson = ({ id }: Option) => id === PERSON_ID;

function isFixed(scene: Scene, key: string): boolean {
  return scene.bare !== "" && scene.bare === bareTitle(words(scene, key));
}

function readId(scene: Scene, id: string): Chosen {
  if (id === PERSON_ID || id === ELSE_ID) return id;
  const { topics } = scene.knowledge;
  if (id.startsWith(TOPIC_ID)) return topics.get(id.slice(TOPIC_ID.length));
  if (!SHORTENED.test(id)) return undefined;
  const beginning = id.replace(SHORTENED, "").slice(TOPIC_ID.length);
  const found = [...topics.values()].filter(({ intent }) => intent.startsWith(beginning));
  return found.length === 1 ? found[0] : undefined;
}

function numbered(scene: Scene, offered: readonly Option[]): Option | undefined {
  const number = /^([1-9])[.)]?$/.exec(scene.text)?.[1];
  return number === undefined ? undefined : offered[Number(number) - 1];
}

function offeredOptions(scene: Scene): readonly Option[] {
  const flow = openChoice(scene);
  return flow ? (flow.options as readonly Option[]) : [];
}

export interface OpenChoice {
  readonly options: readonly Option[];
  /** What it was made for. */
  readonly question: string;
  /** Intents that the customer has turned down in this matter. */
  readonly declined: readonly string[];
}

export function openChoice(scene: Scene): OpenChoice | null {
  const { flow } = scene.turn.conversation;
  if (flow?.flow !== CHOOSE) return null;
  const { options, question, declined } = flow.data;
  return {
    options: Array.isArray(options) ? (options as Option[]) : [],
    question: typeof question === "string" ? question : "",
    declined: Array.isArray(declined) ? declined.map(String) : [],
  };
}

/** Without the topics that the customer has turned down: what was none of them before is none of them now. */
export function withoutDeclined(scene: Scene): Scene {
  const { declined = [] } = openChoice(scene) ?? {};
  if (declined.length === 0) return scene;
  const topics = new Map([...scene.knowledge.topics].filter(([intent]) => !declined.includes(intent)));
  return { ...scene, knowledge: { ...scene.knowledge, topics } };
}

/** "Something else": none of what is offered is meant. */
export function declineAll(scene: Scene): Decision {
  const { options = [], declined = [] } = openChoice(scene) ?? {};
  const offered = options.flatMap(({ id }) => (id.startsWith(TOPIC_ID) ? [id.slice(TOPIC_ID.length)] : []));
  return askToDescribe(scene, "describe", [...new Set([...declined, ...offered])].slice(-MOST_DECLINED));
}

/** A no to what was offered beside an answer. */
export function declinesRest({ turn, request }: Scene): boolean {
  const { flow } = turn.conversation;
  return flow?.flow === CHOOSE && flow.step === REST && request === "no";
}

/** Offers what the message was probably about, something else, and a person. */
export function offer(scene: Scene, topics: readonly KnownTopic[]): Decision {
  const choices = topics.slice(0, MOST_CHOICES);
  const options = [
    ...choices.map((topic) => ({ id: `${TOPIC_ID}${topic.intent}`, title: titleOf(topic, scene.language) })),
    ...waysOn(scene),
  ];
  const first = choices[0]?.intent;
  return {
    effects: [ask(scene, { text: words(scene, choices.length === 1 ? "offerOne" : "offer"), options })],
    ...(first !== undefined && { asked: first }),
  };
}

/**
 * Beside an answer: a second question of the same message that nothing is sure about. It is named, so that nobody
 * thinks it was overlooked; what it may be about is offered, and a person.
 */
export function offerRest(scene: Scene, rest: { text: string; choices: readonly KnownTopic[] }): Effect {
  const topics = rest.choices.slice(0, MOST_CHOICES - 1).map((topic) => ({
    id: `${TOPIC_ID}${topic.intent}`,
    title: titleOf(topic, scene.language),
  }));
  const options = [...topics, ...waysOn(scene).filter(isPerson)];
  const question = shorten(rest.text);
  return ask(scene, {
    text: words(scene, topics.length > 0 ? "restOffer" : "rest", { question }),
    options,
    question,
    step: REST,
  });
}

const REST_CHARACTERS = 120;

function shorten(text: string): string {
  return text.length <= REST_CHARACTERS ? text : `${text.slice(0, REST_CHARACTERS - 1).trimEnd()}…`;
}

/** Questions that are all certain, where they cannot be answered in one breath. */
export function offerSeveral(scene: Scene, topics: readonly KnownTopic[]): Decision {
  const options = [
    ...topics
      .slice(0, MOST_CHOICES)
      .map((topic) => ({ id: `${TOPIC_ID}${topic.intent}`, title: titleOf(topic, scene.language) })),
    ...waysOn(scene).filter(isPerson),
  ];
  const first = topics[0]?.intent;
  return {
    effects: [ask(scene, { text: words(scene, "offerSeveral"), options })],
    ...(first !== undefined && { asked: first }),
  };
}

/** Asks for other words; what is unsure then goes to a person. The message that led here says nothing of the matter. */
export function askToDescribe(
  scene: Scene,
  key: "describe" | "notHelped",
  declined?: readonly string[],
): Decision {
  const options = key === "notHelped" ? waysOn(scene).filter(isPerson) : [];
  return { effects: [ask(scene, { text: words(scene, key), options, question: "", declined })] };
}

function waysOn(scene: Scene): Option[] {
  return [
    { id: ELSE_ID, title: words(scene, "optionElse") },
    { id: PERSON_ID, title: words(scene, "optionPerson") },
  ];
}

interface Offer {
  readonly text: string;
  readonly options: readonly Option[];
  /** What is offered for, where it is not the whole message. */
  readonly question?: string;
  readonly step?: string;
  /** Turned down so far; what was before where it is missing. */
  readonly declined?: readonly string[];
}

function ask(scene: Scene, offer: Offer): Effect {
  const { text, options, question = scene.text, step = "wait" } = offer;
  if (scene.turn.late) return { do: "say", text, options };
  const declined = offer.declined ?? openChoice(scene)?.declined ?? [];
  const asked = [openChoice(scene)?.question ?? "", question].filter((one) => one !== "").join(" / ");
  return {
    do: "ask",
    flow: CHOOSE,
    step,
    data: { options, question: asked.slice(0, 500), ...(declined.length > 0 && { declined }) },
    text,
    options,
  };
}
