import { type Effect, type Language, localDate } from "#kernel";
import type { NamedTime } from "../rules/spoken/choice.ts";
import type { DeliveryWish } from "../rules/spoken/delivery-wish.ts";
import { spokenClock, windowTitle } from "../rules/spoken/spoken-window.ts";
import type { TapAct } from "./option-ids.ts";
import { ask, freshTalk, later, optionsOf, type Scene, type Standing, speakingOf, words } from "./scene.ts";
import type { Stage, Talk } from "./talk.ts";
import { sayLate, teamValues, toPerson } from "./to-person.ts";
import { say, teamWords, valuesOf } from "./words.ts";

/** What is said and done about deliveries that are promised, and how a new one begins. */

const MOST_NAMED = 5;
const NOTE_CHARACTERS = 200;

/** @returns null where nothing of this stands on the day that is named */
export function wish(scene: Scene, wished: DeliveryWish): readonly Effect[] | null {
  const { standing } = scene.known;
  if (wished === "windows" && standing.length === 0) return begin(scene);
  if (wished === "status") return tellStatus(scene, []);
  if (wished === "windows") return tellStatus(scene, [["optionNew", "windows"]]);
  const [only, ...others] = standing;
  if (!only) return begin(scene);
  const named = wished === "change" ? undefined : scene.readTime(scene.text);
  const ofDay = named?.hasDay ? standing.filter((one) => isOn(one, named)) : null;
  // "Am Freitag bin ich nicht da", and nothing comes on Friday.
  if (wished === "absent" && ofDay?.length === 0) return null;
  // A word for the courier at the door is about the one that is out now.
  const out = AT_THE_DOOR.includes(wished) ? standing.filter(isOut) : [];
  const meant = [others.length === 0 ? [only] : [], ofDay ?? out].find(({ length }) => length === 1)?.[0];
  return meant ? actOn(scene, meant, wished) : askWhich(scene, wished);
}

const AT_THE_DOOR: readonly DeliveryWish[] = ["neighbour", "leave", "absent"];

const isOut = ({ hasBegun, state }: Standing): boolean => hasBegun && state !== "held";

function isOn({ earliestAt, timeZone }: Standing, { at, until, hasTime }: NamedTime): boolean {
  const [day, first] = [localDate(earliestAt, timeZone), localDate(at, timeZone)];
  return day >= first && day <= (until === null || hasTime ? first : localDate(until, timeZone));
}

/** With the language of the message, where that is not the conversation's. */
export const tell = (language: Language, effects: readonly Effect[]): readonly Effect[] => [
  { do: "remember", language },
  ...effects,
];

/** Windows, at once where the address is known. A named day or time is kept for them. */
export function begin(scene: Scene): readonly Effect[] {
  const named = scene.readTime(scene.text);
  return later(scene, freshTalk(scene), { do: "look", ...(named && { named }) });
}

function actOn(scene: Scene, one: Standing, wished: DeliveryWish): readonly Effect[] {
  switch (wished) {
    case "change":
      return change(scene, one);
    case "cancel":
      return askCancel(scene, one);
    case "neighbour":
      return neighbour(scene, one);
    case "leave":
      return leaveThere(scene, one);
    case "absent":
      return absent(scene, one);
    case "takeback":
      return takeBack(scene, one);
    default:
      return tellStatus(scene, []);
  }
}

const talkAbout = (scene: Scene, { id }: Standing): Talk => ({ ...freshTalk(scene), deliveryId: id });

export function change(scene: Scene, one: Standing): readonly Effect[] {
  const isAboard = mayPutOff(one);
  if (!mayMove(one) && !isAboard) return one.isNear ? tooLate(scene, one) : anotherEvening(scene, one);
  const named = scene.turn.message.content.type === "text" ? scene.readTime(scene.text) : undefined;
  return later(scene, talkAbout(scene, one), {
    do: "look",
    ...(named && { named }),
    ...(isAboard && { aboard: said(scene, "note.byTap") }),
  });
}

/** A parcel in a bag comes back with its courier, as long as its door is not the next. */
const mayPutOff = ({ hasBegun, state }: Standing): boolean =>
  hasBegun && (state === "booked" || state === "loaded");

/** Within the plan, as long as nobody has begun. */
const mayMove = ({ isNear, hasBegun, state }: Standing): boolean =>
  !isNear && !hasBegun && (state === "held" || state === "booked");

/** The courier is told not to ring in vain, and a person finds the other evening. */
function anotherEvening(scene: Scene, one: Standing): readonly Effect[] {
  return noteAbsent(scene, one, "another");
}

function noteAbsent(scene: Scene, one: Standing, stage: Stage): readonly Effect[] {
  const { id: deliveryId } = one;
  const words = said(scene, "note.byTap");
  return later(scene, talkAbout(scene, one), { do: "note", deliveryId, about: "absent", words, stage });
}

/** @param tapped the key of what stands there for a tap, whose title says nothing at the door */
function said({ text, turn }: Scene, tapped: string): string {
  const isTyped = turn.message.content.type === "text";
  return isTyped ? text.slice(0, NOTE_CHARACTERS) : teamWords(turn.tenant, tapped);
}

/** It is asked back; only the tap acts. */
export function askCancel(scene: Scene, one: Standing): readonly Effect[] {
  const talk = talkAbout(scene, one);
  if (one.state === "held") return later(scene, talk, { do: "release", deliveryId: one.id });
  if (one.isNear) return tooLate(scene, one);
  const speaking = speakingOf(scene, one.timeZone);
  const options = optionsOf(speaking, [
    ["optionReallyCancel", "reallycancel", one.id],
    ["optionKeep", "keep", one.id],
  ]);
  return [ask("cancel", talk, words(scene, "askCancel", valuesOf(speaking, one)), options)];
}

