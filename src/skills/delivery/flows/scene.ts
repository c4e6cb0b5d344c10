import type { Effect, Language, Option, Turn } from "#kernel";
import type { ChosenWindow } from "../plan/promises.ts";
import { type NamedTime, wholePart } from "../rules/spoken/choice.ts";
import type { DeliveryState } from "../tables.ts";
import { optionId, placeNumber, readTap, type Tap, type TapAct } from "./option-ids.ts";
import {
  type Act,
  type Doing,
  doing,
  FLOW,
  STEPS,
  type Step,
  TALK,
  type Talk,
  talk as talkSchema,
} from "./talk.ts";
import { type Priced, type Speaking, say } from "./words.ts";

/** Everything a step of this conversation decides from. */

/** A delivery of this customer that is still to come, or should have come. */
export interface Standing extends Priced {
  readonly id: number;
  readonly address: string;
  readonly state: DeliveryState;
  readonly holdUntil: number | null;
  readonly timeZone: string;
  /** The courier is on the way to this door: the plan changes no more. */
  readonly isNear: boolean;
  /** The evening's first round is under way: what is promised on it is on board. */
  readonly hasBegun: boolean;
  /** May only be handed to the customer. */
  readonly isAgeChecked: boolean;
  readonly isCold: boolean;
  /** A code or a signature is asked at the door. */
  readonly needsProof: boolean;
}

/** What is known of the company and the customer before the turn. */
export interface Known {
  /** Does the company deliver, itself or by a carrier? */
  readonly isServed: boolean;
  /** The clock of its city, or of its first one. */
  readonly timeZone: string;
  readonly standing: readonly Standing[];
}

/** The first moment or span that a text names. */
export type ReadTime = (text: string, now: number, timeZone: string) => NamedTime | undefined;

export interface Scene {
  readonly turn: Turn;
  readonly known: Known;
  readonly text: string;
  readonly language: Language;
  readonly open: { readonly step: Step; readonly talk: Talk } | null;
  /** What a timer is at work on. */
  readonly busy: Doing | null;
  readTime(text: string): NamedTime | undefined;
}

export function sceneOf(turn: Turn, known: Known, readTime: ReadTime): Scene {
  const { flow, language } = turn.conversation;
  const step = STEPS.find((one) => one === flow?.step);
  const data = flow?.skill === "delivery" && flow.flow === FLOW ? talkSchema.safeParse(flow.data) : null;
  const open = step && data?.success ? { step, talk: data.data } : null;
  const kept = flow?.skill === "delivery" && flow.flow === "" ? doing.safeParse(flow.data) : null;
  const busy = kept?.success ? kept.data : null;
  return {
    turn,
    known,
    text: turn.message.text.trim(),
    language: (open ?? busy)?.talk.language ?? language,
    open,
    busy,
    readTime: (text) => {
      const named = readTime(text, turn.now, known.timeZone);
      return named && wholePart(text, named, known.timeZone);
    },
  };
}

export function speakingOf(scene: Scene, timeZone = scene.known.timeZone): Speaking {
  return { tenant: scene.turn.tenant, language: scene.language, timeZone };
}

export const words = (
  scene: Scene,
  key: string,
  values?: Readonly<Record<string, string | number>>,
): string => say({ tenant: scene.turn.tenant, language: scene.language }, key, values);

export const freshTalk = (scene: Scene): Talk => ({
  language: scene.language,
  question: scene.text.slice(0, QUESTION_CHARACTERS),
  tries: 0,
});
const QUESTION_CHARACTERS = 300;

/** What was tapped, or typed exactly as a button of the question says it, where nothing can be tapped. */
export function tapOf(scene: Scene): Tap | null {
  const { content } = scene.turn.message;
  if (content.type === "choice") return readTap(content.id);
  const { open } = scene;
  if (!open) return null;
  const typed = scene.text.toLowerCase();
  const act = TYPED[open.step]?.find(([key]) => words(scene, key).toLowerCase() === typed)?.[1];
  if (!act) return null;
  const { deliveryId, places = [] } = open.talk;
  if (act === "more" || act === "address") return { act, id: 0 };
  if (act === "place") return { act, id: placeNumber(places, 0) };
  return deliveryId === undefined ? null : { act, id: deliveryId };
}

const TYPED: Readonly<Partial<Record<Step, readonly (readonly [key: string, act: TapAct])[]>>> = {
  place: [
    ["optionYesPlace", "place"],
    ["optionAddress", "address"],
  ],
  window: [
    ["optionMore", "more"],
    ["optionAddress", "address"],
  ],
  held: [
    ["optionBook", "book"],
    ["optionOther", "change"],
  ],
  cancel: [
    ["optionReallyCancel", "reallycancel"],
    ["optionKeep", "keep"],
  ],
};

/** Acts that change something are done whatever is asked next; of questions only the last is answered. */
const ASKS: readonly Act["do"][] = ["find", "look", "expect"];
export const isQuestion = ({ do: what }: Act): boolean => ASKS.includes(what);

/**
 * Sets the timer that acts after the turn, because it asks a plan, a map or the database; until it has answered, the
 * conversation knows what it is about.
 */
export function later(scene: Scene, talk: Talk, act: Act): readonly Effect[] {
  const { conversation, message, now } = scene.turn;
  const key = isQuestion(act) ? String(conversation.id) : `${conversation.id}.${message.id}`;
  const payload = { conversationId: conversation.id, messageId: message.id, talk, act };
  return [{ do: "schedule", kind: TALK, key, dueAt: now, payload }, stay({ talk, act })];
}

/** The timer is still at work. */
export const stay = (what: Doing): Effect => ({ do: "keep", data: { ...what } });

export function ask(
  step: Step,
  talk: Talk,
  text: string,
  options: readonly Option[] = [],
): Extract<Effect, { do: "ask" }> {
  return { do: "ask", flow: FLOW, step, data: { ...talk }, text, ...(options.length > 0 && { options }) };
}

type Titled = readonly [key: string, act: TapAct, id?: number];

/** Buttons by the key of their title. */
export function optionsOf(
  speaking: Pick<Speaking, "tenant" | "language">,
  titles: readonly (Titled | null)[],
): readonly Option[] {
  return titles.flatMap((one) =>
    one === null ? [] : [{ id: optionId(one[1], one[2] ?? 0), title: say(speaking, one[0]) }],
  );
}

/** Holds a new one there, or moves the one that is changed. */
export function choose(scene: Scene, talk: Talk, window: ChosenWindow): readonly Effect[] {
  if (talk.deliveryId !== undefined)
    return later(scene, talk, { do: "move", deliveryId: talk.deliveryId, window });
  return later(scene, talk, talk.where ? { do: "hold", window } : { do: "look" });
}
