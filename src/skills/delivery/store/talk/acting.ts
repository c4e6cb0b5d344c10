import { AppError, type House, type Turn } from "#kernel";
import type { Outcome } from "../../flows/outcome.ts";
import type { KnownPlace, Talk, TalkCall } from "../../flows/talk.ts";
import { teamWords } from "../../flows/words.ts";
import { boundsAround } from "../../places/bounds.ts";
import { isWithin } from "../../places/geocoder.ts";
import type { ChosenWindow, Coordinates, Delivery, Offers } from "../../plan/promises.ts";
import { PLANNED_DAYS } from "../../rules/limits.ts";
import { missingPart, written } from "../../rules/spoken/address.ts";
import { type Asked, pageOf } from "../../rules/spoken/page.ts";
import { tryAgain } from "../after/again.ts";
import { readDelivery } from "../deliveries.ts";
import { inTenant } from "../tx.ts";
import { takeAnswer } from "./after.ts";
import type { TalkOutside } from "./outside.ts";
import type { Served } from "./served.ts";
import { lastPlace, noteAtDoor } from "./standing.ts";

/** Does what a turn asked for. Every call to the plan may be repeated: its key is the customer's message. */

interface Acting {
  readonly house: House;
  readonly outside: TalkOutside;
  readonly served: Served;
  readonly turn: Turn;
  readonly call: TalkCall;
}

/** Days from today on: as far as evenings can be planned, so that nothing is said of a day that was not looked at. */
const ALL_DAYS = PLANNED_DAYS + 1;

export interface Acted {
  readonly outcome: Outcome;
  /** With what was found out. */
  readonly talk: Talk;
}

export async function perform(acting: Acting): Promise<Acted> {
  const { talk, act } = acting.call;
  try {
    if (act.do === "find") return await find(acting);
    if (act.do === "look") return await look(acting, talk, act);
    if (act.do === "hold") return { outcome: await hold(acting, act.window), talk };
    return { outcome: await change(acting, act), talk };
  } catch (error) {
    // Taken away meanwhile: that is said, everything else is tried again.
    if (error instanceof AppError && error.code === "not_found") return { outcome: { is: "nothing" }, talk };
    throw error;
  }
}

async function find(acting: Acting): Promise<Acted> {
  const { outside, served, call } = acting;
  const { talk } = call;
  const { heard } = talk;
  if (!heard) return { outcome: { is: "addressMissing" }, talk };
  const { language } = talk;
  if (talk.pin) return look(acting, { ...talk, where: pinnedPlace(served, talk.pin, heard) }, {});
  const text = written(heard);
  const found = await outside.findPlace({
    tenantId: served.carrierId,
    cities: served.cities,
    text,
    language,
  });
  const known = (one: Omit<KnownPlace, "note">): KnownPlace => ({ ...one, note: heard.note });
  if (found.is === "sure") return look(acting, { ...talk, where: known(found.place) }, {});
  if (found.is === "asked") return { outcome: { is: "places", places: found.places.map(known) }, talk };
  if (missingPart(heard) === "postcode") return { outcome: { is: "postcodeMissing" }, talk };
  return { outcome: { is: found.is === "none" ? "placeNotFound" : "placeUnknowable" }, talk };
}

/** The customer's own pin is the door's place; where it is outside of every city, the plan says how far. */
function pinnedPlace({ cities }: Served, pin: Coordinates, heard: NonNullable<Talk["heard"]>): KnownPlace {
  const inside = cities.find(({ middle, radius_m }) => isWithin(pin, boundsAround(middle, radius_m)));
  const cityId = (inside ?? cities[0])?.id ?? 0;
  return { cityId, place: pin, address: written(heard), note: heard.note };
}

async function look(acting: Acting, talk: Talk, asked: Asked): Promise<Acted> {
  const { house, outside, served, turn } = acting;
  if (talk.deliveryId !== undefined) {
    const moving = await ownDelivery(acting, talk.deliveryId);
    if (!moving || !isOpen(moving)) return { outcome: { is: "nothing" }, talk };
    const offers = await outside.promises.windowsFor(served.carrierId, moving.id, ALL_DAYS);
    return { outcome: offered(acting, offers, { address: moving.address, asked, moving }), talk };
  }
  const where = talk.where ?? (await lastPlace(house, served.carrierId, turn.contact.id));
  if (!where)
    return {
      outcome: { is: "addressMissing" },
      talk: { ...talk, ...(asked.named && { wanted: asked.named }) },
    };
  const { cityId, place, address } = where;
  const { wanted, ...rest } = talk;
  const wish: Asked = wanted && asked.after === undefined ? { named: wanted, ...asked } : asked;
  const offers = await outside.promises.windows(served.carrierId, { cityId, place, days: ALL_DAYS });
  return { outcome: offered(acting, offers, { address, asked: wish, cityId }), talk: { ...rest, where } };
}

interface About {
  readonly address: string;
  readonly asked: Asked;
  readonly cityId?: number;
  readonly moving?: Delivery;
  readonly gone?: ChosenWindow;
}

function offered(acting: Acting, offers: Offers, { address, asked, cityId, moving, gone }: About): Outcome {
  const timeZone = zoneOf(acting.served, moving?.cityId ?? cityId);
  if (offers.windows.length === 0)
    return { is: "refused", address, refusal: offers.refusal ?? { reason: "no_round", nextDate: null } };
  const page = pageOf(offers.windows, asked, timeZone, offers.lastDate);
  return { is: "offers", address, page, ...(gone && { gone }), ...(moving && { moving }) };
}

