import type { Effect } from "#kernel";
import { corrected, findDateTime, findPhone } from "../rules/index.ts";
import { handOver, summaryOf } from "./hand-over.ts";
import { bareTitle } from "./knowledge.ts";
import { memoryOf } from "./memory.ts";
import { saysNo, saysYes, yesOrNo } from "./order.ts";
import { type Decision, type Scene, words } from "./scene.ts";
import { spokenSpan, spokenTime } from "./spoken-time.ts";
import { detoursOf, MOST_DETOURS, questionOf, type Steps } from "./steps.ts";

/** Asks for number and time, has both confirmed and books the call. */
export const CALLBACK = "callback";
const MOST_TRIES = 2;
/** "am besten übermorgen um 9 Uhr" */
const MOST_TIME_WORDS = 6;
/** "As soon as possible" leaves somebody the time to see it. */
const NOTICE_MS = 15 * 60_000;
const ROUND_MS = 5 * 60_000;
/** "Zwischen 9 und 17 Uhr" is a wish, "nächste Woche" is none. */
const LONGEST_SPAN_MS = 12 * 3_600_000;
/** Nobody plans a call further ahead. */
const FURTHEST_MS = 60 * 86_400_000;
const SOON =
  /(?:^| )(?:jetzt|sofort|gleich|egal|jederzeit|asap|now|anytime|any time|whenever|moeglichst bald|so bald wie moeglich|schnellstmoeglich|as soon as possible|right away|immediately|soon)(?: |$)/;

interface CallData {
  readonly phone?: string;
  readonly at?: number;
  /** The end of the wished time, ms. */
  readonly until?: number;
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
      return { effects: [askTime(scene, "askTime", withoutTime(data))] };
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
  if (step === "known") {
    const { phone } = scene.turn.contact;
    if (saysYes(scene) && phone !== undefined)
      return { effects: [next(scene, { ...data, phone, tries: 0 })] };
    if (saysNo(scene)) return { effects: [askPhone(scene, "askPhone", data)] };
  }
  if (step === "confirm") {
    if (saysYes(scene)) return book(scene, data);
    if (saysNo(scene)) return { effects: [askWhatIsWrong(scene, data)] };
  }
  if (isTap(scene, PHONE_ID))
    return { effects: [askPhone(scene, "askPhone", { ...data, phone: undefined })] };
  if (isTap(scene, TIME_ID)) return { effects: [askTime(scene, "askTime", withoutTime(data))] };
  const phone = findPhone(scene.text)?.phone;
  const isPhoneOpen = step === "phone" || step === "known";
  const at = timeIn(scene, { isTimeOnly: !isPhoneOpen || isTimeAlone(scene), before: data.at })?.at;
  const isAnswer = phone !== undefined || (at !== undefined && (!isPhoneOpen || isTimeAlone(scene)));
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
  if (step === "known") return askKnown(scene, data);
  return step === "time"
    ? askTime(scene, OPEN_KEYS[why].time, data)
    : askPhone(scene, OPEN_KEYS[why].phone, data);
}

/** The next thing to ask for, after taking what this message holds. */
function next(scene: Scene, before: CallData): Effect {
  const phone = findPhone(scene.text)?.phone ?? before.phone;
  const isTimeOnly = phone === before.phone || phone === scene.turn.contact.phone;
  const { at, until } = timeIn(scene, { isTimeOnly, before: before.at }) ?? before;
  const data = { ...before, phone, at, until };
  if (phone === undefined)
    return scene.turn.contact.phone === undefined ? askPhone(scene, "askPhone", data) : askKnown(scene, data);
  if (at === undefined) return askTime(scene, "askTime", data);
  const possible = scene.hours.nextOpening(scene.turn.tenant, at) ?? at;
  // A span of which a part lies in the opening hours is that part.
  const end = until !== undefined && until > possible ? until : undefined;
  const isAsWished = possible === at || end !== undefined;
  return confirm(scene, { ...data, at: possible, until: end }, isAsWished ? "confirmCall" : "timeClosed");
}

const withoutTime = (data: CallData): CallData => ({ ...data, at: undefined, until: undefined });

/** The number from which somebody writes is offered, and shown by its last figures only. */
function askKnown(scene: Scene, data: CallData): Effect {
  const phone = maskedPhone(scene.turn.contact.phone ?? "");
  const text = words(scene, "askKnownPhone", { phone });
  return { do: "ask", flow: CALLBACK, step: "known", data: { ...data }, text, options: yesOrNo(scene) };
}

interface Timing {
  /** Only the time is open: "now" is one. */
  readonly isTimeOnly: boolean;
  /** The moment understood so far, ms. */
  readonly before: number | undefined;
}

interface Wished {
  readonly at: number;
  readonly until?: number | undefined;
}

/** A named time in the future, or soon. The digits of a telephone number are no time. */
function timeIn(scene: Scene, { isTimeOnly, before }: Timing): Wished | undefined {
  const { turn, bare } = scene;
  const { timeZone } = turn.tenant;
  const phone = findPhone(scene.text);
  const text = phone ? `${scene.text.slice(0, phone.start)} ${scene.text.slice(phone.end)}` : scene.text;
  const found = findDateTime(text, { now: new Date(turn.now), timeZone });
  const named =
    found && (before === undefined ? found.at : corrected(new Date(before), found, timeZone)).getTime();
  if (found && named !== undefined && named > turn.now && named < turn.now + FURTHEST_MS) {
    const length = found.hasTime && found.until ? found.until.getTime() - found.at.getTime() : 0;
    return { at: named, ...(length > 0 && length <= LONGEST_SPAN_MS && { until: named + length }) };
  }
  const isSoon = SOON.test(bare) && (isTimeOnly || phone !== undefined);
  return isSoon ? { at: Math.ceil((turn.now + NOTICE_MS) / ROUND_MS) * ROUND_MS } : undefined;
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
  if (at < scene.turn.now) return { effects: [askTime(scene, "askTime", withoutTime(data))] };
  return {
    effects: [
      { do: "callback", phone, promisedAt: at, until: data.until, topic, summary: summaryOf(scene) },
      { do: "say", text: words(scene, "callBooked", valuesOf(scene, data)) },
      { do: "endFlow" },
    ],
  };
}

function valuesOf(scene: Scene, { phone = "", at = 0, until }: CallData): Record<string, string> {
  const { turn, language } = scene;
  const place = { language, timeZone: turn.tenant.timeZone, now: turn.now };
  const time = until === undefined ? spokenTime(at, place) : spokenSpan(at, until, place);
  // What was typed here is repeated; what the provider told us is only hinted at.
  return { phone: phone === turn.contact.phone ? maskedPhone(phone) : phone, time };
}

/** "+49 … 4711": enough to know one's own number by. */
const maskedPhone = (phone: string): string => `${phone.slice(0, 3)} … ${phone.slice(-4)}`;

function dataOf(scene: Scene): CallData {
  const { data = {} } = scene.turn.conversation.flow ?? {};
  return {
    phone: typeof data.phone === "string" ? data.phone : undefined,
    at: typeof data.at === "number" ? data.at : undefined,
    until: typeof data.until === "number" ? data.until : undefined,
    tries: Number(data.tries ?? 0),
    topic: typeof data.topic === "string" ? data.topic : "",
    detours: detoursOf(data),
    question: typeof data.question === "string" ? data.question : "",
  };
}
