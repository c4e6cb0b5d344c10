import { beforeAll, describe, expect, test } from "vitest";
import * as api from "#kernel/api";
import * as delivery from "../../src/skills/delivery/api.ts";
import { ApiClient } from "../outside/api-client.ts";
import { newCompany } from "../outside/company.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";

/** A carrier plans its city and an evening, a shop asks for windows and books: over HTTP, as in the field. */

const MIDDLE = { lat: 53.55, lon: 9.99 };
const NEAR = { lat: 53.56, lon: 9.98 };
/** The day after tomorrow, so that no midnight comes between; the city's clock is UTC. */
const DATE = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
const at = (hour: number) => `${DATE}T${hour}:00:00Z`;

let node: SharedNode;
let owner: ApiClient;
let shop: ApiClient;

beforeAll(async () => {
  node = await sharedNode();
  owner = (await newCompany(node)).owner;
  const { secret } = await owner.call(api.createApiKey, { body: { name: "Kasse", role: "agent" } });
  shop = new ApiClient(owner.base, { "x-api-key": secret });
});

const city = (name: string) => ({
  name,
  timeZone: "UTC",
  middle: MIDDLE,
  depots: [{ name: "Mitte", place: MIDDLE }],
  windows: [16, 18].map((hour) => ({
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    fromMinute: 60 * hour,
    toMinute: 60 * (hour + 2),
    priceMinor: 490,
  })),
});
const shift = (startDepotId: number, more: object = {}) => ({
  startDepotId,
  earliestAt: at(16),
  latestAt: at(20),
  capacity: 2,
  ...more,
});
type Offered = Awaited<ReturnType<typeof offered>>[number];
const chosen = ({ eveningId, earliestAt, latestAt }: Offered) => ({ eveningId, earliestAt, latestAt });
const offered = async () => (await shop.call(delivery.listDeliveryWindows, { query: NEAR })).windows;
const hold = (cityId: number, window: Offered, key: string) =>
  shop.call(delivery.holdDelivery, {
    body: { key, cityId, place: NEAR, window: chosen(window), address: "Großneumarkt 10", demand: 1 },
  });

