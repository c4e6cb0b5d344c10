import type { BodyOf } from "#kernel/api";
import type { logCall } from "../../../skills/telephone/api.ts";

/** What somebody fills in about a call; pure, so that what is sent can be read here. */

export const outcomes = ["reached", "not_reached", "voicemail", "promised"] as const;
export const settles = ["nothing", "answered", "closed"] as const;

export interface LogDraft {
  readonly direction: "in" | "out";
  readonly outcome: (typeof outcomes)[number];
  readonly note: string;
  readonly minutes: string;
  /** "" = none */
  readonly topic: string;
  readonly settle: (typeof settles)[number];
  /** Of a promise: ms. */
  readonly promisedAt: number;
}

/** Whose call it is; the promise or the call in vain that it answers. */
export interface LogTarget {
  readonly conversationId?: number;
  readonly contactId?: number;
  readonly phone?: string;
  readonly name?: string;
  readonly callbackId?: number;
  readonly missedId?: number;
}

export const emptyDraft = (now: number, direction: LogDraft["direction"]): LogDraft => ({
  direction,
  outcome: "reached",
  note: "",
  minutes: "",
  topic: "",
  settle: "nothing",
  promisedAt: now + 3_600_000,
});

const MOST_MINUTES = 24 * 60;

/** What is wrong in which field; null = nothing. */
export function faultsOf(draft: LogDraft, target: LogTarget | null, now: number) {
  const minutes = Number(draft.minutes.replace(",", "."));
  return {
    target: target === null ? ("calls.whoMissing" as const) : null,
    minutes:
      draft.minutes.trim() === "" || (minutes >= 0 && minutes <= MOST_MINUTES)
        ? null
        : ("calls.minutesWrong" as const),
    promisedAt: draft.outcome === "promised" && !(draft.promisedAt > now) ? ("calls.past" as const) : null,
  };
}

export function bodyOf(draft: LogDraft, target: LogTarget, clientId: string): BodyOf<typeof logCall> {
  const minutes = draft.minutes.trim() === "" ? null : Number(draft.minutes.replace(",", "."));
  const hasTalked = draft.outcome === "reached" || draft.outcome === "promised";
  return {
    ...target,
    clientId,
    direction: draft.direction,
    outcome: draft.outcome,
    note: draft.note.trim(),
    seconds: minutes === null || !hasTalked ? null : Math.round(minutes * 60),
    topic: draft.topic || null,
    settle: draft.settle,
    ...(draft.outcome === "promised" && {
      promise: {
        promisedAt: new Date(draft.promisedAt).toISOString(),
        until: null,
        phone: target.phone ?? "",
      },
    }),
  };
}
