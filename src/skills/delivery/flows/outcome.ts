import type { Effect, Option, Turn } from "#kernel";
import type { Delivery, Refusal } from "../plan/promises.ts";
import { SKILL_BITS } from "../rules/skill-bits.ts";
import { written } from "../rules/spoken/address.ts";
import { spokenClock, spokenDay } from "../rules/spoken/spoken-window.ts";
import { type AnswerTaken, answerEffects } from "./afterwards.ts";
import { bookedCard } from "./cards.ts";
import { askPlace, type Offering, offer } from "./offer.ts";
import { ask, optionsOf } from "./scene.ts";
import { sayTakeBack, type TakingBack } from "./take-back-words.ts";
import type { KnownPlace, Talk } from "./talk.ts";
import { teamValues, toPerson } from "./to-person.ts";
import { type ExpectedDelivery, type Noted, sayNoted, sayOver, tellExpected } from "./told.ts";
import { type Speaking, say, teamWords, valuesOf } from "./words.ts";

/** What is said when it was looked up or done. */

export type Outcome =
  /** Nobody knows yet where to. */
  | { readonly is: "addressMissing" }
  | { readonly is: "partMissing"; readonly part: "street" | "number" | "postcode" }
  | { readonly is: "places"; readonly places: readonly KnownPlace[] }
  | { readonly is: "placeNotFound" }
  /** No map to look at: a person does it, nothing is guessed. */
  | { readonly is: "placeUnknowable" }
  | ({ readonly is: "offers" } & Offering)
  | { readonly is: "refused"; readonly refusal: Refusal; readonly address: string }
  | { readonly is: "held"; readonly delivery: Delivery }
  | {
      readonly is: "booked" | "moved" | "cancelled";
      readonly delivery: Delivery;
      /** What is credited when the window is not kept. */
      readonly owedMinor?: number;
    }
  | { readonly is: "released" }
  | ({ readonly is: "noted" } & Noted)
  | { readonly is: "tooLate"; readonly delivery: Delivery }
  | ({ readonly is: "takeBack" } & TakingBack)
  /** Nothing of it can be changed any more: it was brought, was not, or was taken back. */
  | { readonly is: "over"; readonly delivery: Delivery }
  | { readonly is: "expected"; readonly of: readonly ExpectedDelivery[] }
  /** So many are open that a person sees to the next. */
  | { readonly is: "tooMany" }
  /** It is not theirs, or was taken away. */
  | { readonly is: "nothing" }
  /** Whether all was well, the morning after. */
  | { readonly is: "answered"; readonly taken: AnswerTaken }
  /** It failed again and again. */
  | { readonly is: "down" };

/** @param timeZone the city's */
export function effectsOf(turn: Turn, talk: Talk, outcome: Outcome, timeZone: string): readonly Effect[] {
  const { tenant } = turn;
  const speaking: Speaking = { tenant, language: talk.language, timeZone };
  switch (outcome.is) {
    case "addressMissing":
      return [ask("address", talk, say(speaking, "askAddress"))];
    case "partMissing":
      return [ask("address", talk, say(speaking, `ask.${outcome.part}`, { address: addressOf(talk) }))];
    case "places":
      return [askPlace(speaking, talk, outcome.places)];
    case "placeNotFound":
      return notFound(turn, speaking, talk);
    case "placeUnknowable":
      return [
        { do: "say", text: say(speaking, "placeToPerson", { address: addressOf(talk) }) },
        toPerson(turn.tenant, "team.place", { question: talk.question, address: addressOf(talk) }),
      ];
    case "offers":
      return [offer(speaking, talk, outcome, turn.channel.kind)];
    case "refused":
      return refuse(turn, speaking, talk, outcome);
    case "released":
      return [{ do: "say", text: say(speaking, "released") }, { do: "endFlow" }];
    case "nothing":
      return [
        {
          do: "say",
          text: say(speaking, "nothingPromised"),
          options: optionsOf(speaking, [["optionLook", "windows"]]),
        },
        { do: "endFlow" },
      ];
    case "answered":
      return answerEffects(speaking, talk, outcome.taken);
    case "expected":
      return tellExpected(speaking, outcome.of, turn.now);
    case "tooMany":
      return [
        { do: "say", text: say(speaking, "tooMany") },
        toPerson(turn.tenant, "team.tooMany", { question: talk.question }),
      ];
    case "down":
      return [
        { do: "say", text: say(speaking, "toPerson") },
        toPerson(turn.tenant, "team.asks", { question: talk.question }),
      ];
    default:
      return ofDelivery(turn, speaking, talk, outcome);
  }
}

type Of<Is extends Outcome["is"]> = Extract<Outcome, { is: Is }>;
type AboutDelivery = Extract<Outcome, { readonly delivery: Delivery }>;

