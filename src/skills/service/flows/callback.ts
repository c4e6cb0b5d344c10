import type { Effect } from "#kernel";
import { corrected, findDateTime, findPhone } from "../rules/index.ts";
import { handOver, summaryOf } from "./hand-over.ts";
import { bareTitle } from "./knowledge.ts";
import { memoryOf } from "./memory.ts";
import { saysNo, saysYes, yesOrNo } from "./order.ts";
import { type Decision, type Scene, words } from "./scene.ts";
import { spokenTime } from "./spoken-time.ts";
import { detoursOf, MOST_DETOURS, questionOf, type Steps } from "./steps.ts";

/** Asks for number and time, has both confirmed and books the call. */
export const CALLBACK = "callback";
const MOST_TRIES = 2;
/** "am besten übermorgen um 9 Uhr" */
const MOST_TIME_WORDS = 6;
/** "As soon as possible" leaves somebody the time to see it. */
const NOTICE_MS = 15 * 60_000;
const ROUND_MS = 5 * 60_000;
/** Nobody plans a call further ahead. */
const FURTHEST_MS = 60 * 86_400_000;
const SOON =
  /(?:^| )(?:jetzt|sofort|gleich|egal|jederzeit|asap|now|anytime|any time|whenever|moeglichst bald|so bald wie moeglich|schnellstmoeglich|as soon as possible|right away|immediately|soon)(?: |$)/;

interface CallData {
  readonly phone?: string;
  readonly at?: number;
  readonly tries: number;
  readonly topic: string;
  readonly detours: number;
  /** What the flow was opened with; the summary for the team quotes it. */
  readonly question: string;
}

/** What this flow does while it is open. */
export const callbackSteps: Steps = {
  owns: ({ flow }) => flow === CALLBACK,
  take: continueCallback,
  miss: repeatCallback,
  resume(scene) {
    const data = dataOf(scene);
    if (data.detours >= MOST_DETOURS) return null;
    return [askOpen(scene, { ...data, detours: data.detours + 1 }, "resume")];
  },
  back(scene) {
    const { step } = scene.turn.conversation.flow ?? {};
    const data = dataOf(scene);
    if (step === "confirm" || step === "change")
      return { effects: [askTime(scene, "askTime", { ...data, at: undefined })] };
    return step === "time" ? { effects: [askPhone(scene, "askPhone", { ...data, phone: undefined })] } : null;
  },
};

/** Takes what the wish itself, or an earlier message, already says: a number, a time. */
export function startCallback(scene: Scene): Decision {
  const { topic } = scene.turn.conversation;
  const { phone } = memoryOf(scene);
  return {
    effects: [next(scene, { tries: 0, topic: topic ?? "", detours: 0, phone, question: questionOf(scene) })],
  };
}

/** @returns null when the message is no answer to what was asked */
function continueCallback(scene: Scene): Decision | null {
  const { step } = scene.turn.conversation.flow ?? {};
  const data = dataOf(scene);
  if (step === "confirm") {
    if (saysYes(scene)) return book(scene, data);
    if (saysNo(scene)) return { effects: [askWhatIsWrong(scene, data)] };
  }
  if (isTap(scene, PHONE_ID))
    return { effects: [askPhone(scene, "askPhone", { ...data, phone: undefined })] };
  if (isTap(scene, TIME_ID)) return { effects: [askTime(scene, "askTime", { ...data, at: undefined })] };
  const phone = findPhone(scene.text)?.phone;
  const at = timeIn(scene, { isTimeOnly: step !== "phone" || isTimeAlone(scene), before: data.at });
  const isAnswer = phone !== undefined || (at !== undefined && (step !== "phone" || isTimeAlone(scene)));
  return isAnswer ? { effects: [next(scene, { ...data, tries: 0 })] } : null;
}

/** Whoever was asked for the number may name the time first; a longer message, or a question, is about something else. */
function isTimeAlone({ text, bare }: Scene): boolean {
  return bare.split(" ").length <= MOST_TIME_WORDS && !text.includes("?");
}

/** The message named neither number nor time and nothing else we know: asks once more, then a person helps. */
function repeatCallback(scene: Scene): Decision {
  const data = dataOf(scene);
  if (data.tries + 1 >= MOST_TRIES) return handOver(scene, { reason: "callback", key: "unsure" });
  return { effects: [askOpen(scene, { ...data, tries: data.tries + 1 }, "again")] };
}

const PHONE_ID = "call:phone";
const TIME_ID = "call:time";

/** What was right already is not asked for again. */
function askWhatIsWrong(scene: Scene, data: CallData): Effect {
  const options = [
    { id: PHONE_ID, title: words(scene, "optionOtherPhone") },
    { id: TIME_ID, title: words(scene, "optionOtherTime") },
  ];
  return {
    do: "ask",
    flow: CALLBACK,
    step: "change",
    data: { ...data },
    text: words(scene, "askChange"),
    options,
  };
}

