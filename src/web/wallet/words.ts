import type { StepName } from "../../skills/wallet/api/check.ts";
import type { Failure } from "../customer-page/call.ts";
import type { Form, FrameWords, Language, Problem } from "../customer-page/words.ts";
import type { Asked, Coin, Movement } from "./contract.ts";
import { de } from "./words/de.ts";
import { en } from "./words/en.ts";

/** What is said of one thing: what it looks at, what was found, and what a failure would mean. */
export interface StepWords {
  title: string;
  good: string;
  bad: string;
  open: string;
}

/** Every sentence of the page, in one language and form of address. */
export interface Words extends FrameWords {
  title: string;
  loading: string;
  back: string;
  home: HomeWords;
  legal: Record<Coin["legal"], { tag: string; text: string }>;
  first: FirstWords;
  pay: PayWords;
  history: HistoryWords;
  buy: BuyWords;
  check: CheckWords;
  safety: SafetyWords;
  lost: LostWords;
  refused: Record<string, string>;
  failures: Record<Exclude<Failure, "ended">, string>;
  problems: Record<
    "noWallet" | "noKeys" | "notKept" | "unreadable" | "ended" | "unreachable" | "noRequest",
    Problem
  >;
}

export interface HomeWords {
  balance: string;
  euro(amount: string): string;
  held(amount: string): string;
  frozen: string;
  dayLeft(amount: string): string;
  none: string;
  offline(clock: string): string;
  asOf(clock: string): string;
  refresh: string;
  scan: string;
  scanText: string;
  stopScan: string;
  noCamera: string;
  cameraRefused: string;
  code: string;
  codeRead: string;
  codeWrong: string;
  unsafe: string;
  unsafeText: string;
  safe(needed: string, of: string): string;
  which: string;
  conversation: string;
  public: string;
  account: string;
  accountText: string;
  copy: string;
  copied: string;
}

export interface FirstWords {
  kicker: string;
  title(coin: string): string;
  issuer(name: string): string;
  promised: string;
  /** Not of play money. */
  backing(coin: string, issuer: string): string;
  promises: string[];
  notPromised: string;
  limits: Record<Coin["legal"], string[]>;
  keyTitle: string;
  keyText: string;
  label: string;
  labelHint: string;
  labelDefault: string;
  open: string;
  over: string;
  already: string;
  toWallet: string;
}

export interface PayWords {
  kicker: string;
  to: string;
  forWhat: string;
  amount: string;
  balance: string;
  after: string;
  pay(amount: string): string;
  hold(amount: string): string;
  no: string;
  until(moment: string): string;
  holdText(until: string): string;
  backed(coin: string): string;
  short(missing: string): string;
  overDay(left: string): string;
  signing: string;
  waiting: string;
  waitingText: string;
  sendAgain: string;
  overTitle: string;
  overText: string;
  refusedTitle: string;
  dismiss: string;
  state: Record<Asked["state"], { title: string; text: string }>;
  paidOn: string;
  refunded: string;
  booking: string;
  block: string;
  newBalance: string;
  print: string;
  checkLink: string;
  toWallet: string;
  offline: OfflineWords;
  needsWallet: string;
  needsWalletText: string;
}

export interface OfflineWords {
  kicker: string;
  text: string;
  sign(amount: string): string;
  title: string;
  show: string;
  code: string;
  asText: string;
  until(clock: string): string;
  notYet: string;
}

export interface HistoryWords {
  title: string;
  empty: string;
  all: string;
  more: string;
  kinds: Record<Movement["kind"], string>;
  waiting: string;
}

export interface BuyWords {
  title: string;
  text: string;
  label: string;
  wrong: string;
  pay(amount: string): string;
  afterwards: string;
  counter: string;
}

export interface CheckWords {
  title: string;
  open: string;
  lead: string;
  run: string;
  running: string;
  good: string;
  goodText(total: string): string;
  bad: string;
  badText: string;
  states: Record<"good" | "bad" | "open", string>;
  steps: Record<StepName, StepWords>;
  figures: string;
  found: string;
  expected: string;
  took(ms: string): string;
  save: string;
  saveText: string;
  limits: string;
  none: string;
  malformed: string;
  statedAt(day: string): string;
}

export interface SafetyWords {
  title: string;
  open: string;
  lead: string;
  who: string;
  nobody: string;
  needed(needed: string, of: string): string;
  neededLabel: string;
  neededText: string;
  device: string;
  deviceText: string;
  deviceMake: string;
  deviceCode: string;
  deviceUntil(clock: string): string;
  add: string;
  addText: string;
  addLabel: string;
  nameLabel: string;
  addButton: string;
  wrongAccount: string;
  ownAccount: string;
  twice: string;
  remove(name: string): string;
  save: string;
  saved: string;
  unsaved: string;
  unnamed: string;
  helpTitle: string;
  helpText(label: string): string;
  helpAccount: string;
  helpRival: string;
  helpCode: string;
  helpAsk: string;
  help: string;
  helped: string;
  helpedAll: string;
  have(have: string, needed: string): string;
}

export interface LostWords {
  title: string;
  open: string;
  lead: string;
  known: string;
  account: string;
  accountText: string;
  wrong: string;
  ask: string;
  unknown: string;
  nobody: string;
  waiting: string;
  waitingText: string;
  code: string;
  have(have: string, needed: string): string;
  until(moment: string): string;
  expired: string;
  stop: string;
}

export function wordsOf(language: Language, form: Form): Words {
  return language === "de" ? de(form) : en;
}
