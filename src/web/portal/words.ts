import type { Form, FrameWords, Language, Problem } from "../customer-page/words.ts";
import { de } from "./words/de.ts";
import { en } from "./words/en.ts";

/** Every sentence of the page, in one language and form of address. */
export interface Words extends FrameWords {
  title: string;
  lead: string;
  you: string;
  asOf(time: string): string;
  leave: string;
  loading: string;
  on: string;
  off: string;
  cancel: string;
  link: {
    until(clock: string): string;
    soon(clock: string): string;
    extend: string;
    extended(clock: string): string;
  };
  stored: {
    title: string;
    what: string;
    why: string;
    howLong: string;
    nothing: string;
    untilErased: string;
    days(count: string): string;
    afterLast(days: string): string;
    kinds: Record<string, { what(count: string): string; why: string; howLong?: string }>;
    rooms: Record<string, string>;
    entries(count: string): string;
    web: string;
  };
  grants: {
    title: string;
    none: string;
    chat: string;
    never: string;
    since(day: string): string;
    withdrawn(day: string): string;
    until(day: string): string;
    ranOut(day: string): string;
    wording: string;
    how: Record<string, string>;
    all: string;
    given: string;
    taken: string;
    allTaken: string;
    promise: string;
  };
  decisions: {
    title: string;
    lead: string;
    none: string;
    made(time: string): string;
    contest: string;
    question: string;
    help: string;
    send: string;
    contested(day: string): string;
    answerBy(time: string): string;
    more(count: string): string;
    basis: string;
    rule: string;
    outcome: string;
  };
  readers: {
    title: string;
    last(who: string, when: string): string;
    all(count: string): string;
    none: string;
    when(day: string, clock: string): string;
    more(count: string): string;
    roles: Record<string, string>;
  };
  take: { title: string; lead: string; html: string; json: string; print: string; ready: string };
  erase: {
    title: string;
    lead: string;
    prepare: string;
    question: string;
    stays: string;
    word: string;
    label(word: string): string;
    wrong(word: string): string;
    confirm: string;
  };
  erased: {
    title: string;
    lead(time: string): string;
    kept: string;
    kinds: Record<string, (count: string) => string>;
    until(day: string): string;
    forGood: string;
    after: string;
  };
  ended: Problem;
  noKey: Problem;
  offline: Problem & { line(time: string): string };
  left: Problem;
  failures: Record<"offline" | "busy" | "refused", string>;
}

export function wordsOf(language: Language, form: Form): Words {
  return language === "de" ? de(form) : en;
}
