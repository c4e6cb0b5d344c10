import type { FailAction, ProviderError, SendResult } from "#kernel";

/** What nodemailer tells of a send that failed. */
export interface SmtpFault {
  /** nodemailer's: EAUTH, EDNS, ECONNECTION, ETIMEDOUT, ESOCKET, ETLS, EENVELOPE, EMESSAGE … */
  code: string;
  /** Three digits of the server's reply; 0 = it gave none. */
  responseCode: number;
  /** e.g. "550 5.1.1 No such user" */
  response: string;
  /** The whole mail was handed to the connection: the server may have it. */
  isWritten: boolean;
}

type Fate =
  | { outcome: "retry"; afterMs: number; scope: "pair" | "account" }
  | { outcome: "failed"; action: FailAction }
  | { outcome: "uncertain" };

interface Rule {
  why: string;
  when: (fault: SmtpFault) => boolean;
  fate: Fate;
}

const MINUTE = 60_000;
const again = (minutes: number, scope: "pair" | "account"): Fate => ({
  outcome: "retry",
  afterMs: minutes * MINUTE,
  scope,
});
const failed = (action: FailAction): Fate => ({ outcome: "failed", action });

const enhanced =
  (pattern: RegExp) =>
  ({ response }: SmtpFault): boolean =>
    pattern.test(response);
const replied =
  (...codes: readonly number[]) =>
  ({ responseCode }: SmtpFault): boolean =>
    codes.includes(responseCode);
const unreached =
  (...codes: readonly string[]) =>
  ({ code, responseCode }: SmtpFault): boolean =>
    responseCode === 0 && codes.includes(code);

/**
 * First match decides. Replies by RFC 5321 section 4.2, enhanced codes by RFC 3463; a login that is refused makes the
 * channel red, because every later mail would end the same way.
 */
const RULES: readonly Rule[] = [
  {
    why: "the login may work in a moment",
    when: (f) => f.code === "EAUTH" && replied(421, 454)(f),
    fate: again(2, "account"),
  },
  {
    why: "the login is refused",
    when: (f) => f.code === "EAUTH" || f.code === "ENOAUTH" || f.code === "EOAUTH2",
    fate: failed("red"),
  },
  { why: "the server wants a login", when: replied(530, 534, 535, 538), fate: failed("red") },
  { why: "the connection cannot be made safe", when: (f) => f.code === "ETLS", fate: failed("red") },
  {
    why: "the recipient's mailbox is full",
    when: enhanced(/^552[ -]5\.2\.2|\b5\.2\.2\b/),
    fate: failed("never"),
  },
  { why: "the recipient's mailbox is full for now", when: enhanced(/\b4\.2\.2\b/), fate: again(30, "pair") },
  {
    why: "our quota is used up",
    when: enhanced(
      /\b4\.(?:5\.3|7\.28|7\.0)\b|\bquota|\brate limit|too many (?:messages|mails|connections)|limit exceeded/i,
    ),
    fate: again(15, "account"),
  },
  {
    why: "the server takes it for spam or does not trust our domain",
    when: enhanced(/\b5\.7\.(?:[1-9]|2\d)\b|\bspam|\bDMARC|\bSPF\b|\bDKIM\b|block ?list|blacklist/i),
    fate: failed("quality"),
  },
  { why: "the mail is too big", when: enhanced(/\b5\.3\.4\b|\b5\.2\.3\b|^552/), fate: failed("media") },
  { why: "the server is busy", when: replied(421), fate: again(5, "account") },
  {
    why: "greylisted, or the mailbox is busy",
    when: ({ responseCode: c }) => c >= 400 && c < 500,
    fate: again(5, "pair"),
  },
  { why: "the address is refused", when: ({ responseCode: c }) => c >= 500, fate: failed("never") },
  { why: "the address is no address", when: unreached("EENVELOPE"), fate: failed("never") },
  { why: "the mail cannot be built", when: unreached("EMESSAGE", "ESTREAM"), fate: failed("never") },
  {
    why: "after the last dot came no answer",
    when: (f) => f.isWritten && f.responseCode === 0,
    fate: { outcome: "uncertain" },
  },
  { why: "the server is not reached", when: () => true, fate: again(1, "account") },
];

/** What the sender does next. Words of the server are cut; they may name the recipient and stay at the desk. */
export function fateOf(fault: SmtpFault): SendResult {
  const rule = RULES.find(({ when }) => when(fault)) as Rule;
  const error: ProviderError = {
    code: fault.responseCode,
    title: rule.why,
    ...(fault.response !== "" && { details: fault.response.replace(/\s+/g, " ").slice(0, 300) }),
  };
  return { ...rule.fate, error };
}