describe("a carrier", () => {
  test("plans city, couriers and evening; what is wrong is named, what would break a promise refused", async () => {
    const unknown = { ...city("Nordstadt"), bufferMinutes: 10 };
    const refused = await owner.refused(delivery.createDeliveryCity, { body: unknown });
    expect(JSON.stringify(refused.errors)).toContain("bufferMinutes");
    const made = await owner.call(delivery.createDeliveryCity, { body: city("Nordstadt") });
    const depotId = made.depots[0]?.id ?? 0;
    const { id, ...given } = made;
    expect(await owner.call(delivery.putDeliveryCity, { params: { id }, body: given })).toEqual(made);
    // A page that was opened before somebody else wrote overwrites nothing; who names no version wants it so.
    const renamed = await owner.call(delivery.putDeliveryCity, {
      params: { id },
      body: { ...given, name: "Norden" },
    });
    const stale = await owner.refused(delivery.putDeliveryCity, { params: { id }, body: given });
    expect([stale.status, stale.code]).toEqual([409, "conflict"]);
    expect((await shop.call(delivery.listDeliveryCities)).items).toEqual([renamed]);
    const { version: _, ...asIs } = given;
    expect(await owner.call(delivery.putDeliveryCity, { params: { id }, body: asIs })).toEqual(made);
    const spare = await owner.call(delivery.createDeliveryCity, { body: city("Südstadt") });
    await owner.call(delivery.deleteDeliveryCity, { params: { id: spare.id } });
    expect((await shop.call(delivery.listDeliveryCities)).items).toEqual([made]);
    expect((await shop.refused(delivery.deleteDeliveryCity, { params: { id } })).code).toBe("forbidden");
    expect(await shop.call(delivery.getDeliveryRoom)).toEqual({
      cities: [{ id, name: "Nordstadt", timeZone: "UTC", currency: "EUR", active: true }],
      hasCarrier: true,
    });

    expect((await shop.call(delivery.listDeliveryWindows, { query: NEAR })).refusal).toEqual({
      reason: "no_round",
      nextDate: null,
    });
    const courier = await owner.call(delivery.createCourier, { body: { name: "Jo", capacity: 2 } });
    await owner.call(delivery.putCourier, {
      params: { id: courier.id },
      body: { name: "Jo B.", capacity: 2 },
    });
    const spareCourier = await owner.call(delivery.createCourier, { body: { name: "Kim" } });
    await owner.call(delivery.deleteCourier, { params: { id: spareCourier.id } });
    expect((await owner.call(delivery.listCouriers)).items).toMatchObject([
      { id: courier.id, name: "Jo B." },
    ]);

    const evening = await owner.call(delivery.createEvening, {
      body: { cityId: id, date: DATE, shifts: [shift(depotId, { courierId: courier.id })] },
    });
    expect(evening.windows).toMatchObject([{ earliestAt: `${DATE}T16:00:00.000Z` }, {}]);
    const two = await owner.call(delivery.addShift, { params: { id: evening.id }, body: shift(depotId) });
    const extra = two.shifts.find(({ courierId }) => courierId === null)?.id ?? 0;
    const params = { id: evening.id, shiftId: extra };
    await owner.call(delivery.putShift, { params, body: shift(depotId, { capacity: 9 }) });
    expect(await owner.call(delivery.dropShift, { params })).toMatchObject({ outcome: "dropped", moved: 0 });
    const after = await owner.call(delivery.getEvening, { params: { id: evening.id } });
    expect(after.shifts.map(({ state }) => state)).toEqual(["planned", "dropped"]);
    const listed = await shop.call(delivery.listEvenings, { query: { cityId: id } });
    expect(listed.items).toMatchObject([{ id: evening.id, date: DATE, shifts: 1, booked: 0 }]);
  });

  test("has its windows offered, held, moved, booked and taken back; the last place is one customer's", async () => {
    const [first, second] = (await offered()) as [Offered, Offered];
    expect([first, second]).toMatchObject([
      { earliestAt: `${DATE}T16:00:00.000Z`, priceMinor: 490 },
      { earliestAt: `${DATE}T18:00:00.000Z` },
    ]);
    const { cityId } = await shop.call(delivery.listDeliveryWindows, { query: NEAR });
    const held = await hold(cityId, first, "o-1");
    const id = held.delivery?.id ?? 0;
    expect(held).toMatchObject({ outcome: "held", delivery: { state: "held", address: "Großneumarkt 10" } });
    expect(await hold(cityId, first, "o-1")).toEqual(held);
    const free = await shop.call(delivery.windowsForDelivery, { params: { id } });
    expect(free.windows.map(({ earliestAt }) => earliestAt)).toEqual([first.earliestAt, second.earliestAt]);
    const moved = await shop.call(delivery.changeDelivery, {
      params: { id },
      body: { window: chosen(second), key: "m-1" },
    });
    expect(moved).toMatchObject({ outcome: "changed", delivery: { earliestAt: second.earliestAt } });
    expect((await shop.call(delivery.bookDelivery, { params: { id }, body: {} })).outcome).toBe("booked");

    // One place is left on the round, and two want it.
    const both = await Promise.all([hold(cityId, first, "o-2"), hold(cityId, second, "o-3")]);
    expect(both.map(({ outcome }) => outcome).toSorted()).toEqual(["gone", "held"]);
    expect(both.find(({ outcome }) => outcome === "gone")?.instead?.refusal).toMatchObject({
      reason: "full",
    });

    const cancelled = await shop.call(delivery.cancelDelivery, { params: { id }, body: { key: "c-1" } });
    expect(cancelled).toMatchObject({
      outcome: "cancelled",
      delivery: { id, state: "cancelled", shiftId: null },
    });
    expect(await shop.call(delivery.getDelivery, { params: { id } })).toEqual(cancelled.delivery);
    const { items } = await shop.call(delivery.listDeliveries, { query: { state: "held" } });
    expect(items.map((one) => one.id)).toEqual(both.flatMap((one) => one.delivery?.id ?? []));
    expect(await offered()).toHaveLength(2);
    // The same key with another address is not the same call.
    const again = { key: "o-1", cityId, place: NEAR, window: chosen(first), demand: 1 };
    const other = { body: { ...again, address: "Großneumarkt 11" } };
    expect((await shop.refused(delivery.holdDelivery, other)).code).toBe("conflict");
    const far = await shop.call(delivery.listDeliveryWindows, { query: { lat: 48.14, lon: 11.58 } });
    expect(far.refusal?.reason).toBe("outside");
  });

  test("forgets a customer by the reference, for managers only", async () => {
    const [window] = (await offered()) as [Offered];
    const { cityId } = await shop.call(delivery.listDeliveryWindows, { query: NEAR });
    const order = { cityId, place: NEAR, window: chosen(window), address: "Großneumarkt 12" };
    const { delivery: held } = await shop.call(delivery.holdDelivery, {
      body: { ...order, key: "o-9", senderReference: "R-9" },
    });
    const body = { senderReference: "R-9" };
    expect((await shop.refused(delivery.eraseDelivery, { body })).code).toBe("forbidden");
    const both = { body: { ...body, id: held?.id } };
    expect((await owner.refused(delivery.eraseDelivery, both)).code).toBe("bad_request");
    expect(await owner.call(delivery.eraseDelivery, { body })).toEqual({ erased: 1 });
    const after = await owner.call(delivery.getDelivery, { params: { id: held?.id ?? 0 } });
    expect(after).toMatchObject({ state: "cancelled", address: "", senderReference: "" });
  });
});
