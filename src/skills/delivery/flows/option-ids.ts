import type { ChosenWindow } from "../plan/promises.ts";

/**
 * Ids of what the customer may tap. They begin with the skill's id, so that a tap finds it whoever has the conversation; at
 * most 64 characters (Telegram).
 */

const ACTS = [
  "windows",
  "more",
  "address",
  "place",
  "book",
  "release",
  "change",
  "neighbour",
  "leave",
  "cancel",
  "reallycancel",
  "keep",
  "another",
  "takeback",
  "notakeback",
  // Under the message that the courier is thirty minutes away
  "here",
  "absent",
  // Under the question of the next morning
  "good",
  "bad",
] as const;
export type TapAct = (typeof ACTS)[number];

export type Tap =
  | { readonly act: TapAct; readonly id: number }
  /** `deliveryId` 0: a new one, otherwise the one that is moved there. */
  | { readonly act: "window"; readonly deliveryId: number; readonly window: ChosenWindow };

export const optionId = (act: TapAct, id = 0): string => `delivery:${act}:${id}`;

const DIGESTS = 1_000_000_000;
const LISTED = 10;

/** A place's number in a list says nothing without the list: FNV-1a (32 bits, cut to nine digits) of what stands in it. */
function digestOf(places: readonly { readonly cityId: number; readonly address: string }[]): number {
  let hash = 0x811c9dc5;
  for (const sign of places.map(({ cityId, address }) => `${cityId} ${address}`).join("\n"))
    hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash % DIGESTS;
}

type Listed = Parameters<typeof digestOf>[0];

/** The id of a place in a list of at most ten. */
export const placeOption = (places: Listed, n: number): string => optionId("place", placeNumber(places, n));
export const placeNumber = (places: Listed, n: number): number => digestOf(places) * LISTED + n;

/** @returns the place that was tapped, or undefined where it stood in another list */
export function tappedPlace<One extends Listed[number]>(places: readonly One[], id: number): One | undefined {
  return Math.floor(id / LISTED) === digestOf(places) ? places[id % LISTED] : undefined;
}

const MINUTE_MS = 60_000;

export function windowId({ eveningId, earliestAt, latestAt }: ChosenWindow, deliveryId = 0): string {
  const minutes = [earliestAt, latestAt].map((at) => Math.round(at / MINUTE_MS));
  return `delivery:window:${deliveryId}:${eveningId}:${minutes.join(":")}`;
}

/** @returns null for an option of somebody else, or of nobody */
export function readTap(option: string): Tap | null {
  const [, delivery, evening, from, to] =
    /^delivery:window:(\d{1,15}):(\d{1,10}):(\d{1,10}):(\d{1,10})$/.exec(option) ?? [];
  if (delivery !== undefined)
    return {
      act: "window",
      deliveryId: Number(delivery),
      window: {
        eveningId: Number(evening),
        earliestAt: Number(from) * MINUTE_MS,
        latestAt: Number(to) * MINUTE_MS,
      },
    };
  const [, act, id] = /^delivery:([a-z]+):(\d{1,15})$/.exec(option) ?? [];
  const known = ACTS.find((one) => one === act);
  return known ? { act: known, id: Number(id) } : null;
}
