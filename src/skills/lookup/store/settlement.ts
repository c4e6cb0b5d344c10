import type { Timer } from "#kernel";
import type { Answered } from "../adapters/asking.ts";
import type { LookupRecord } from "../api/record.ts";
import type { Outcome } from "../flows/outcome.ts";
import type { Call } from "../flows/wish.ts";
import type { Plan } from "./asking.ts";
import type { Counting } from "./attempts.ts";
import type { OpenTalk } from "./codes.ts";
import type { ConnectionRow } from "./connections.ts";

/** What goes into the decision after the registers were asked, and what comes out of it. */

/** What one register answered; null where it was left alone because it failed before. */
export interface Result {
  readonly connection: ConnectionRow;
  readonly answer: Answered<readonly LookupRecord[]>;
  readonly wasAsked: boolean;
}

export interface Settling {
  readonly timer: Timer;
  readonly call: Call;
  readonly plan: Plan;
  readonly results: readonly Result[];
  readonly counting: Counting;
  /** Asked before a restore that nobody has released yet. */
  readonly isOld: boolean;
  /** Six digits, others each time. */
  newCode(): string;
  /** A hash of nothing, for numbers that nobody has. */
  readonly noHash: Buffer;
}

export interface Settled {
  readonly outcome: Outcome;
  /** What is to leave after the commit. */
  readonly sends: readonly CodeSend[];
}

export interface CodeSend {
  readonly code: string;
  readonly address: string;
  /** The WhatsApp conversation it goes to; null for a mailbox. */
  readonly talk: OpenTalk | null;
}
