import { type FormOfAddress, type Language, translate } from "#kernel";
import type { CourierEvent, CourierShift, CourierStop } from "../api/courier-page.ts";
import type { CourierSaid } from "../rules/spoken/courier-words.ts";
import { courierCatalogue } from "./courier-catalogue.ts";

/** What is recorded of a courier's words, and what the courier reads then. Pure. */

export interface Listener {
  readonly language: Language;
  readonly form: FormOfAddress;
}

export interface Answer {
  readonly text: string;
  /** A map. */
  readonly link?: string;
}

type Draft = CourierEvent extends infer One
  ? One extends CourierEvent
    ? Omit<One, "key" | "at" | "shiftId">
    : never
  : never;

/** What is to be recorded, first to last, and how it is answered once it was; or only an answer. */
export type Planned =
  | { readonly events: readonly Draft[]; readonly stop: CourierStop | null }
  | { readonly answer: Answer };

type Values = Readonly<Record<string, string | number>>;
const say = ({ language, form }: Listener, key: string, values?: Values): string =>
  translate(courierCatalogue, { language, form }, key, values);

const hasEnded = ({ state }: CourierStop): boolean => state === "done" || state === "failed";
const nextOf = (shift: CourierShift): CourierStop | undefined => shift.stops.find((one) => !hasEnded(one));
const nameOf = ({ name, address }: CourierStop): string => name || address;

/** @param shift as it stands before */
export function planSaid(said: CourierSaid, shift: CourierShift, listener: Listener): Planned {
  const only = (key: string, values?: Values): Planned => ({ answer: { text: say(listener, key, values) } });
  if (said.says === "help") return only("help");
  // Who is back too early writes "start" again.
  if (shift.state === "done" && shift.stops.every(hasEnded)) return only("over");
  if (said.says === "next") return { answer: nextAnswer(shift, listener) };
  if (said.says === "delay")
    return { events: [{ kind: "delay", minutes: said.minutes, words: "" }], stop: null };
  if (said.says === "start") return planStart(shift, listener);
  if (said.says === "back") {
    const open = shift.stops.filter((one) => !hasEnded(one)).length;
    if (open > 0 && !said.isSure) return only("backOpen", { open });
    return { events: [{ kind: "back" }], stop: null };
  }
  if (said.says === "undo") {
    const last = shift.stops.filter(hasEnded).at(-1);
    if (!last) return only("nothingToUndo");
    return { events: [{ kind: "undo", deliveryId: last.deliveryId }], stop: last };
  }
  const stop = nextOf(shift);
  if (!stop) return { answer: nextAnswer(shift, listener) };
  if (shift.state !== "out") return { answer: nextAnswer(shift, listener) };
  return planEnd(said, stop, listener);
}

function planStart(shift: CourierShift, listener: Listener): Planned {
  if (shift.state === "out")
    return { answer: joined(say(listener, "startedAlready"), nextAnswer(shift, listener)) };
  const accept: readonly Draft[] = shift.state === "planned" ? [{ kind: "accept" }] : [];
  return { events: [...accept, { kind: "leave" }], stop: null };
}

type Ending = Extract<
  CourierSaid,
  { says: "done" | "not_there" | "refused" | "neighbour" | "left" | "took" }
>;

/** Something is given back here, and nobody has said what became of it. */
const isAsked = ({ takeBack, isTakenAlong }: CourierStop): boolean =>
  takeBack !== "" && isTakenAlong === null;

function planEnd(said: Ending, stop: CourierStop, listener: Listener): Planned {
  const { deliveryId } = stop;
  const refuse = (key: string): Planned => ({ answer: { text: say(listener, key) } });
  const needsAge = stop.skills.includes("age_check");
  const one = (event: Draft): Planned => ({ events: [event], stop });
  switch (said.says) {
    case "not_there":
      return one({ kind: "not_there", deliveryId });
    case "refused":
      return one({ kind: "refused", deliveryId, words: "" });
    case "neighbour":
      if (!stop.mayNeighbour) return refuse(needsAge ? "why.age" : "why.neighbour");
      return one({ kind: "done", deliveryId, outcome: "neighbour", to: said.name });
    case "left":
      if (!stop.mayLeave) return refuse(needsAge ? "why.age" : "why.leave");
      return one({ kind: "done", deliveryId, outcome: "left_there", to: said.place });
    case "took":
      if (stop.takeBack === "") return refuse("nothingToTake");
      if (!said.isTaken && said.why === "") return refuse("takeBackWhy");
      return one({ kind: "take_back", deliveryId, isTaken: said.isTaken, words: said.why });
    case "done":
      if (isAsked(stop)) return refuse("needsTakeBack");
      if (needsAge && !said.isOfAge) return refuse("why.age");
      if (stop.proof === "code" && said.code === null) return refuse("needsCode");
      return one({
        kind: "done",
        deliveryId,
        outcome: "handed_over",
        to: "",
        ...(said.code !== null && { code: said.code }),
        ...(said.isOfAge && { isOfAge: true as const }),
      });
  }
}

