import type { QuestionState } from "../tables.ts";

/** What a mail that came back is to the question it names. */

export type Verdict =
  /** The answer that was waited for. */
  | "answer"
  /** One more after it. */
  | "again"
  /** Out of office and the like: shown quietly, the waiting goes on. */
  | "automatic"
  /** From another address than asked. */
  | "stranger"
  /** The mailbox's server says that the sender is not who it says. */
  | "unproven"
  /** After the question expired. */
  | "late"
  /** After it was withdrawn. */
  | "withdrawn"
  /** Nothing is said. */
  | "empty";

export interface AskedQuestion {
  state: QuestionState;
  toEmail: string;
}

export interface CameBack {
  from: string;
  text: string;
  hasFiles: boolean;
  automatic: string | null;
  isUnproven: boolean;
  isExpired: boolean;
}

/**
 * Who proves to be nobody is heard last: a machine's note is a machine's note whoever it is from, and only then does the
 * sender count, before everything that could make it an answer.
 */
export function judge(question: AskedQuestion, mail: CameBack): Verdict {
  if (mail.automatic !== null) return "automatic";
  if (mail.from !== question.toEmail) return "stranger";
  if (mail.isUnproven) return "unproven";
  if (mail.isExpired || question.state === "expired") return "late";
  if (mail.text.trim() === "" && !mail.hasFiles) return "empty";
  if (question.state === "withdrawn") return "withdrawn";
  return question.state === "answered" ? "again" : "answer";
}

/**
 * A mail to a question that is not kept any more: nobody knows who was asked, so nobody can be told to be them.
 * @returns null for a machine's note and for silence, which nobody needs so late
 */
export function judgeForgotten(mail: Omit<CameBack, "from" | "isExpired">): "late" | "unproven" | null {
  if (mail.automatic !== null || (mail.text.trim() === "" && !mail.hasFiles)) return null;
  return mail.isUnproven ? "unproven" : "late";
}

/** Does the case come back to an agent because of it? A machine's note and an empty mail leave it where it is. */
export function bringsBack(verdict: Verdict): boolean {
  return verdict !== "automatic" && verdict !== "empty";
}

/** The longest answer that is sent on unseen: a longer one repeats something that was not recognised as such. */
export const DIRECT_CHARACTERS = 2_000;

/**
 * May the answer go to the customer unseen (docs/decisions/0025)? Only the first one, from the asked address, with the words
 * that only the asked mailbox was sent, while company and agent both want it; never with files, never into a closed case,
 * never long, never when a line of our own mails stands in it, and only while it is waited for: once the case went back, or
 * somebody wrote in it since, a person reads it first.
 * @param wish.ours lines of our mails that a person would not write
 */
export function mayGoDirectly(
  answer: { verdict: Verdict; text: string; hasFiles: boolean },
  wish: {
    isDirect: boolean;
    isAllowed: boolean;
    isClosed: boolean;
    state: QuestionState;
    isOvertaken: boolean;
    ours: readonly string[];
  },
): boolean {
  if (answer.verdict !== "answer" || !wish.isDirect || !wish.isAllowed || wish.isClosed) return false;
  if (answer.hasFiles || answer.text.length > DIRECT_CHARACTERS) return false;
  if ((wish.state !== "queued" && wish.state !== "sent") || wish.isOvertaken) return false;
  const said = inOneLine(answer.text);
  return !wish.ours.some((line) => said.includes(inOneLine(line)));
}

/** Mail programs break lines anew, and quote with signs of their own. */
const inOneLine = (text: string): string => text.replace(/[\s>|]+/g, " ").trim();

/** What a bounce means to a question: it failed, unless somebody has answered it all the same. */
export function bounceEnds(state: QuestionState): boolean {
  return state === "queued" || state === "sent";
}

/** Who has the case when it comes back. */
export interface Holder {
  state: "bot" | "waiting" | "person" | "closed";
  assigneeId: string | null;
}

/** @param isThere whether the asking agent works and was seen lately */
export function wayBack(holder: Holder, asker: { id: string; isThere: boolean }): "stay" | "asker" | "queue" {
  const isHeld = holder.state === "person" && holder.assigneeId !== null;
  // Somebody has taken it over meanwhile: it stays with them.
  if (isHeld && holder.assigneeId !== asker.id) return "stay";
  return asker.isThere ? "asker" : "queue";
}
