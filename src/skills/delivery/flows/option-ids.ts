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
  "cancel",
  "reallycancel",
  "keep",
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
