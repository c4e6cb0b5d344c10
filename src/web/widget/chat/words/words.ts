import type { Language } from "../../seam.ts";
import { du, sie } from "./de.ts";
import { en } from "./en.ts";

/** Every sentence of the chat. German stands in both forms of address. */
export interface Words {
  chatWith(company: string): string;
  you: string;
  loading: string;
  automatic: string;
  withPerson: string;
  waiting: string;
  waitingUntil(next: string): string;
  personHere(name: string): string;
  closed: string;
  offline: string;
  yourTurn: string;
  getPerson: string;
  /** What the customer says by pressing "get a person". */
  personPlease: string;
  often: string;
  oftenAgain: string;
  ratherPerson: string;
  peopleHere: string;
  peopleNext(next: string): string;
  placeholderFirst: string;
  placeholder(name: string): string;
  message: string;
  send: string;
  attach: string;
  removeFile: string;
  dropHere: string;
  close: string;
  menu: string;
  newest: string;
  tick: Record<"sending" | "waiting" | "sent" | "delivered" | "read" | "failed", string>;
  sayAgain: string;
  discard: string;
  helped: string;
  helpedYes: string;
  helpedNo: string;
  /** What the customer says by pressing one of them. */
  saysHelped: string;
  saysNotHelped: string;
  automaticShort: string;
  source(name: string): string;
  typing(name: string): string;
  revoked: string;
  file: string;
  openImage(name: string): string;
  used(count: string, limit: string): string;
  tooLong(over: string, limit: string): string;
  fileTooBig(limit: string): string;
  fileEmpty: string;
  log(company: string): string;
  noNet: { title: string; kept: string; later: string; fileStays: string; retry: string };
  /** The device is online, and yet nothing comes through. */
  noLine(company: string): string;
  busy: { title: string; kept: string; later(seconds: number): string };
  serverDown: { title(company: string): string; kept: string; later: string };
  broken: {
    title: string;
    happened: string;
    kept: string;
    act: string;
    refused: string;
    rows: [string, string, string];
    retry: string;
  };
  failedBecause: Record<"rejected" | "tooBig" | "refused", string>;
  language: string;
  languageName: Record<Language, string>;
  questions: string;
  transcript: string;
  transcriptTitle(company: string, at: string): string;
  myData: string;
  /** What the conversation understands as the wish for the own page. */
  myDataPlease: string;
  forget: string;
  forgetQuestion: string;
  forgetHint(company: string): string;
  forgetYes: string;
  forgetNo: string;
  elsewhere: string;
  imprint: string;
  privacy: string;
  runsOn: string;
}

/** @param form how the company addresses its customers; English has one form. */
export function wordsOf(language: Language, form: "sie" | "du"): Words {
  if (language === "en") return en;
  return form === "du" ? du : sie;
}
