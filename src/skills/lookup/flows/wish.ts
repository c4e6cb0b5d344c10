import { z } from "zod";
import { KINDS } from "../api/record.ts";

/** What somebody wants to know, as far as it was said: the open step of the conversation, and what the timer carries. */
export const wish = z.object({
  kind: z.enum(KINDS),
  language: z.enum(["de", "en"]),
  reference: z.string().max(80).default(""),
  postcode: z.string().max(20).optional(),
  name: z.string().max(80).optional(),
  code: z.string().max(10).optional(),
  /** How often something was not understood or not found. */
  tries: z.number().int().default(0),
});
export type Wish = z.output<typeof wish>;

/** The timer that looks it up after the turn. */
export const CALL = "lookup_call";

/** What the timer carries; it goes with its conversation when a person is erased. */
export const call = wish.extend({
  conversationId: z.number(),
  messageId: z.string(),
  /** The turn left the conversation at "looking"; else it left nothing open. */
  isOpen: z.boolean().default(false),
  /** The customer has called it off: nothing is asked or said. */
  isStopped: z.boolean().default(false),
});
export type Call = z.output<typeof call>;

export const STEPS = ["reference", "postcode", "name", "code", "looking"] as const;
export type Step = (typeof STEPS)[number];

/** After so many the automaton gives up. */
export const MOST_TRIES = 3;
