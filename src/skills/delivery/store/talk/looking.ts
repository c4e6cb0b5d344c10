import type { Outcome } from "../../flows/outcome.ts";
import type { KnownPlace, Talk } from "../../flows/talk.ts";
import { boundsAround } from "../../places/bounds.ts";
import { isWithin } from "../../places/geocoder.ts";
import {
  type ChosenWindow,
  type Coordinates,
  type Delivery,
  isOpen,
  type Offers,
} from "../../plan/promises.ts";
import { PLANNED_DAYS } from "../../rules/limits.ts";
import { missingPart, written } from "../../rules/spoken/address.ts";
import { type Asked, pageOf } from "../../rules/spoken/page.ts";
import { type Acted, type Acting, ownDelivery } from "./own-delivery.ts";
import type { Served } from "./served.ts";
import { lastPlace } from "./standing.ts";

/** Looks up where an address is, and which windows are certain there. */

/** Days from today on: as far as evenings can be planned, so that nothing is said of a day that was not looked at. */
const ALL_DAYS = PLANNED_DAYS + 1;

export async function find(acting: Acting): Promise<Acted> {
  const { outside, served, call } = acting;
  const { talk } = call;
  const { heard } = talk;
  if (!heard) return { outcome: { is: "addressMissing" }, talk };
  const { language } = talk;
  const missing = missingPart(heard);
  if (missing === "street" || missing === "number")
    return { outcome: { is: "partMissing", part: missing }, talk };
  if (talk.pin) return look(acting, { ...talk, where: pinnedPlace(served, talk.pin, heard) }, {});
  const text = written(heard);
  const found = await outside.findPlace({
    tenantId: served.carrierId,
    cities: served.cities,
    text,
    heard,
    language,
  });
  const known = (one: Omit<KnownPlace, "note">): KnownPlace => ({ ...one, note: heard.note });
  if (found.is === "sure") return look(acting, { ...talk, where: known(found.place) }, {});
  if (found.is === "asked") return { outcome: { is: "places", places: found.places.map(known) }, talk };
  if (missing === "postcode") return { outcome: { is: "partMissing", part: missing }, talk };
  return { outcome: { is: found.is === "none" ? "placeNotFound" : "placeUnknowable" }, talk };
}

/** The customer's own pin is the door's place; where it is outside of every city, the plan says how far. */
function pinnedPlace({ cities }: Served, pin: Coordinates, heard: NonNullable<Talk["heard"]>): KnownPlace {
  const inside = cities.find(({ middle, radius_m }) => isWithin(pin, boundsAround(middle, radius_m)));
  const cityId = (inside ?? cities[0])?.id ?? 0;
  return { cityId, place: pin, address: written(heard), note: heard.note };
}

export async function look(acting: Acting, talk: Talk, asked: Asked): Promise<Acted> {
  const { house, outside, served, turn } = acting;
  if (talk.deliveryId !== undefined) {
    const moving = await ownDelivery(acting, talk.deliveryId);
    if (!moving) return { outcome: { is: "nothing" }, talk };
    if (!isOpen(moving)) return { outcome: { is: "over", delivery: moving }, talk };
    const offers = await outside.promises.windowsFor(served.carrierId, moving.id, ALL_DAYS);
    return { outcome: offered(acting, offers, { address: moving.address, asked, moving }), talk };
  }
  const where = talk.where ?? (await lastPlace(house, served, turn.contact.id));
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

export function offered(
  acting: Acting,
  offers: Offers,
  { address, asked, cityId, moving, gone }: About,
): Outcome {
  const timeZone = zoneOf(acting.served, moving?.cityId ?? cityId);
  if (offers.windows.length === 0)
    return { is: "refused", address, refusal: offers.refusal ?? { reason: "no_round", nextDate: null } };
  const page = pageOf(offers.windows, asked, timeZone, offers.lastDate);
  return { is: "offers", address, page, ...(gone && { gone }), ...(moving && { moving }) };
}

export function zoneOf({ cities }: Served, cityId: number | undefined): string {
  return (cities.find(({ id }) => id === cityId) ?? cities[0])?.timeZone ?? "UTC";
}
