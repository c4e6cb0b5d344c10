import type { Effect, Language } from "#kernel";
import type { DeliveryWish } from "../rules/spoken/delivery-wish.ts";
import { spokenClock, windowTitle } from "../rules/spoken/spoken-window.ts";
import type { TapAct } from "./option-ids.ts";
import { ask, freshTalk, later, optionsOf, type Scene, type Standing, speakingOf, words } from "./scene.ts";
import { say, teamWords, valuesOf } from "./words.ts";

/** What is said and done about deliveries that are promised, and how a new one begins. */

const MOST_NAMED = 5;
const NOTE_CHARACTERS = 200;

export function wish(scene: Scene, wished: DeliveryWish): readonly Effect[] {
  const { standing } = scene.known;
  if (wished === "windows" && standing.length === 0) return begin(scene);
  if (wished === "status") return tellStatus(scene, []);
  if (wished === "windows") return tellStatus(scene, [["optionNew", "windows"]]);
  const [one, ...others] = standing;
  if (!one) return begin(scene);
  if (others.length > 0) return askWhich(scene, wished);
  return actOn(scene, one, wished);
}

/** With the language of the message, where that is not the conversation's. */
export const tell = (language: Language, effects: readonly Effect[]): readonly Effect[] => [
  { do: "remember", language },
  ...effects,
];

/** Windows, at once where the address is known. A named day or time is kept for them. */
export function begin(scene: Scene): readonly Effect[] {
  const named = scene.readTime(scene.text);
  return [later(scene, freshTalk(scene), { do: "look", ...(named && { named }) })];
}

function actOn(scene: Scene, one: Standing, wished: DeliveryWish): readonly Effect[] {
  switch (wished) {
    case "change":
      return change(scene, one);
    case "cancel":
      return askCancel(scene, one);
    case "neighbour":
      return neighbour(scene, one);
    case "absent":
      return absent(scene, one);
    default:
      return tellStatus(scene, []);
  }
}

export function change(scene: Scene, one: Standing): readonly Effect[] {
  if (!mayMove(one)) return tooLate(scene, one);
  const named = scene.turn.message.content.type === "text" ? scene.readTime(scene.text) : undefined;
  const talk = { ...freshTalk(scene), deliveryId: one.id };
  return [later(scene, talk, { do: "look", ...(named && { named }) })];
}

/** A parcel in the courier's bag stays in this round. */
const mayMove = ({ isNear, state }: Standing): boolean => !isNear && (state === "held" || state === "booked");

/** It is asked back; only the tap acts. */
export function askCancel(scene: Scene, one: Standing): readonly Effect[] {
  const talk = { ...freshTalk(scene), deliveryId: one.id };
  if (one.state === "held")
    return [later(scene, talk, { do: "release", deliveryId: one.id }), { do: "endFlow" }];
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
  const speaking = speakingOf(scene, one.timeZone);
  if (one.isAgeChecked) {
    const options = optionsOf(speaking, [
      ["optionChange", "change", one.id],
      ["optionCancel", "cancel", one.id],
    ]);
    return [{ do: "say", text: words(scene, "noNeighbour"), options }];
  }
  const talk = { ...freshTalk(scene), deliveryId: one.id };
  const isTyped = scene.turn.message.content.type === "text" && !scene.open;
  if (!isTyped) return [ask("neighbour", talk, words(scene, "askNeighbour"))];
  const said = scene.text.slice(0, NOTE_CHARACTERS);
  return [later(scene, talk, { do: "note", deliveryId: one.id, about: "neighbour", words: said })];
}

export function absent(scene: Scene, one: Standing): readonly Effect[] {
  const speaking = speakingOf(scene, one.timeZone);
  const talk = { ...freshTalk(scene), deliveryId: one.id };
  const toNeighbour = one.isAgeChecked ? null : (["optionNeighbour", "neighbour", one.id] as const);
  if (one.isNear) {
    const said = scene.text.slice(0, NOTE_CHARACTERS);
    return [
      later(scene, talk, { do: "note", deliveryId: one.id, about: "absent", words: said }),
      {
        do: "say",
        text: words(scene, one.isAgeChecked ? "absentNearAgeChecked" : "absentNear"),
        options: optionsOf(speaking, [toNeighbour]),
      },
    ];
  }
  const options = optionsOf(speaking, [
    mayMove(one) ? ["optionChange", "change", one.id] : null,
    toNeighbour,
    ["optionCancel", "cancel", one.id],
  ]);
  return [{ do: "say", text: words(scene, "absent", valuesOf(speaking, one)), options }];
}

function tooLate(scene: Scene, one: Standing): readonly Effect[] {
  const team = { ...speakingOf(scene, one.timeZone), language: scene.turn.tenant.language };
  return [
    { do: "say", text: words(scene, "tooLate") },
    {
      do: "handOver",
      reason: "flow",
      summary: teamWords(scene.turn.tenant, "team.tooLate", valuesOf(team, one)),
    },
  ];
}

const ACT_OF: Partial<Record<DeliveryWish, TapAct>> = {
  change: "change",
  cancel: "cancel",
  neighbour: "neighbour",
  absent: "change",
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

/** What stands, said once for each; what is overdue goes to a person. */
function tellStatus(scene: Scene, more: Ways): readonly Effect[] {
  const { standing } = scene.known;
  const late = standing.find((one) => one.state !== "held" && one.latestAt <= scene.turn.now);
  if (late) return tellLate(scene, late);
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
  if (one.state === "held")
    return [
      ["optionBook", "book", one.id],
      ["optionOther", "change", one.id],
      ["optionNo", "release", one.id],
    ];
  if (one.isNear) return [one.isAgeChecked ? null : ["optionNeighbour", "neighbour", one.id]];
  return [
    mayMove(one) ? ["optionChange", "change", one.id] : null,
    one.isAgeChecked ? null : ["optionNeighbour", "neighbour", one.id],
    ["optionCancel", "cancel", one.id],
  ];
}

function tellLate(scene: Scene, one: Standing): readonly Effect[] {
  const { tenant } = scene.turn;
  const speaking = speakingOf(scene, one.timeZone);
  const summary = teamWords(tenant, "team.late", valuesOf({ ...speaking, language: tenant.language }, one));
  return [
    { do: "say", text: words(scene, "status.late", valuesOf(speaking, one)) },
    { do: "handOver", reason: "flow", summary },
  ];
}
