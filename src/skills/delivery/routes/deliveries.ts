import { type Actor, type AnyRoute, AppError, type House, route } from "#kernel";
import {
  bookDelivery,
  cancelDelivery,
  changeDelivery,
  getDelivery,
  holdDelivery,
  listDeliveries,
  listDeliveryWindows,
  windowsForDelivery,
} from "../api/deliveries.ts";
import { needAgreement } from "../plan/agreement.ts";
import type { CityState } from "../plan/city-state.ts";
import { toGrid } from "../plan/grid.ts";
import type { ChosenWindow, Coordinates, Delivery } from "../plan/promises.ts";
import type { Room } from "../plan/room.ts";
import { bitsOf, type SkillName } from "../rules/skill-bits.ts";
import { listDeliveries as listRows, needCustomer, readDelivery } from "../store/deliveries.ts";
import { keepSent } from "../store/sent.ts";
import { type DeliveryTx, inTenant } from "../store/tx.ts";
import { shownAnswer, shownDelivery, shownOffers } from "./shown.ts";

/** Windows and promises over HTTP, for the carrier itself and for senders that it has an agreement with. */

/** On whose behalf somebody asks: the carrier, and the sender where that is another company. */
interface Asking {
  readonly tenantId: number;
  readonly senderTenantId: number | undefined;
}

async function asking(house: House, actor: Actor, carrierId: number | undefined): Promise<Asking> {
  if (carrierId === undefined || carrierId === actor.tenantId)
    return { tenantId: actor.tenantId, senderTenantId: undefined };
  const parties = { senderTenantId: actor.tenantId, carrierTenantId: carrierId, now: house.clock.now() };
  await house.db.tenant(actor.tenantId, (tx) => needAgreement(tx as DeliveryTx, parties));
  return { tenantId: carrierId, senderTenantId: actor.tenantId };
}

/** A sender sees its own deliveries and no others. @throws AppError not_found */
async function ownDelivery(
  house: House,
  { tenantId, senderTenantId }: Asking,
  id: number,
): Promise<Delivery> {
  const delivery = await inTenant(house, tenantId, (tx) => readDelivery(tx, tenantId, id));
  if (senderTenantId !== undefined && delivery.senderTenantId !== senderTenantId)
    throw new AppError("not_found", "There is no such delivery.");
  return delivery;
}

/** Two callers that choose the same key do not meet. */
const keyOf = (actor: Actor, key: string): string => `api:${actor.tenantId}:${key}`;
const maybeKey = (actor: Actor, key: string | undefined): string | undefined =>
  key === undefined ? undefined : keyOf(actor, key);
const windowOf = (given: { eveningId: number; earliestAt: string; latestAt: string }): ChosenWindow => ({
  eveningId: given.eveningId,
  earliestAt: Date.parse(given.earliestAt),
  latestAt: Date.parse(given.latestAt),
});

/** The city that serves a place; without any the nearest, which says how far it is. @throws AppError not_found without a city */
function cityFor(cities: ReadonlyMap<number, CityState>, place: Coordinates): CityState {
  const active = [...cities.values()].filter(({ city }) => city.active);
  const serving = active.find((one) => one.serves(place));
  const far = ({ city: { middle } }: CityState) => {
    const { x, y } = toGrid(middle, place);
    return Math.hypot(x, y);
  };
  const chosen = serving ?? active.toSorted((a, b) => far(a) - far(b))[0];
  if (!chosen) throw new AppError("not_found", "There is no city that is delivered in yet.");
  return chosen;
}

export function deliveryRoutes(house: House, room: Room): readonly AnyRoute[] {
  return [...offerRoutes(house, room), ...promiseRoutes(house, room), ...readRoutes(house)];
}

function offerRoutes(house: House, { book, promises }: Room): readonly AnyRoute[] {
  return [
    route(listDeliveryWindows, async ({ actor, query }) => {
      const { tenantId } = await asking(house, actor, query.carrierId);
      const place = { lat: query.lat, lon: query.lon };
      const cityId = query.cityId ?? cityFor(await book.cities(tenantId), place).city.id;
      const skills = bitsOf(query.skills.split(",").filter((name) => name !== "") as SkillName[]);
      const { days, demand, serviceSeconds: service_s } = query;
      const offers = await promises.windows(tenantId, { cityId, place, days, demand, service_s, skills });
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
      const wish = { cityId, place, demand, service_s, skills: bitsOf(body.skills) };
      const answer = await promises.hold(tenantId, wish, windowOf(body.window), {
        key: keyOf(actor, body.key),
        address: body.address,
        doorNote: body.doorNote,
        senderRef: body.senderReference,
        contactId,
        conversationId,
        senderTenantId,
      });
      if (senderTenantId !== undefined && "held" in answer) {
        const sent = { senderId: senderTenantId, carrierId: tenantId, deliveryId: answer.held.id };
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