export function zoneOf({ cities }: Served, cityId: number | undefined): string {
  return (cities.find(({ id }) => id === cityId) ?? cities[0])?.timeZone ?? "UTC";
}

async function hold(acting: Acting, window: ChosenWindow): Promise<Outcome> {
  const { outside, served, turn, call } = acting;
  const { where } = call.talk;
  if (!where) return { is: "addressMissing" };
  const { cityId, place, address, note } = where;
  const result = await outside.promises.hold(served.carrierId, { cityId, place }, window, {
    key: keyOf(call),
    address,
    doorNote: note,
    contactId: turn.contact.id,
    conversationId: turn.conversation.id,
  });
  if ("held" in result) return { is: "held", delivery: result.held };
  return offered(acting, result.gone, { address, asked: {}, cityId, gone: window });
}

const keyOf = ({ conversationId, messageId, act }: TalkCall): string =>
  `talk ${conversationId} ${messageId} ${act.do}`;

type Changing = Extract<TalkCall["act"], { deliveryId: number }>;

/** What is done to a delivery that stands; it must be theirs, whatever was tapped. */
async function change(acting: Acting, act: Changing): Promise<Outcome> {
  const { outside, served, call } = acting;
  const { promises } = outside;
  const before = await ownDelivery(acting, act.deliveryId);
  if (!before) return { is: "nothing" };
  const { carrierId } = served;
  const key = keyOf(call);
  if (act.do === "note") return note(acting, act, before);
  if (act.do === "answer") return takeAnswer(acting.house, { carrierId, act, now: acting.turn.now });
  if (act.do === "move" && before.state === "failed") return again(acting, act, before);
  // An old "no" under what was booked since: what stands is said, with the ways on.
  if (act.do === "release" && isPromised(before)) return { is: "booked", delivery: before };
  if (act.do === "release" && before.state !== "held")
    return { is: before.state === "expired" ? "released" : "nothing" };
  if (act.do === "cancel" || act.do === "release") {
    const result = await promises.cancel(carrierId, act.deliveryId, key);
    if ("tooLate" in result) return { is: "tooLate", delivery: result.tooLate };
    return act.do === "release" ? { is: "released" } : { is: "cancelled", delivery: result.cancelled };
  }
  const result =
    act.do === "book"
      ? await promises.book(carrierId, act.deliveryId, key)
      : await promises.change(carrierId, act.deliveryId, act.window, key);
  if ("tooLate" in result)
    return isOpen(result.tooLate) ? { is: "tooLate", delivery: result.tooLate } : { is: "nothing" };
  if ("booked" in result) return { is: "booked", delivery: result.booked };
  if ("changed" in result) return { is: "moved", delivery: result.changed };
  const { address } = before;
  const gone = act.do === "book" ? before : act.window;
  // What is held no more is a new wish; what is booked stays where it is until it is moved.
  const moving = act.do === "move" ? { moving: before } : { cityId: before.cityId };
  return offered(acting, result.gone, { address, asked: {}, gone, ...moving });
}

/** Another window after a vain attempt. */
async function again(
  acting: Acting,
  { deliveryId, window }: Extract<TalkCall["act"], { do: "move" }>,
  moving: Delivery,
): Promise<Outcome> {
  const { house, outside, served } = acting;
  const result = await tryAgain(house, outside.promises, { tenantId: served.carrierId, deliveryId, window });
  if ("booked" in result) return { is: "booked", delivery: result.booked };
  if ("impossible" in result) return { is: "nothing" };
  return offered(acting, result.gone, { address: moving.address, asked: {}, gone: window, moving });
}

async function note(
  { house, served, turn }: Acting,
  act: Extract<TalkCall["act"], { do: "note" }>,
  delivery: Delivery,
): Promise<Outcome> {
  if (!isOpen(delivery)) return { is: "nothing" };
  const key = act.about === "neighbour" ? "note.neighbour" : "note.absent";
  const line = teamWords(turn.tenant, key, { words: act.words.replace(/\s+/g, " ") });
  const kind = teamWords(turn.tenant, key, { words: "" }).split(/[:(]/)[0] ?? "";
  await inTenant(house, served.carrierId, (tx) =>
    noteAtDoor(tx, served.carrierId, { deliveryId: delivery.id, line, kind, now: turn.now }),
  );
  return { is: "noted", delivery, words: act.words };
}

const OPEN: readonly Delivery["state"][] = ["held", "booked", "loaded", "under_way"];
const isOpen = ({ state }: Delivery): boolean => OPEN.includes(state);
const isPromised = (delivery: Delivery): boolean => delivery.state !== "held" && isOpen(delivery);

/** @returns null for one of somebody else, or none */
async function ownDelivery({ house, served, turn }: Acting, id: number): Promise<Delivery | null> {
  const delivery = await inTenant(house, served.carrierId, (tx) =>
    readDelivery(tx, served.carrierId, id),
  ).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  });
  const isTheirs =
    delivery?.contactId === turn.contact.id || delivery?.conversationId === turn.conversation.id;
  return isTheirs ? delivery : null;
}
