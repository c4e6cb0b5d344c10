import { type Actor, type AnyRoute, AppError, type House, route } from "#kernel";
import {
  bookDelivery,
  cancelDelivery,
  changeDelivery,
  eraseDelivery,
  getDelivery,
  holdDelivery,
  listDeliveries,
  listDeliveryWindows,
  windowsForDelivery,
} from "../api/deliveries.ts";
import { asking, cityFor, keyOf, ownDelivery } from "../plan/asking.ts";
import type { ChosenWindow, PickUp } from "../plan/promises.ts";
import type { Room } from "../plan/room.ts";
import { refuseTooManySent } from "../plan/sender-limits.ts";
import { bitsOf, type SkillName } from "../rules/skill-bits.ts";
import { listDeliveries as listRows, needCustomer } from "../store/deliveries.ts";
import { eraseForSender } from "../store/personal.ts";
import { forgetWhom, keepSent } from "../store/sent.ts";
import { inTenant } from "../store/tx.ts";
import { shownAnswer, shownDelivery, shownOffers } from "./shown.ts";

/** Windows and promises over HTTP, for the carrier itself and for senders that it has an agreement with. */

const maybeKey = (actor: Actor, key: string | undefined): string | undefined =>
  key === undefined ? undefined : keyOf(actor, key);
export const windowOf = (given: {
  eveningId: number;
  earliestAt: string;
  latestAt: string;
}): ChosenWindow => ({
  eveningId: given.eveningId,
  earliestAt: Date.parse(given.earliestAt),
  latestAt: Date.parse(given.latestAt),
});

/** Seconds at a counter where nobody says how many. */
const COUNTER_S = 180;

/** A counter as a question about windows names it. @throws AppError bad_request */
function pickUpOf(text: string): PickUp {
  const [lat = 0, lon = 0, fromMinute = 0, toMinute = 0, service_s = COUNTER_S] = text.split(",").map(Number);
  if (toMinute <= fromMinute) throw new AppError("bad_request", "The counter closes before it opens.");
  return { place: { lat, lon }, name: "-", fromMinute, toMinute, service_s };
}

export function deliveryRoutes(house: House, room: Room): readonly AnyRoute[] {
  return [
    ...offerRoutes(house, room),
    ...promiseRoutes(house, room),
    ...readRoutes(house),
    ...eraseRoutes(house),
  ];
}

function offerRoutes(house: House, { book, promises }: Room): readonly AnyRoute[] {
  return [
    route(listDeliveryWindows, async ({ actor, query }) => {
      const { tenantId } = await asking(house, actor, query.carrierId);
      const place = { lat: query.lat, lon: query.lon };
      const cityId = query.cityId ?? cityFor(await book.cities(tenantId), place).city.id;
      const skills = bitsOf(query.skills.split(",").filter((name) => name !== "") as SkillName[]);
      const { days, demand, serviceSeconds: service_s } = query;
      const pickup = query.pickup === undefined ? undefined : pickUpOf(query.pickup);
      const wish = { cityId, place, days, demand, service_s, skills, pickup };
      const offers = await promises.windows(tenantId, wish);
      return shownOffers(cityId, offers);
    }),
    route(windowsForDelivery, async ({ actor, params: { id }, query }) => {
      const who = await asking(house, actor, query.carrierId);
      const { cityId } = await ownDelivery(house, who, id);
      return shownOffers(cityId, await promises.windowsFor(who.tenantId, id, query.days));
    }),
  ];
}

function promiseRoutes(house: House, { promises }: Room): readonly AnyRoute[] {
  return [
    route(holdDelivery, async ({ actor, body }) => {
      const { tenantId, senderTenantId } = await asking(house, actor, body.carrierId);
      const { cityId, place, demand, serviceSeconds: service_s, conversationId } = body;
      // A sender's own contact and conversation never reach the carrier: they are kept with the sender.
      const owner = senderTenantId ?? tenantId;
      const contactId = await inTenant(house, owner, (tx) => needCustomer(tx, owner, body));
      if (senderTenantId !== undefined && contactId !== undefined)
        await refuseTooManySent(house, { senderId: senderTenantId, carrierId: tenantId }, contactId);
      const { pickup: given } = body;
      const pickup = given && { ...given, service_s: given.serviceSeconds };
      const wish = { cityId, place, demand, service_s, skills: bitsOf(body.skills), pickup };
      const answer = await promises.hold(tenantId, wish, windowOf(body.window), {
        key: keyOf(actor, body.key),
        address: body.address,
        doorNote: body.doorNote,
        senderRef: body.senderReference,
        contactId,
        conversationId,
        senderTenantId,
      });
      const made = "held" in answer ? answer.held : "booked" in answer ? answer.booked : null;
      if (senderTenantId !== undefined && made) {
        const sent = { senderId: senderTenantId, carrierId: tenantId, deliveryId: made.id };
        const whom = {
          contactId: contactId ?? null,
          conversationId: conversationId ?? null,
          now: house.clock.now(),
        };
        await inTenant(house, senderTenantId, (tx) => keepSent(tx, sent, whom));
      }
      return shownAnswer(cityId, answer);
    }),
    route(bookDelivery, async ({ actor, params: { id }, body }) => {
      const who = await asking(house, actor, body.carrierId);
      const { cityId } = await ownDelivery(house, who, id);
      return shownAnswer(cityId, await promises.book(who.tenantId, id, maybeKey(actor, body.key)));
    }),
    route(changeDelivery, async ({ actor, params: { id }, body }) => {
      const who = await asking(house, actor, body.carrierId);
      const { cityId } = await ownDelivery(house, who, id);
      const window = windowOf(body.window);
      return shownAnswer(cityId, await promises.change(who.tenantId, id, window, maybeKey(actor, body.key)));
    }),
    route(cancelDelivery, async ({ actor, params: { id }, body }) => {
      const who = await asking(house, actor, body.carrierId);
      const { cityId } = await ownDelivery(house, who, id);
      return shownAnswer(cityId, await promises.cancel(who.tenantId, id, maybeKey(actor, body.key)));
    }),
  ];
}

function readRoutes(house: House): readonly AnyRoute[] {
  return [
    route(getDelivery, async ({ actor, params: { id }, query }) =>
      shownDelivery(await ownDelivery(house, await asking(house, actor, query.carrierId), id)),
    ),
    route(listDeliveries, async ({ actor, query: { carrierId, ...filter } }) => {
      const { tenantId, senderTenantId } = await asking(house, actor, carrierId);
      const rows = await inTenant(house, tenantId, (tx) =>
        listRows(tx, tenantId, { ...filter, senderTenantId }),
      );
      return { items: rows.map(shownDelivery) };
    }),
  ];
}

/** A sender reaches its own deliveries also when the agreement is over: what was given must be taken back at any time. */
function eraseRoutes(house: House): readonly AnyRoute[] {
  return [
    route(eraseDelivery, async ({ actor, body: { carrierId, senderReference: senderRef, id } }) => {
      const tenantId = carrierId ?? actor.tenantId;
      const senderTenantId = tenantId === actor.tenantId ? null : actor.tenantId;
      const now = house.clock.now();
      const erased = await inTenant(house, tenantId, (tx) =>
        eraseForSender(tx, tenantId, { senderTenantId, senderRef, id }, now),
      );
      if (senderTenantId !== null && erased.length > 0) {
        const of = { senderId: senderTenantId, carrierId: tenantId };
        await inTenant(house, senderTenantId, (tx) => forgetWhom(tx, of, erased));
      }
      return { erased: erased.length };
    }),
  ];
}
