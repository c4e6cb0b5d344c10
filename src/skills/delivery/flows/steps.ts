import type { Effect } from "#kernel";
import { missingPart, readAddress, written } from "../rules/spoken/address.ts";
import { isAnotherMatter, readAnswer, refuses, saysAnybody, wantsMore } from "../rules/spoken/answers.ts";
import { fitting, type NamedTime, readPlaceInList } from "../rules/spoken/choice.ts";
import { isOfOtherMatter, readDeliveryWish } from "../rules/spoken/delivery-wish.ts";
import { spokenWindow } from "../rules/spoken/spoken-window.ts";
import { takeComplaint, takeWell } from "./afterwards.ts";
import { ask, choose, later, optionsOf, type Scene, speakingOf, words } from "./scene.ts";
import { MOST_TRIES, type Step, type Talk } from "./talk.ts";
import { teamWords } from "./words.ts";

/** What was typed in answer to a question of ours. */

interface Open {
  readonly step: Step;
  readonly talk: Talk;
}

/** @returns null where it is no answer: others may have one */
export function takeStep(scene: Scene, open: Open): readonly Effect[] | null {
  switch (open.step) {
    case "address":
      return takeAddress(scene, open.talk);
    case "place":
      return takePlace(scene, open.talk);
    case "window":
      return takeWindow(scene, open.talk);
    case "held":
      return takeHeld(scene, open.talk);
    case "cancel":
      return takeCancel(scene, open.talk);
    case "takeback":
      return takeWhat(scene, open.talk);
    case "neighbour":
      return takeNeighbour(scene, open.talk);
    case "well":
      return takeWell(scene, open.talk);
    case "complaint":
      return takeComplaint(scene, open.talk);
  }
}

function takeAddress(scene: Scene, talk: Talk): readonly Effect[] | null {
  const heard = readAddress(scene.text, talk.heard);
  if (!heard) return miss(scene, { step: "address", talk }, words(scene, "againAddress"));
  const found: Talk = { ...talk, heard, tries: 0 };
  const missing = missingPart(heard);
  // Without a postcode the place search may still know only one such street.
  if (missing === null || missing === "postcode") return later(scene, found, { do: "find" });
  return [ask("address", found, words(scene, `ask.${missing}`, { address: written(heard) }))];
}

/** The pin is where to drive; what stands at the door is asked for all the same. */
export function takePin(scene: Scene, pin: { lat: number; lon: number }): readonly Effect[] | null {
  const { open } = scene;
  if (open?.step !== "address" && open?.step !== "place") return null;
  const talk: Talk = { ...open.talk, pin, tries: 0 };
  const { heard } = talk;
  if (heard && heard.street !== "" && heard.number !== "") return later(scene, talk, { do: "find" });
  return [ask("address", talk, words(scene, "askDoor"))];
}

function takePlace(scene: Scene, talk: Talk): readonly Effect[] | null {
  const places = talk.places ?? [];
  const answer = readAnswer(scene.text);
  if (answer === "no") {
    const { places: _, heard: _heard, pin: _pin, ...bare } = talk;
    return [ask("address", bare, words(scene, "askNewAddress"))];
  }
  const at = answer === "yes" && places.length === 1 ? 0 : readPlaceInList(scene.text, places.length);
  const where = at === null ? undefined : places[at];
  if (where) {
    const { places: _, ...placed } = talk;
    return later(scene, { ...placed, where, tries: 0 }, { do: "look" });
  }
  return takeAddress(scene, talk);
}

function takeWindow(scene: Scene, talk: Talk): readonly Effect[] | null {
  const { text } = scene;
  const shown = talk.shown ?? [];
  const chosen = shown[readPlaceInList(text, shown.length) ?? -1];
  if (chosen) return choose(scene, talk, chosen);
  const named = scene.readTime(text);
  const address = readAddress(text);
  // "19 Uhr abends" has a number and words like a street; only a postcode makes it one.
  if (named && !address?.postcode) return takeNamed(scene, talk, named);
  if (wantsMore(text)) {
    const after = shown.at(-1)?.earliestAt;
    return later(scene, talk, { do: "look", ...(after !== undefined && { after }) });
  }
  if (readAnswer(text) === "no") return [{ do: "say", text: words(scene, "stopped") }, { do: "endFlow" }];
  if (readAnswer(text) === "yes" && shown[0] && shown.length === 1) return choose(scene, talk, shown[0]);
  if (talk.deliveryId === undefined && address?.street && address.number) return takeAddress(scene, talk);
  return miss(scene, { step: "window", talk }, words(scene, "againWindow"));
}