/** What was typed names the neighbour; a tap asks for the name. */
export function neighbour(scene: Scene, one: Standing): readonly Effect[] {
  if (one.isAgeChecked) return notHere(scene, one, "noNeighbour");
  const talk = talkAbout(scene, one);
  const isTyped = scene.turn.message.content.type === "text" && !scene.open;
  if (!isTyped) return [ask("neighbour", talk, words(scene, "askNeighbour"))];
  return later(scene, talk, {
    do: "note",
    deliveryId: one.id,
    about: "neighbour",
    words: said(scene, "note.byTap"),
  });
}

/** "Vor die Tür legen": their own word for it, and never where somebody must be there to take it, or where it would spoil. */
export function leaveThere(scene: Scene, one: Standing): readonly Effect[] {
  if (one.isAgeChecked) return notHere(scene, one, "noNeighbour");
  if (one.isCold) return notHere(scene, one, "noLeaving");
  if (one.needsProof) return notHere(scene, one, "noLeavingProof");
  const talk = talkAbout(scene, one);
  return later(scene, talk, {
    do: "note",
    deliveryId: one.id,
    about: "leave",
    words: said(scene, "note.atDoor"),
  });
}

function notHere(scene: Scene, one: Standing, key: string): readonly Effect[] {
  return [{ do: "say", text: words(scene, key), options: optionsOf(speakingOf(scene), waysOut(one)) }];
}

/** For who is not there: somebody else takes it, another evening, or not at all. */
function waysOut(one: Standing): Ways {
  return [
    mayMove(one) ? ["optionChange", "change", one.id] : null,
    mayPutOff(one) || (!mayMove(one) && !one.isNear) ? ["optionAnother", "another", one.id] : null,
    one.isAgeChecked ? null : ["optionNeighbour", "neighbour", one.id],
    one.isNear ? null : ["optionCancel", "cancel", one.id],
  ];
}

/** Before the evening it is asked what to do; since it has begun the courier is told at once, and the ways out are named behind it. */
export function absent(scene: Scene, one: Standing): readonly Effect[] {
  if (one.isNear) return noteAbsent(scene, one, "near");
  // "Bis 19 Uhr nicht" is not gone for the evening.
  if (one.hasBegun && !/\d/.test(scene.text)) return noteAbsent(scene, one, "begun");
  const speaking = speakingOf(scene, one.timeZone);
  const text = words(scene, "absent", valuesOf(speaking, one));
  return [{ do: "say", text, options: optionsOf(speaking, waysOut(one)) }];
}

/** "Könnt ihr etwas wieder mitnehmen?": whether, and what, the sender's rule says. */
export function takeBack(scene: Scene, one: Standing): readonly Effect[] {
  if (one.isNear) return tooLate(scene, one);
  return later(scene, talkAbout(scene, one), { do: "takeBack", deliveryId: one.id, words: "" });
}

/** Takes the place of a word that they are not there. */
export function atHome(scene: Scene, one: Standing): readonly Effect[] {
  const words = said(scene, "note.byTap");
  return later(scene, talkAbout(scene, one), { do: "note", deliveryId: one.id, about: "home", words });
}

function tooLate(scene: Scene, one: Standing): readonly Effect[] {
  const { tenant } = scene.turn;
  const team = teamValues(speakingOf(scene, one.timeZone), one);
  return [{ do: "say", text: words(scene, "tooLate") }, toPerson(tenant, "team.tooLate", team)];
}

const ACT_OF: Partial<Record<DeliveryWish, TapAct>> = {
  change: "change",
  cancel: "cancel",
  neighbour: "neighbour",
  leave: "leave",
  absent: "absent",
  takeback: "takeback",
};

function askWhich(scene: Scene, wished: DeliveryWish): readonly Effect[] {
  const act = ACT_OF[wished] ?? "change";
  const options = scene.known.standing.slice(0, MOST_NAMED).map((one) => ({
    id: `delivery:${act}:${one.id}`,
    title: windowTitle(speakingOf(scene, one.timeZone), one),
    description: one.address,
  }));
  return [{ do: "say", text: words(scene, "which"), options }];
}

type Ways = Parameters<typeof optionsOf>[1];

/**
 * What stands, said once for each; of what is out it is looked up when the courier is expected, what is overdue goes to a
 * person.
 */
function tellStatus(scene: Scene, more: Ways): readonly Effect[] {
  const { standing } = scene.known;
  const out = standing.filter(isOut).slice(0, MOST_NAMED);
  if (out.length > 0 && more.length === 0) {
    const deliveryIds = out.map(({ id }) => id);
    return later(scene, freshTalk(scene), { do: "expect", deliveryIds });
  }
  const late = standing.find((one) => one.state !== "held" && one.latestAt <= scene.turn.now);
  if (late) return sayLate(speakingOf(scene, late.timeZone), late);
  const sentences = standing.slice(0, MOST_NAMED).map((one) => {
    const speaking = speakingOf(scene, one.timeZone);
    const until = one.holdUntil === null ? "" : spokenClock(speaking, one.holdUntil);
    return say(speaking, `status.${one.state}`, { ...valuesOf(speaking, one), until });
  });
  const [only, ...others] = standing;
  const ways = only && others.length === 0 ? waysOn(only) : [];
  const options = optionsOf(speakingOf(scene), [...ways, ...more]);
  return [{ do: "say", text: sentences.join("\n\n"), options }];
}

function waysOn(one: Standing): Ways {
  if (one.state !== "held") return waysOut(one);
  return [
    ["optionBook", "book", one.id],
    ["optionOther", "change", one.id],
    ["optionNo", "release", one.id],
  ];
}
