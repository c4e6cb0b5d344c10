import type { Effect, Turn } from "#kernel";
import type { Understanding } from "../ports.ts";
import { type CallWish, mayBeTime, readCallWish, saysLeave } from "../rules/call-wishes.ts";
import { FURTHEST_MS, LONGEST_SPAN_MS } from "../rules/limits.ts";
import { maskedNumber } from "../rules/phone-number.ts";
import { MOVE, WITHDRAW } from "../rules/timer-kinds.ts";
import type { OpenPromise } from "../store/promises.ts";
import { spokenMoment, words } from "./words.ts";

/**
 * Who waits for a promised call may change it or take it back by writing so, whoever has the conversation. That a call is
 * wished at all is asked for by the first level (service); here nothing is promised, so nobody is promised two.
 */

const TIME_ID = "telephone:time";
const WITHDRAW_ID = "telephone:withdraw";
const FLOW = "time";
const MOST_TRIES = 2;

/** @param promise the open one of this conversation @returns null when the message is about something else */
export function decide(
  turn: Turn,
  promise: OpenPromise | undefined,
  understanding: Understanding,
): readonly Effect[] | null {
  if (turn.late) return null;
  const { flow } = turn.conversation;
  const isAsked = flow?.skill === "telephone" && flow.flow === FLOW;
  const tap = tapOf(turn);
  if (!promise) {
    const isOurs = turn.message.content.type === "choice" && (tap === TIME_ID || tap === WITHDRAW_ID);
    return isOurs ? [{ do: "say", text: words(turn, "nothingPromised") }] : null;
  }
  if (tap === WITHDRAW_ID) return withdraw(turn, promise);
  if (tap === TIME_ID) return askTime(turn, "askTime", 0);
  if (turn.message.content.type !== "text") return null;
  const { text } = turn.message;
  const wish = readCallWish(text);
  if (wish === "withdraw") return withdraw(turn, promise);
  if (isAsked) return takeTime(turn, promise, understanding);
  if (wish === null && promise.isTold && mayBeTime(text)) {
    const wished = wishedTime(turn, understanding);
    return wished && move(turn, promise, wished);
  }
  // While a person has the conversation, a question is for that person.
  if (wish === null || (wish === "ask" && turn.conversation.isHeld)) return null;
  return answerWish(turn, promise, { wish, understanding });
}

/** What was tapped, or written where nothing can be tapped. */
function tapOf(turn: Turn): string | null {
  const { content, text } = turn.message;
  if (content.type === "choice") return content.id;
  const said = text.trim().toLowerCase();
  if (said === words(turn, "optionTime").toLowerCase()) return TIME_ID;
  return said === words(turn, "optionWithdraw").toLowerCase() ? WITHDRAW_ID : null;
}

function answerWish(
  turn: Turn,
  promise: OpenPromise,
  { wish, understanding }: { wish: CallWish; understanding: Understanding },
): readonly Effect[] {
  const wished = wishedTime(turn, understanding);
  if (wished) return move(turn, promise, wished);
  return wish === "change" ? askTime(turn, "askTime", 0) : sayPromised(turn, promise);
}

/** There is one already: when, where, and how to change it. */
function sayPromised(turn: Turn, promise: OpenPromise): readonly Effect[] {
  const isOver = (promise.until ?? promise.promisedAt) <= turn.now;
  const text = words(turn, isOver ? "promisedOver" : "promised", valuesOf(turn, promise));
  const options = [
    { id: TIME_ID, title: words(turn, "optionTime") },
    { id: WITHDRAW_ID, title: words(turn, "optionWithdraw") },
  ];
  return [{ do: "say", text, options }];
}

function askTime(turn: Turn, key: "askTime" | "askTimeAgain", tries: number): readonly Effect[] {
  return [{ do: "ask", flow: FLOW, step: "time", data: { tries }, text: words(turn, key) }];
}

function takeTime(turn: Turn, promise: OpenPromise, understanding: Understanding): readonly Effect[] | null {
  if (saysLeave(turn.message.text))
    return [{ do: "say", text: words(turn, "left", valuesOf(turn, promise)) }, { do: "endFlow" }];
  const wished = wishedTime(turn, understanding);
  if (wished) return move(turn, promise, wished);
  // A question is about something else: others answer it, and the call stays as it was.
  if (turn.message.text.includes("?")) return null;
  const tries = Number(turn.conversation.flow?.data.tries ?? 0) + 1;
  return tries < MOST_TRIES
    ? askTime(turn, "askTimeAgain", tries)
    : [{ do: "say", text: words(turn, "left", valuesOf(turn, promise)) }, { do: "endFlow" }];
}

interface Wished {
  readonly at: number;
  readonly until: number | null;
  readonly isAsWished: boolean;
}

/** The named time, as far as somebody is there then; otherwise when somebody is. */
function wishedTime({ message, now, tenant }: Turn, understanding: Understanding): Wished | null {
  const phone = understanding.phone(message.text);
  // The figures of a number are no time of day.
  const text = phone
    ? `${message.text.slice(0, phone.start)} ${message.text.slice(phone.end)}`
    : message.text;
  const found = understanding.time(text, now, tenant.timeZone);
  if (!found || found.at <= now || found.at > now + FURTHEST_MS) return null;
  const at = understanding.nextOpening(tenant, found.at) ?? found.at;
  const isSpan = found.hasTime && found.until !== null && found.until - found.at <= LONGEST_SPAN_MS;
  const until = isSpan && found.until !== null && found.until > at ? found.until : null;
  return { at, until, isAsWished: at === found.at || until !== null };
}

function move(turn: Turn, promise: OpenPromise, { at, until, isAsWished }: Wished): readonly Effect[] {
  const { callbackId, phone } = promise;
  const time = spokenMoment(turn, at, until);
  return [
    {
      do: "schedule",
      kind: MOVE,
      key: String(callbackId),
      dueAt: turn.now,
      payload: { callbackId, conversationId: turn.conversation.id, at, until },
    },
    {
      do: "say",
      text: words(turn, isAsWished ? "moved" : "movedToOpening", { time, phone: maskedNumber(phone) }),
    },
    { do: "endFlow" },
  ];
}

function withdraw(turn: Turn, { callbackId }: OpenPromise): readonly Effect[] {
  return [
    {
      do: "schedule",
      kind: WITHDRAW,
      key: String(callbackId),
      dueAt: turn.now,
      payload: { callbackId, conversationId: turn.conversation.id },
    },
    { do: "say", text: words(turn, "withdrawn") },
    { do: "endFlow" },
  ];
}

const valuesOf = (turn: Turn, { promisedAt, until, phone }: OpenPromise) => ({
  time: spokenMoment(turn, promisedAt, until),
  phone: maskedNumber(phone),
});