function ofDelivery(turn: Turn, speaking: Speaking, talk: Talk, outcome: AboutDelivery): readonly Effect[] {
  const { delivery } = outcome;
  const values = valuesOf(speaking, delivery);
  switch (outcome.is) {
    case "held":
      return askBooking(speaking, talk, delivery);
    case "booked":
      return promised(speaking, say(speaking, "booked", values), outcome);
    case "moved":
      // A hold that was moved still waits for its yes.
      if (delivery.state === "held") return askBooking(speaking, talk, delivery);
      return promised(speaking, say(speaking, "moved", values), outcome);
    case "cancelled":
      return [{ do: "say", text: say(speaking, "cancelled", values) }, { do: "endFlow" }];
    case "noted":
      return sayNoted(speaking, outcome);
    case "takeBack":
      return sayTakeBack(speaking, talk, outcome);
    case "over":
      return sayOver(speaking, delivery);
    case "tooLate": {
      const team = teamValues(speaking, delivery);
      return [{ do: "say", text: say(speaking, "tooLate") }, toPerson(turn.tenant, "team.tooLate", team)];
    }
  }
}

/** What stands, the ways on, and where a channel draws it all of it as a card. */
function promised(
  speaking: Speaking,
  text: string,
  { delivery, owedMinor = 0 }: { readonly delivery: Delivery; readonly owedMinor?: number },
): readonly Effect[] {
  const card = bookedCard(speaking, delivery, owedMinor);
  return [{ do: "say", text, options: waysOn(speaking, delivery), card }, { do: "endFlow" }];
}

function waysOn(speaking: Speaking, { id, skills }: Delivery): readonly Option[] {
  return optionsOf(speaking, [
    ["optionChange", "change", id],
    (skills & SKILL_BITS.age_check) === 0 ? ["optionNeighbour", "neighbour", id] : null,
    ["optionCancel", "cancel", id],
  ]);
}

/** What somebody who books agrees to. */
export const arrivalWords = (speaking: Pick<Speaking, "tenant" | "language">): string =>
  say(speaking, "arrivalWords");

function askBooking(speaking: Speaking, talk: Talk, delivery: Delivery): readonly Effect[] {
  const { id, earliestAt, latestAt, eveningId, holdUntil } = delivery;
  // What is not held is never said to be: it was booked since.
  if (holdUntil === null) {
    return promised(speaking, say(speaking, "booked", valuesOf(speaking, delivery)), { delivery });
  }
  const until = spokenClock(speaking, holdUntil);
  const options = optionsOf(speaking, [
    ["optionBook", "book", id],
    ["optionOther", "change", id],
    ["optionNo", "release", id],
  ]);
  const next = { ...talk, deliveryId: id, shown: [{ eveningId, earliestAt, latestAt }], tries: 0 };
  const text = say(speaking, "held", { ...valuesOf(speaking, delivery), until });
  // Whoever books under this sentence agrees to it; the grant keeps its words.
  return [ask("held", next, `${text}\n\n${arrivalWords(speaking)}`, options)];
}

const MOST_SEARCHES = 3;
/** Channels in which customers can send where they are. */
const HAS_PINS: readonly string[] = ["whatsapp", "telegram"];

function notFound(turn: Turn, speaking: Speaking, talk: Talk): readonly Effect[] {
  const tries = talk.tries + 1;
  const address = addressOf(talk);
  if (tries < MOST_SEARCHES) {
    const { heard: _, ...bare } = talk;
    const text = say(speaking, "placeNotFound", { address });
    const pin = HAS_PINS.includes(turn.channel.kind) ? ` ${say(speaking, "orPin")}` : "";
    return [ask("address", { ...bare, tries }, `${text}${pin}`)];
  }
  return [
    { do: "say", text: say(speaking, "placeToPerson", { address }) },
    toPerson(turn.tenant, "team.place", { question: talk.question, address }),
  ];
}

/** Why nothing can be promised, and what would work; where only people can help, one does. */
function refuse(
  turn: Turn,
  speaking: Speaking,
  talk: Talk,
  { refusal, address }: Of<"refused">,
): readonly Effect[] {
  const { tenant } = turn;
  if (refusal.reason === "outside") {
    const distance = Math.max(1, Math.round(refusal.distance_m / 1_000));
    const { where: _, heard: _heard, pin: _pin, ...bare } = talk;
    return [ask("address", bare, say(speaking, "refused.outside", { address, distance }))];
  }
  const reason = teamWords(tenant, `reason.${refusal.reason}`);
  const handOver = toPerson(turn.tenant, "team.refused", { question: talk.question, address, reason });
  return [{ do: "say", text: refusalWords(speaking, refusal, address) }, handOver];
}

function refusalWords(speaking: Speaking, refusal: Refusal, address: string): string {
  const day = (date: string) => spokenDay({ ...speaking, timeZone: "UTC" }, Date.parse(`${date}T12:00:00Z`));
  if (refusal.reason === "full")
    return say(speaking, "refused.full", { address, day: day(refusal.untilDate) });
  if (refusal.reason !== "no_round") return say(speaking, "refused.other");
  if (refusal.nextDate === null) return say(speaking, "refused.no_round_yet", { address });
  return say(speaking, "refused.no_round", { address, day: day(refusal.nextDate) });
}

function addressOf({ heard, where }: Talk): string {
  return heard ? written(heard) : (where?.address ?? "");
}
