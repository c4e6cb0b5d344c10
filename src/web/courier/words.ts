import type { Form, Language, Problem } from "../customer-page/words.ts";
import type { Why } from "./contract.ts";
import type { Navigation, Theme } from "./state/phone-store.ts";
import { de } from "./words/de.ts";
import { en } from "./words/en.ts";

/** Every sentence of the page, in one language and form of address. */
export interface Words {
  title: string;
  loading: string;
  cancel: string;
  close: string;
  back: string;
  menu: string;
  on: string;
  off: string;
  noKey: Problem;
  ended(count: number): Problem;
  noPage: Problem;
  notLasting: string;
  notKept: string;
  net: {
    offline: string;
    queued(count: number): string;
    sending: string;
    busy: string;
    fresh(clock: string): string;
    refused(count: number): string;
  };
  why: Record<Why | "invalid", string>;
  refused: { title: string; lead: string; dismiss: string; kinds: Record<string, string> };
  shifts: {
    title: string;
    lead(name: string): string;
    none: string;
    states: Record<"planned" | "accepted" | "out" | "done", string>;
    declined: string;
    accept: string;
    decline: string;
    declineWhy: string;
    declineSend: string;
    hours(window: string): string;
    ends(name: string): string;
    open: string;
    stops(count: number): string;
    law: Record<
      "overlap" | "rest" | "daily_hours" | "average_hours" | "breaks",
      (would: string, limit: string) => string
    >;
    lawAsk: string;
    begins: string;
  };
  load: {
    title: string;
    counter(loaded: number, all: number): string;
    lead: string;
    camera: string;
    stopCamera: string;
    noCamera: string;
    cameraRefused: string;
    label: string;
    help: string;
    take: string;
    taken(name: string): string;
    again(name: string): string;
    several: string;
    foreign: string;
    missing: string;
    parcel(n: number, of: number): string;
    all: string;
    leave: string;
    leaveWithout(count: number): string;
    leaveAsk(count: number): string;
  };
  pickUp: {
    title: string;
    open(window: string): string;
    all: string;
    without: string;
    tag(count: number): string;
  };
  stop: {
    of(n: number, all: number): string;
    tour(n: number): string;
    line(done: number, all: number): string;
    promised: string;
    due: string;
    inPlan: string;
    late: string;
    unknown: string;
    note: string;
    takeBack: string;
    parcels(count: number): string;
    from(sender: string): string;
    skills: Record<"cold" | "age_check" | "fragile", string>;
    write: string;
    unread(count: number): string;
    call: string;
    handOver: string;
    notThere: string;
    next(text: string): string;
    last: string;
    navigate: string;
    map: string;
    allStops: string;
    delay: string;
    more: string;
    finished: string;
    finishedLead(depot: string): string;
    backAt: string;
  };
  hand: {
    title(name: string): string;
    code: string;
    codeHelp: string;
    codeLater: string;
    codeWrong: string;
    codeShape: string;
    photo: string;
    photoTaken: string;
    photoAgain: string;
    photoMissing: string;
    photoBroken: string;
    sign: string;
    signHelp: string;
    clear: string;
    signMissing: string;
    age: string;
    ageHelp: string;
    ageMissing: string;
    takeBack: string;
    takenAlong: string;
    notTaken: string;
    notTakenWhy: string;
    takeBackMissing: string;
    confirm: string;
    neighbour: string;
    neighbourName: string;
    neighbourMissing: string;
    neighbourConfirm: string;
    leave: string;
    leavePlace: string;
    leaveMissing: string;
    leaveConfirm: string;
    done: Record<
      "handed_over" | "neighbour" | "left_there" | "not_there" | "refused" | "not_recorded",
      string
    >;
  };
  away: {
    title: string;
    lead: string;
    onlyInPerson: string;
    notThere: string;
    notThereConfirm: string;
    refused: string;
    refusedWhy: string;
    refusedConfirm: string;
    photo: string;
  };
  undo: { button: string; done(what: string, who: string): string; undone: string };
  list: { title: string; open: string; state: Record<"next" | "open" | "waiting", string>; show: string };
  write: {
    title(name: string): string;
    lead: string;
    label: string;
    send: string;
    empty: string;
    from: Record<"dispatcher" | "customer" | "courier", string>;
    noConversation: string;
    sent: string;
    dispatcher: string;
  };
  call: { title: string; lead: string; number(phone: string): string; none: string };
  delay: {
    title: string;
    lead: string;
    minutes(count: number): string;
    why: string;
    send(minutes: number): string;
    sent: string;
  };
  more: {
    title: string;
    place: string;
    placeHelp: string;
    navigation: string;
    navigations: Record<Navigation, string>;
    language: string;
    theme: string;
    themes: Record<Theme, string>;
    toShifts: string;
    back: string;
    backAsk(open: number): string;
    backConfirm: string;
    over: string;
    overLead: string;
    goOn: string;
  };
}

export function wordsOf(language: Language, form: Form): Words {
  return language === "de" ? de(form) : en;
}
