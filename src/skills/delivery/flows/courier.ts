import { z } from "zod";
import type { Effect, Turn } from "#kernel";
import { readCourierWords } from "../rules/spoken/courier-words.ts";

/**
 * A courier in a round who writes instead of opening the page, and a customer who answers a courier. Pure: what is recorded
 * and answered is done by the timers that are set.
 */

/** The round of a courier who writes to us, if one is to come, out, or only just over. */
export interface CourierRound {
  readonly courierId: number;
  readonly shiftId: number;
}

/** A delivery whose courier wrote to this customer a moment ago. */
export interface Answering {
  readonly deliveryId: number;
  readonly shiftId: number;
  readonly eveningId: number;
}

/** The timer that records what a courier wrote. */
export const COURIER = "delivery_courier";
/** The timer that brings a customer's answer to the courier. */
export const RELAY = "delivery_relay";

const place = {
  conversationId: z.number(),
  messageId: z.string(),
  text: z.string().max(1_000),
  at: z.number(),
};
export const courierCall = z.object({ ...place, courierId: z.number(), shiftId: z.number() });
export const relayCall = z.object({
  ...place,
  deliveryId: z.number(),
  shiftId: z.number(),
  eveningId: z.number(),
  /** A person answers here; nothing is said beside them. */
  isQuiet: z.boolean(),
});

const TEXT_CHARACTERS = 1_000;

/** @returns null when it is none of the few words, or is not of today */
export function courierTurn(turn: Turn, round: CourierRound | null): readonly Effect[] | null {
  if (!round || turn.late || turn.message.content.type !== "text") return null;
  if (!readCourierWords(turn.message.text)) return null;
  return [later(turn, COURIER, { ...round })];
}

/** What nobody else understood goes to the courier who asked; it stands in the conversation for the team as well. */
export function answerTurn(turn: Turn, answering: Answering | null): readonly Effect[] | null {
  if (!answering || turn.late || turn.message.content.type !== "text" || turn.message.text.trim() === "")
    return null;
  const { isHeld, isWaiting } = turn.conversation;
  return [later(turn, RELAY, { ...answering, isQuiet: Boolean(isHeld || isWaiting) })];
}

function later(turn: Turn, kind: string, about: Readonly<Record<string, unknown>>): Effect {
  const { conversation, message, now } = turn;
  const [conversationId, messageId] = [conversation.id, message.id];
  const text = message.text.trim().slice(0, TEXT_CHARACTERS);
  return {
    do: "schedule",
    kind,
    key: `${conversationId}.${messageId}`,
    dueAt: now,
    payload: { conversationId, messageId, text, at: now, ...about },
  };
}
