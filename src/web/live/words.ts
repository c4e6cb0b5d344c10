import type { Failure } from "../customer-page/call.ts";
import type { Form, Language, LinkWords } from "../customer-page/words.ts";
import type { Choice, Live } from "./contract.ts";
import { de } from "./words/de.ts";
import { en } from "./words/en.ts";

/** Every sentence of the page, in one language and form of address. */
export interface Words extends LinkWords {
  from(sender: string): string;
  attempt(count: number): string;
  /** A window's hours: "19 bis 21 Uhr". */
  hours(from: string, until: string): string;
  today: string;
  /** Above the half-hour. */
  expected: string;
  promised: string;
  promisedIs(hours: string): string;
  told: string;
  stops(count: number): string;
  asOf(clock: string): string;
  offline(clock: string): string;
  map(stops: string): string;
  late: {
    title(until: string): string;
    expected(hours: string): string;
    over: string;
    owed(money: string): string;
  };
  owedRule(money: string): string;
  code: { title: string; text: string; label(code: string): string };
  ageCheck: string;
  choose: {
    title: string;
    names: Record<Choice, string>;
    chosen: Record<Choice, string>;
    neighbour: { label: string; help: string; send: string };
    leave: { label: string; help: string; send: string };
    cancel: string;
    noted: string;
    moveInConversation: string;
  };
  takeBack: {
    title: string;
    label: string;
    /** What may be given back; "" = anything that fits. */
    help(rule: string): string;
    send: string;
    drop: string;
    state: Record<
      "asked" | "taken" | "not_taken" | "at_depot" | "returned",
      (what: string, why: string) => string
    >;
  };
  details: { title: string; address: string; reference: string; note: string };
  conversation: string;
  done: {
    title: Record<"handed_over" | "neighbour" | "left_there", string>;
    at(day: string | null, clock: string): string;
    to: Record<"handed_over" | "neighbour" | "left_there", (words: string) => string>;
    owed(money: string): string;
    /** Nobody wrote down what became of it. */
    unknown: string;
    unknownText: string;
  };
  failed: {
    title: Record<"not_there" | "refused" | "not_recorded", string>;
    at(day: string | null, clock: string): string;
    next: Record<"another_window" | "collect" | "return", string>;
    collect(name: string, day: string): string;
    people: string;
    choose: string;
    free: string;
    none: string;
    /** Nobody answered: nothing is known about windows. */
    unanswered: string;
    look: string;
    gone: string;
  };
  over: Record<"cancelled" | "expired" | "held", { title: string; text: string }>;
  question: {
    title: string;
    yes: string;
    no: string;
    label: string;
    send: string;
    thanks: string;
    passedOn: string;
  };
  failures: Record<Exclude<Failure, "ended"> | "gone", string>;
}

export function wordsOf(language: Language, form: Form): Words {
  return language === "de" ? de(form) : en;
}

/** The one sentence that says how it stands, for those who do not see the page change. */
export function spokenState(live: Live, hours: string, words: Words): string {
  const { state, outcome, stopsBefore } = live;
  if (state === "done")
    return outcome === "not_recorded" ? words.done.unknown : words.done.title[handedAs(live)];
  if (state === "failed") return words.failed.title[failedAs(live)];
  if (state === "cancelled" || state === "expired" || state === "held") return words.over[overAs(live)].title;
  return [hours, stopsBefore === null ? "" : words.stops(stopsBefore)]
    .filter((part) => part !== "")
    .join(". ");
}

export const handedAs = ({ outcome }: Live): keyof Words["done"]["title"] =>
  outcome === "neighbour" || outcome === "left_there" ? outcome : "handed_over";

export const failedAs = ({ outcome }: Live): keyof Words["failed"]["title"] =>
  outcome === "refused" || outcome === "not_recorded" ? outcome : "not_there";

export const overAs = ({ state }: Live): keyof Words["over"] =>
  state === "cancelled" || state === "expired" ? state : "held";
