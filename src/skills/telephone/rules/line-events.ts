import type { Direction } from "./call-words.ts";

/** What telephone systems tell of a call, each in its own words. */

export const LINE_KINDS = ["sipgate", "placetel", "generic"] as const;
export type LineKind = (typeof LINE_KINDS)[number];

export interface LineEvent {
  readonly what: "rang" | "answered" | "ended";
  /** As the telephone system names the call. */
  readonly callId: string;
  readonly direction: Direction | null;
  /** The number outside of the house, as it is written; null = this event does not say. */
  readonly written: string | null;
  /** A machine answered. */
  readonly isVoicemail: boolean;
  /** How it ended; `answered` = as the answer before says. */
  readonly ending: "answered" | "missed" | "voicemail" | "dropped" | null;
}

export type Body = Readonly<Record<string, unknown>>;

const CALL_ID_CHARACTERS = 128;
const NUMBER_CHARACTERS = 64;

const textIn = (body: Body, name: string): string => {
  const value = body[name];
  return typeof value === "string" ? value.trim() : typeof value === "number" ? String(value) : "";
};

/** @returns null for what is no event of this kind of system, or of no interest */
export function readLineEvent(kind: LineKind, body: Body): LineEvent | null {
  const event =
    kind === "sipgate" ? ofSipgate(body) : kind === "placetel" ? ofPlacetel(body) : ofGeneric(body);
  if (!event || event.callId === "" || event.callId.length > CALL_ID_CHARACTERS) return null;
  return (event.written?.length ?? 0) > NUMBER_CHARACTERS ? null : event;
}

/** The number outside: of a call to us who calls, of a call of ours who is called. */
function outside(body: Body, direction: Direction | null): string | null {
  if (direction === null) return null;
  const name = direction === "in" ? "from" : "to";
  return name in body ? textIn(body, name) : null;
}

const directionIn = (body: Body): Direction | null => {
  const direction = textIn(body, "direction");
  return direction === "in" || direction === "out" ? direction : null;
};

/**
 * sipgate.io's push API: newCall, answer and hangup as forms; a hangup names its cause. A call that is forwarded goes on as
 * another call; what a voicemail answers has the user "voicemail".
 */
function ofSipgate(body: Body): LineEvent | null {
  const event = textIn(body, "event");
  const direction = directionIn(body);
  const base = {
    callId: textIn(body, "callId"),
    direction,
    written: outside(body, direction),
    isVoicemail: false,
    ending: null,
  };
  if (event === "newCall") return { ...base, what: "rang" };
  if (event === "answer")
    return { ...base, what: "answered", isVoicemail: /^voicemail$/i.test(textIn(body, "user")) };
  if (event !== "hangup") return null;
  return { ...base, what: "ended", ending: causeOf(textIn(body, "cause")) };
}

/** normalClearing, busy, cancel, noAnswer, congestion, notFound, forwarded */
function causeOf(cause: string): LineEvent["ending"] {
  if (cause === "normalClearing") return "answered";
  return cause === "forwarded" ? "dropped" : "missed";
}

/** Placetel's notify API: IncomingCall, OutgoingCall, CallAccepted and HungUp as forms; a hang-up names its type. */
function ofPlacetel(body: Body): LineEvent | null {
  const event = textIn(body, "event");
  const given = directionIn(body);
  const direction = event === "OutgoingCall" ? "out" : event === "IncomingCall" ? "in" : given;
  const base = {
    callId: textIn(body, "call_id"),
    direction,
    // A hang-up says from and to of the call as it began, and its direction only sometimes.
    written: outside(body, direction),
    isVoicemail: false,
    ending: null,
  };
  if (event === "IncomingCall" || event === "OutgoingCall") return { ...base, what: "rang" };
  if (event === "CallAccepted") return { ...base, what: "answered" };
  if (event !== "HungUp") return null;
  const type = textIn(body, "type");
  const ending =
    type === "accepted"
      ? "answered"
      : type === "voicemail"
        ? "voicemail"
        : type === "blocked"
          ? "dropped"
          : "missed";
  return { ...base, what: "ended", ending };
}

const GENERIC_EVENTS: Readonly<Record<string, LineEvent["what"]>> = {
  ringing: "rang",
  answered: "answered",
  ended: "ended",
};
const GENERIC_RESULTS: Readonly<Record<string, LineEvent["ending"]>> = {
  answered: "answered",
  missed: "missed",
  voicemail: "voicemail",
  dropped: "dropped",
};

/** Our own words for systems that can be taught some, as JSON or as a form (docs/guide/telephone.md). */
function ofGeneric(body: Body): LineEvent | null {
  const what = GENERIC_EVENTS[textIn(body, "event")];
  if (!what) return null;
  const result = GENERIC_RESULTS[textIn(body, "result") || "answered"];
  if (what === "ended" && !result) return null;
  const direction = directionIn(body) ?? "in";
  return {
    what,
    callId: textIn(body, "callId"),
    direction,
    written: outside(body, direction),
    isVoicemail: what === "answered" && textIn(body, "by") === "voicemail",
    ending: what === "ended" ? (result ?? null) : null,
  };
}