/** A time that is named may be refused or asked about; what is booked is moved by a tap or a place in the list only. */
function takeNamed(scene: Scene, talk: Talk, named: NamedTime): readonly Effect[] | null {
  const { text } = scene;
  if (/\?\s*$/.test(text) || refuses(text))
    return miss(scene, { step: "window", talk }, words(scene, "againWindow"));
  const [one, ...others] = fitting(named, talk.shown ?? [], scene.known.timeZone);
  const isMeant = !isAnotherMatter(text) && talk.deliveryId === undefined;
  if (one && others.length === 0 && isMeant) return choose(scene, talk, one);
  return later(scene, talk, { do: "look", named });
}

function takeHeld(scene: Scene, talk: Talk): readonly Effect[] | null {
  const { deliveryId } = talk;
  if (deliveryId === undefined) return null;
  const answer = readAnswer(scene.text);
  if (answer === "yes") return later(scene, talk, { do: "book", deliveryId });
  if (answer === "no") return later(scene, talk, { do: "release", deliveryId });
  const named = scene.readTime(scene.text);
  if (named || wantsMore(scene.text)) return later(scene, talk, { do: "look", ...(named && { named }) });
  const window = talk.shown?.[0];
  const spoken = window ? spokenWindow(speakingOf(scene), window) : "";
  const options = optionsOf(speakingOf(scene), [
    ["optionBook", "book", deliveryId],
    ["optionOther", "change", deliveryId],
    ["optionNo", "release", deliveryId],
  ]);
  return miss(scene, { step: "held", talk }, words(scene, "againHeld", { window: spoken }), options);
}

/** A typed yes cancels nothing: it is too easily meant for something else. */
function takeCancel(scene: Scene, talk: Talk): readonly Effect[] | null {
  const { deliveryId } = talk;
  if (deliveryId === undefined) return null;
  if (readAnswer(scene.text) === "no")
    return [{ do: "say", text: words(scene, "stopped") }, { do: "endFlow" }];
  const options = optionsOf(speakingOf(scene), [
    ["optionReallyCancel", "reallycancel", deliveryId],
    ["optionKeep", "keep", deliveryId],
  ]);
  const text = words(scene, "tapToCancel", { option: words(scene, "optionReallyCancel") });
  if (readAnswer(scene.text) === "yes") return [ask("cancel", talk, text, options)];
  return miss(scene, { step: "cancel", talk }, text, options);
}

const NOTE_CHARACTERS = 200;
const NOTE_WORDS = 16;

function takeNeighbour(scene: Scene, talk: Talk): readonly Effect[] | null {
  const { deliveryId } = talk;
  const { text, turn } = scene;
  if (deliveryId === undefined || /\?\s*$/.test(text)) return null;
  if (readAnswer(text) === "no") return [{ do: "say", text: words(scene, "stopped") }, { do: "endFlow" }];
  if (isOfOtherMatter(text) || refuses(text) || text.split(/\s+/).length > NOTE_WORDS)
    return miss(scene, { step: "neighbour", talk }, words(scene, "askNeighbour"));
  // "Absagen" is no neighbour's name.
  const other = readDeliveryWish(text, { hasPromise: true });
  if (other && other.wish !== "neighbour") return null;
  const said = saysAnybody(text)
    ? teamWords(turn.tenant, "note.anyNeighbour")
    : text.slice(0, NOTE_CHARACTERS);
  return later(scene, talk, { do: "note", deliveryId, about: "neighbour", words: said });
}

/** What is given back, in their own words. */
function takeWhat(scene: Scene, talk: Talk): readonly Effect[] | null {
  const { deliveryId } = talk;
  const { text } = scene;
  if (deliveryId === undefined || /\?\s*$/.test(text)) return null;
  if (readAnswer(text) === "no") return [{ do: "say", text: words(scene, "stopped") }, { do: "endFlow" }];
  const other = readDeliveryWish(text, { hasPromise: true });
  if (other && other.wish !== "takeback") return null;
  return later(scene, talk, { do: "takeBack", deliveryId, words: text.slice(0, NOTE_CHARACTERS) });
}

/** Not understood: asked once more, then a person helps; whoever writes about something else is let go. */
function miss(
  scene: Scene,
  { step, talk }: Open,
  text: string,
  options: ReturnType<typeof optionsOf> = [],
): readonly Effect[] | null {
  const hasPromise = scene.known.standing.length > 0;
  if (isAnotherMatter(scene.text) || readDeliveryWish(scene.text, { hasPromise })) return null;
  const tries = talk.tries + 1;
  if (tries < MOST_TRIES) return [ask(step, { ...talk, tries }, text, options)];
  const { tenant } = scene.turn;
  return [
    { do: "say", text: words(scene, "toPerson") },
    { do: "handOver", reason: "flow", summary: teamWords(tenant, "team.asks", { question: talk.question }) },
  ];
}
