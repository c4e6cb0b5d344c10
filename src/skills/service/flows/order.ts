import type { Effect, Option } from "#kernel";
import { findOrder } from "../rules/index.ts";
import { optionsOf, wordsOf } from "./answer.ts";
import { handOver } from "./hand-over.ts";
import { bareTitle, type KnownTopic, titleOf } from "./knowledge.ts";
import { memoryOf } from "./memory.ts";
import { NO_ID, YES_ID } from "./option-ids.ts";
import { type Decision, type Scene, words } from "./scene.ts";
import { detoursOf, MOST_DETOURS, questionOf, type Steps } from "./steps.ts";

/** Asks for an order number, has it confirmed and hands over with it. */
export const COLLECT_ORDER = "collect_order";
const MOST_TRIES = 2;

interface OrderData {
  readonly intent: string;
  readonly number?: string;
  readonly tries: number;
  readonly detours: number;
  /** What the flow was opened with; the summary for the team quotes it. */
  readonly question: string;
}

/** What this flow does while it is open. */
export const orderSteps: Steps = {
  owns: ({ flow }) => flow === COLLECT_ORDER,
  take: continueOrder,
  miss: repeatOrder,
  resume(scene) {
    const data = dataOf(scene);
    if (data.detours >= MOST_DETOURS) return null;
    return [askOpen(scene, { ...data, detours: data.detours + 1 }, "resumeOrder")];
  },
  back(scene) {
    const data = dataOf(scene);
    if (data.number === undefined) return null;
    return { effects: [askNumber(scene, "askOrder", { ...data, number: undefined })] };
  },
};

/** Words that say nothing beside an order number. */
const BESIDE_A_NUMBER = new Set(
  `die meine ist das hier bitte lautet nummer bestellnummer bestellung nr hallo guten tag the my is it its here order number no please thanks danke`.split(
    " ",
  ),
);

/** The topic's answer is what the flow opens with; a number that was named already is only confirmed. */
export function startOrder(scene: Scene, topic: KnownTopic): Decision {
  const number = orderIn(scene) ?? memoryOf(scene).order;
  const opened: OrderData = { intent: topic.intent, tries: 0, detours: 0, question: questionOf(scene) };
  const counted = { asked: topic.intent, answered: topic.intent };
  const remember: Effect = { do: "remember", topic: topic.intent };
  if (number !== undefined) {
    return {
      ...counted,
      effects: [remember, confirm(scene, { ...opened, number })],
    };
  }
  const { text, answer } = wordsOf(scene, topic);
  const ask: Effect = {
    do: "ask",
    flow: COLLECT_ORDER,
    step: "number",
    data: { ...opened },
    text: answer ? text : words(scene, "askOrder"),
    source: titleOf(topic, scene.language),
    ...(answer && answer.options.length > 0 && { options: optionsOf(answer) }),
    ...(answer?.link && { link: answer.link }),
    ...(answer?.fileId && { imageFileId: answer.fileId }),
  };
  return { ...counted, effects: [remember, ask] };
}

/** @returns null when the message is no answer to what was asked */
function continueOrder(scene: Scene): Decision | null {
  const data = dataOf(scene);
  const number = orderIn(scene);
  if (number !== undefined && number !== data.number)
    return { effects: [confirm(scene, { ...data, number })] };
  if (data.number === undefined) return null;
  if (saysYes(scene) || number === data.number) return passOn(scene, data.number);
  if (saysNo(scene)) return { effects: [askNumber(scene, "askOrder", { ...data, number: undefined })] };
  return null;
}

/** The message named no number and nothing else we know: asks once more, then a person helps. */
function repeatOrder(scene: Scene): Decision {
  const data = dataOf(scene);
  if (data.tries + 1 >= MOST_TRIES) return handOver(scene, { reason: "flow", key: "unsure" });
  return { effects: [askOpen(scene, { ...data, tries: data.tries + 1 }, "askOrderAgain")] };
}

function askOpen(scene: Scene, data: OrderData, key: string): Effect {
  return data.number === undefined ? askNumber(scene, key, data) : confirm(scene, data);
}

/** A number sent without being asked for belongs to what was talked about. */
export function isBareOrderNumber(scene: Scene): boolean {
  const number = orderIn(scene);
  const { prefix } = scene.knowledge.orderStyle;
  if (number === undefined || (prefix === undefined && scene.turn.conversation.topic === null)) return false;
  return scene.bare
    .split(" ")
    .every(
      (word) =>
        BESIDE_A_NUMBER.has(word) ||
        /^\d+$/.test(word) ||
        number.toLowerCase().startsWith(word) ||
        bareTitle(number).replace(" ", "") === word,
    );
}

/** A number that came unasked. Digits alone may be a postcode or an amount, so they are confirmed first. */
export function takeOrder(scene: Scene): Decision {
  const number = orderIn(scene) ?? "";
  const { prefix } = scene.knowledge.orderStyle;
  const isPlain =
    prefix !== undefined && !scene.text.toLowerCase().includes(prefix.toLowerCase().replace(/\W+$/, ""));
  if (!isPlain) return passOn(scene, number);
  const intent = scene.turn.conversation.topic ?? "";
  return { effects: [confirm(scene, { intent, number, tries: 0, detours: 0, question: "" })] };
}

export function passOn(scene: Scene, number = orderIn(scene) ?? ""): Decision {
  return handOver(scene, { reason: "flow", key: "orderPassed", values: { number } });
}

function orderIn(scene: Scene): string | undefined {
  return findOrder(scene.text, scene.knowledge.orderStyle)?.order;
}

function confirm(scene: Scene, data: OrderData): Effect {
  const text = words(scene, "confirmOrder", { number: data.number ?? "" });
  return {
    do: "ask",
    flow: COLLECT_ORDER,
    step: "confirm",
    data: { ...data },
    text,
    options: yesOrNo(scene),
  };
}

function askNumber(scene: Scene, key: string, data: OrderData): Effect {
  const { orderExample } = scene.knowledge;
  const example = orderExample ? words(scene, "orderExample", { number: orderExample }) : "";
  return {
    do: "ask",
    flow: COLLECT_ORDER,
    step: "number",
    data: { ...data },
    text: words(scene, key, { example }),
  };
}

function dataOf(scene: Scene): OrderData {
  const { data = {}, step = "" } = scene.turn.conversation.flow ?? {};
  const isConfirming = step === "confirm" && typeof data.number === "string";
  return {
    intent: String(data.intent ?? ""),
    number: isConfirming ? String(data.number) : undefined,
    tries: Number(data.tries ?? 0),
    detours: detoursOf(data),
    question: String(data.question ?? ""),
  };
}

export function yesOrNo(scene: Scene): Option[] {
  return [
    { id: YES_ID, title: words(scene, "optionYes") },
    { id: NO_ID, title: words(scene, "optionNo") },
  ];
}

export function saysYes(scene: Scene): boolean {
  return says(scene, YES_ID, "optionYes") || scene.request === "yes";
}

export function saysNo(scene: Scene): boolean {
  return says(scene, NO_ID, "optionNo") || scene.request === "no";
}

function says(scene: Scene, id: string, key: string): boolean {
  const { content } = scene.turn.message;
  return (content.type === "choice" && content.id === id) || scene.bare === bareTitle(words(scene, key));
}
