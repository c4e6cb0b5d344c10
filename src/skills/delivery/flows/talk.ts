import { z } from "zod";

/** A conversation about a delivery: what stands open between two messages, and what a timer is to do after a turn. */

const coordinates = z.object({ lat: z.number(), lon: z.number() });

const chosenWindow = z.object({ eveningId: z.number(), earliestAt: z.number(), latestAt: z.number() });

const addressParts = z.object({
  street: z.string().max(80),
  number: z.string().max(80),
  postcode: z.string().max(80),
  town: z.string().max(80),
  note: z.string().max(80),
});

const named = z.object({
  at: z.number(),
  until: z.number().nullable(),
  hasDay: z.boolean(),
  hasTime: z.boolean(),
});

/** Somewhere that a place search knows. */
export const knownPlace = z.object({
  cityId: z.number(),
  place: coordinates,
  /** As the place search writes it. */
  address: z.string().max(300),
  note: z.string().max(200),
});
export type KnownPlace = z.output<typeof knownPlace>;

export const talk = z.object({
  language: z.enum(["de", "en"]),
  /** What was asked first, for a colleague. */
  question: z.string().max(300),
  /** What was said of the address so far. */
  heard: addressParts.optional(),
  where: knownPlace.optional(),
  /** Where the customer set a pin. */
  pin: coordinates.optional(),
  /** Places that were offered, where the search found several. */
  places: z.array(knownPlace).max(6).optional(),
  /** The delivery that is held, or whose window is changed. */
  deliveryId: z.number().optional(),
  /** Windows as they were offered last, in their order. */
  shown: z.array(chosenWindow).max(8).optional(),
  /** The day or time that was wished before the address was known. */
  wanted: named.optional(),
  /** How often something was not understood. */
  tries: z.number().int(),
});
export type Talk = z.output<typeof talk>;

export const STEPS = [
  "address",
  "place",
  "window",
  "held",
  "cancel",
  "neighbour",
  "takeback",
  "well",
  "complaint",
] as const;
export type Step = (typeof STEPS)[number];
export const FLOW = "delivery";
/** After so many the automaton gives up. */
export const MOST_TRIES = 3;

/** What the courier is told: leave it with a neighbour, leave it at the door, nobody is in, somebody is after all. */
const NOTES = ["neighbour", "leave", "absent", "home"] as const;
/** The courier is on the way to this door; to others as yet; and no other evening is certain, so that a person finds one. */
const STAGES = ["near", "begun", "another"] as const;
export type Stage = (typeof STAGES)[number];
export type NoteAbout = (typeof NOTES)[number];

/** What is done after the turn, because it asks a plan, a map or the database. */
const act = z.discriminatedUnion("do", [
  /** Finds the place of `heard`, then looks for windows. */
  z.object({ do: z.literal("find") }),
  /** Windows for the place, or for the delivery that is moved; only those after a moment, or those that fit what was named. */
  z.object({
    do: z.literal("look"),
    after: z.number().optional(),
    named: named.optional(),
    /** Of one that is on board: what the courier is told where no other evening is certain. */
    aboard: z.string().max(200).optional(),
  }),
  z.object({ do: z.literal("hold"), window: chosenWindow }),
  z.object({ do: z.literal("book"), deliveryId: z.number() }),
  z.object({ do: z.literal("release"), deliveryId: z.number() }),
  z.object({ do: z.literal("move"), deliveryId: z.number(), window: chosenWindow }),
  z.object({ do: z.literal("cancel"), deliveryId: z.number() }),
  z.object({
    do: z.literal("note"),
    deliveryId: z.number(),
    about: z.enum(NOTES),
    words: z.string().max(200),
    /** Of an absent customer: what can be done instead. */
    stage: z.enum(STAGES).optional(),
  }),
  z.object({
    do: z.literal("answer"),
    deliveryId: z.number(),
    answer: z.enum(["good", "bad"]),
    words: z.string().max(500),
  }),
  /** Something is given back when the courier comes; without words it is asked what. */
  z.object({
    do: z.literal("takeBack"),
    deliveryId: z.number(),
    words: z.string().max(200),
    isDropped: z.boolean().optional(),
  }),
  /** When the courier is expected at these doors. */
  z.object({ do: z.literal("expect"), deliveryIds: z.array(z.number()).min(1).max(5) }),
]);
export type Act = z.output<typeof act>;

/** What a timer is at work on: it is kept between the turn and its answer, because people write in pieces. */
export const doing = z.object({ talk, act });
export type Doing = z.output<typeof doing>;

/** What the timer carries; it goes with its conversation when a person is erased. */
export const talkCall = z.object({
  conversationId: z.number(),
  messageId: z.string(),
  talk,
  act,
});
export type TalkCall = z.output<typeof talkCall>;

/** The timer that acts after the turn. */
export const TALK = "delivery_talk";
/** The timer that says that a hold is over. */
export const HOLD_OVER = "delivery_hold_over";

export const holdOver = z.object({
  conversationId: z.number(),
  messageId: z.string(),
  deliveryId: z.number(),
});