function isTap(scene: Scene, id: string): boolean {
  const { content } = scene.turn.message;
  const key = id === PHONE_ID ? "optionOtherPhone" : "optionOtherTime";
  return (content.type === "choice" && content.id === id) || scene.bare === bareTitle(words(scene, key));
}

const OPEN_KEYS = {
  again: { phone: "askPhoneAgain", time: "askTimeAgain" },
  resume: { phone: "resumePhone", time: "resumeTime" },
} as const;

/** What is open, asked once more: because it was not understood, or because something else came between. */
function askOpen(scene: Scene, data: CallData, why: keyof typeof OPEN_KEYS): Effect {
  const { step } = scene.turn.conversation.flow ?? {};
  if (step === "confirm") return confirm(scene, data, "confirmCall");
  if (step === "change") return askWhatIsWrong(scene, data);
  return step === "time"
    ? askTime(scene, OPEN_KEYS[why].time, data)
    : askPhone(scene, OPEN_KEYS[why].phone, data);
}

/** The next thing to ask for, after taking what this message holds. */
function next(scene: Scene, before: CallData): Effect {
  const phone = findPhone(scene.text)?.phone ?? before.phone;
  const at = timeIn(scene, { isTimeOnly: phone === before.phone, before: before.at }) ?? before.at;
  const data = { ...before, phone, at };
  if (phone === undefined) return askPhone(scene, "askPhone", data);
  if (at === undefined) return askTime(scene, "askTime", data);
  const possible = scene.hours.nextOpening(scene.turn.tenant, at) ?? at;
  return confirm(scene, { ...data, at: possible }, possible === at ? "confirmCall" : "timeClosed");
}

interface Timing {
  /** Only the time is open: "now" is one. */
  readonly isTimeOnly: boolean;
  /** The moment understood so far, ms. */
  readonly before: number | undefined;
}

/** A named time in the future, or soon. The digits of a telephone number are no time. */
function timeIn(scene: Scene, { isTimeOnly, before }: Timing): number | undefined {
  const { turn, bare } = scene;
  const { timeZone } = turn.tenant;
  const phone = findPhone(scene.text);
  const text = phone ? `${scene.text.slice(0, phone.start)} ${scene.text.slice(phone.end)}` : scene.text;
  const found = findDateTime(text, { now: new Date(turn.now), timeZone });
  const named =
    found && (before === undefined ? found.at : corrected(new Date(before), found, timeZone)).getTime();
  if (named !== undefined && named > turn.now && named < turn.now + FURTHEST_MS) return named;
  const isSoon = SOON.test(bare) && (isTimeOnly || phone !== undefined);
  return isSoon ? Math.ceil((turn.now + NOTICE_MS) / ROUND_MS) * ROUND_MS : undefined;
}

function askPhone(scene: Scene, key: string, data: CallData): Effect {
  return { do: "ask", flow: CALLBACK, step: "phone", data: { ...data }, text: words(scene, key) };
}

function askTime(scene: Scene, key: string, data: CallData): Effect {
  return { do: "ask", flow: CALLBACK, step: "time", data: { ...data }, text: words(scene, key) };
}

function confirm(scene: Scene, data: CallData, key: string): Effect {
  return {
    do: "ask",
    flow: CALLBACK,
    step: "confirm",
    data: { ...data },
    text: words(scene, key, valuesOf(scene, data)),
    options: yesOrNo(scene),
  };
}

function book(scene: Scene, data: CallData): Decision {
  const { phone = "", at = 0, topic } = data;
  // A yes that comes days later must not promise a moment that has gone.
  if (at < scene.turn.now) return { effects: [askTime(scene, "askTime", { ...data, at: undefined })] };
  return {
    effects: [
      { do: "callback", phone, promisedAt: at, topic, summary: summaryOf(scene) },
      { do: "say", text: words(scene, "callBooked", valuesOf(scene, data)) },
      { do: "endFlow" },
    ],
  };
}

function valuesOf(scene: Scene, { phone = "", at = 0 }: CallData): Record<string, string> {
  const { turn, language } = scene;
  return { phone, time: spokenTime(at, { language, timeZone: turn.tenant.timeZone, now: turn.now }) };
}

function dataOf(scene: Scene): CallData {
  const { data = {} } = scene.turn.conversation.flow ?? {};
  return {
    phone: typeof data.phone === "string" ? data.phone : undefined,
    at: typeof data.at === "number" ? data.at : undefined,
    tries: Number(data.tries ?? 0),
    topic: typeof data.topic === "string" ? data.topic : "",
    detours: detoursOf(data),
    question: typeof data.question === "string" ? data.question : "",
  };
}
