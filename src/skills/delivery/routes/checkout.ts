import { type AnyRoute, AppError, type Call, type House, rateLimiter, route, TooManyRequests } from "#kernel";
import type { Contract } from "#kernel/api";
import { bookCheckoutHold, checkoutHold, checkoutPlaces, checkoutWindows } from "../api/checkout.ts";
import type { Geocoder } from "../places/geocoder.ts";
import { crossed, needAgreement } from "../plan/agreement.ts";
import { type Asking, asking, cityFor, ownDelivery } from "../plan/asking.ts";
import { heldDelivery, type Promises } from "../plan/promises.ts";
import type { Room } from "../plan/room.ts";
import { bitsOf, type SkillName } from "../rules/skill-bits.ts";
import { deliveryOfHold, noteOrder, readOpenCheckout } from "../store/checkouts.ts";
import { noteParcel } from "../store/handed-in.ts";
import { placeSearch } from "../store/place-search.ts";
import { inTenant } from "../store/tx.ts";
import { windowOf } from "./deliveries.ts";
import { shownAnswer, shownOffers } from "./shown.ts";

/** Windows in a shop's own page. */

/** Holds take places away from others: a page needs one, an office a few. */
const HOLDS_BY_ADDRESS = { burst: 10, perMinute: 10 };
const HOLDS_BY_CHECKOUT = { burst: 120, perMinute: 240 };

const holdKey = (hold: string): string => `checkout:${hold}`;

/** Who asks, by the key in the address, and whether the page may. Its headers are set before anything is refused. */
async function admit(
  house: House,
  { params, request, reply }: Pick<Call<Contract>, "request" | "reply"> & { params: { key: string } },
): Promise<Asking> {
  const [tenant = "", key = ""] = params.key.split("-");
  const tenantId = Number(tenant);
  const found = await inTenant(house, tenantId, (tx) => readOpenCheckout(tx, tenantId, key));
  if (!found) throw new AppError("not_found", "There is no such checkout.");
  const { origin } = request.headers;
  reply.header("vary", "origin").header("cache-control", "no-store");
  if (origin !== undefined) {
    if (!found.origins.includes(origin)) throw new AppError("origin_not_allowed");
    reply
      .header("access-control-allow-origin", origin)
      .header("cross-origin-resource-policy", "cross-origin");
  }
  const { senderTenantId } = found;
  if (senderTenantId === null) return { tenantId, senderTenantId: undefined };
  const parties = { senderTenantId, carrierTenantId: tenantId, now: house.clock.now() };
  await inTenant(house, tenantId, (tx) => needAgreement(tx, parties));
  return { tenantId, senderTenantId };
}

export function checkoutRoutes(
  house: House,
  { book, promises }: Room,
  geocoder: Geocoder,
): readonly AnyRoute[] {
  const search = placeSearch(house, book, geocoder);
  const byAddress = rateLimiter(HOLDS_BY_ADDRESS, house.clock);
  const byCheckout = rateLimiter(HOLDS_BY_CHECKOUT, house.clock);
  return [
    route(checkoutPlaces, async (call) => {
      const { tenantId } = await admit(house, call);
      const { result, items, attribution } = await search(tenantId, { text: call.query.text });
      return {
        items: items.map(({ cityId, address, place }) => ({ cityId, address, place })),
        isSure: result === "sure",
        attribution,
      };
    }),
    route(checkoutWindows, async (call) => {
      const { tenantId } = await admit(house, call);
      const { lat, lon, days, parcels: demand, skills } = call.query;
      const place = { lat, lon };
      const { city } = cityFor(await book.cities(tenantId), place);
      const bits = bitsOf(skills.split(",").filter((name) => name !== "") as SkillName[]);
      const wish = { cityId: city.id, place, days, demand, skills: bits };
      return {
        ...shownOffers(city.id, await promises.windows(tenantId, wish)),
        timeZone: city.timeZone,
      };
    }),
    route(checkoutHold, async (call) => {
      const who = await admit(house, call);
      for (const wait of [byAddress.take(call.request.ip), byCheckout.take(call.params.key)])
        if (wait !== null) throw new TooManyRequests(wait);
      const { hold, insteadOf, cityId, place, address, window, parcels, skills } = call.body;
      const wish = { cityId, place, demand: parcels, skills: bitsOf(skills) };
      // First, so that what the page holds itself is not in the way of what it wants now.
      if (insteadOf !== undefined && insteadOf !== hold) await giveBack(house, promises, who, insteadOf);
      const answer = await promises.hold(who.tenantId, wish, windowOf(window), {
        key: holdKey(hold),
        address,
        senderTenantId: who.senderTenantId,
      });
      if ("gone" in answer || "tooLate" in answer) {
        // What was given back under this id is not held by asking once more.
        const free = "gone" in answer ? answer.gone : await promises.windows(who.tenantId, wish);
        return {
          outcome: "gone" as const,
          hold: null,
          holdUntil: null,
          now: new Date(house.clock.now()).toISOString(),
          instead: shownOffers(cityId, free),
        };
      }
      const { id, holdUntil } = heldDelivery(answer);
      const now = house.clock.now();
      await inTenant(house, who.tenantId, (tx) =>
        noteParcel(tx, { tenantId: who.tenantId, id, now }, { parcels, grantId: null }),
      );
      return {
        outcome: "held" as const,
        hold,
        holdUntil: holdUntil === null ? null : new Date(holdUntil).toISOString(),
        now: new Date(now).toISOString(),
        instead: null,
      };
    }),
    route(bookCheckoutHold, async ({ actor, params, body }) => {
      const who = await asking(house, actor, body.carrierId);
      const { tenantId } = who;
      const id = await inTenant(house, tenantId, (tx) => deliveryOfHold(tx, who, holdKey(params.hold)));
      await noteOrderOf(house, who, { id, ...body });
      const { cityId } = await ownDelivery(house, who, id);
      return shownAnswer(cityId, await promises.book(tenantId, id));
    }),
  ];
}

/** A page that chooses another window leaves the first one. What was booked meanwhile stays, and what nobody knows is no fault. */
async function giveBack(house: House, promises: Promises, who: Asking, hold: string): Promise<void> {
  try {
    const id = await inTenant(house, who.tenantId, (tx) => deliveryOfHold(tx, who, holdKey(hold)));
    await promises.giveBack(who.tenantId, id);
  } catch (error) {
    if (!(error instanceof AppError && error.code === "not_found")) throw error;
  }
}

interface Order {
  readonly id: number;
  readonly senderReference: string;
  readonly doorNote: string;
}

/** Of another company's parcel only what the agreement names reaches the carrier. */
async function noteOrderOf(
  house: House,
  { tenantId, senderTenantId }: Asking,
  { id, senderReference: senderRef, doorNote }: Order,
): Promise<void> {
  const now = house.clock.now();
  await inTenant(house, tenantId, async (tx) => {
    const given = { key: "", address: "", senderRef, doorNote };
    const order =
      senderTenantId === undefined
        ? given
        : await crossed(tx, { senderTenantId, carrierTenantId: tenantId, now }, given);
    await noteOrder(tx, { tenantId, id, now }, order);
  });
}