/**
 * @param stop whose end or return was recorded
 * @param shift as it stands after it
 * @param why of a refusal; null = taken
 */
export function answerSaid(
  { said, stop, why }: { said: CourierSaid; stop: CourierStop | null; why: string | null },
  shift: CourierShift,
  listener: Listener,
): Answer {
  if (why !== null) {
    const known = ["code", "locked", "age", "proof"].includes(why);
    return { text: say(listener, known ? `why.${why}` : "why.other") };
  }
  const next = nextAnswer(shift, listener);
  const name = stop ? nameOf(stop) : "";
  switch (said.says) {
    case "delay":
      return joined(say(listener, "delayed", { minutes: said.minutes }), next);
    case "start":
      return joined(say(listener, "started", { all: shift.stops.length }), next);
    case "back":
      return { text: say(listener, "back") };
    case "undo":
      return joined(say(listener, "undone", { name }), next);
    case "neighbour":
      return joined(say(listener, "ended.neighbour", { name, to: said.name }), next);
    case "left":
      return joined(say(listener, "ended.left_there", { name, to: said.place }), next);
    case "took":
      return joined(say(listener, said.isTaken ? "taken" : "notTaken", { what: stop?.takeBack ?? "" }), next);
    case "done":
      return joined(say(listener, "ended.handed_over", { name }), next);
    case "not_there":
    case "refused":
      return joined(say(listener, `ended.${said.says}`, { name }), next);
    default:
      return next;
  }
}

const joined = (text: string, { text: then, ...rest }: Answer): Answer => ({
  text: `${text}\n\n${then}`,
  ...rest,
});

/** Where to go now: address, door note, window, and a map. */
export function nextAnswer(shift: CourierShift, listener: Listener): Answer {
  const stop = nextOf(shift);
  if (!stop)
    return {
      text:
        shift.stops.length === 0
          ? say(listener, "noStops")
          : say(listener, "allDone", { depot: shift.end.name }),
    };
  const lines = [
    ...shift.pickups
      .filter(({ before }) => before === stop.deliveryId)
      .map(({ name, deliveryIds }) => say(listener, "fetchFirst", { name, count: deliveryIds.length })),
    ...headOf(shift, stop, listener),
    ...stop.skills.map((skill) => say(listener, `skill.${skill}`)),
    ...(stop.proof === "none" ? [] : [say(listener, `proof.${stop.proof}`)]),
    ...wordsOf(shift, stop).map((text) => say(listener, "wrote", { text })),
    ...(shift.state === "out" ? [] : [say(listener, "notBegun")]),
  ];
  const { lat, lon } = stop.place;
  return {
    text: lines.join("\n"),
    link: `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=18/${lat}/${lon}`,
  };
}

function headOf(shift: CourierShift, stop: CourierStop, listener: Listener): string[] {
  const { language } = listener;
  const clock = new Intl.DateTimeFormat(language === "de" ? "de-DE" : "en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: shift.timeZone,
  });
  const at = (time: string): string => clock.format(new Date(time));
  const unit = language === "de" ? " Uhr" : "";
  const window = `${at(stop.earliestAt)}–${at(stop.latestAt)}${unit}`;
  const parcels =
    stop.parcels === 1 ? say(listener, "parcel") : say(listener, "parcels", { count: stop.parcels });
  const n = shift.stops.indexOf(stop) + 1;
  return [
    say(listener, "stop", { n, all: shift.stops.length, address: stop.address }),
    say(listener, "stopWho", {
      name: stop.name || stop.senderReference,
      parcels,
      sender: stop.senderName,
    }),
    stop.expectedAt
      ? say(listener, "window", { window, due: at(stop.expectedAt) })
      : say(listener, "windowOnly", { window }),
    ...(stop.isInPlan ? [] : [say(listener, "late")]),
    ...(isAsked(stop) ? [say(listener, "takeBack", { what: stop.takeBack })] : []),
    ...(stop.doorNote === "" ? [] : [say(listener, "note", { note: stop.doorNote })]),
  ];
}

const WORDS_MOST = 3;

/** What this customer wrote to the courier, the last ones. */
function wordsOf({ messages }: CourierShift, { deliveryId }: CourierStop): string[] {
  return messages
    .filter((one) => one.from === "customer" && one.deliveryId === deliveryId)
    .slice(-WORDS_MOST)
    .map(({ text }) => text);
}

export const relayedWords = (listener: Listener): string => say(listener, "relayed");
