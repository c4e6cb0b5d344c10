import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { AppError, agree } from "#kernel";
import type { Contract } from "#kernel/api";
import * as delivery from "../../src/skills/delivery/api.ts";
import type { Given } from "../outside/api-client.ts";
import { type DeliveryStage, openDeliveryStage } from "../outside/delivery-stage.ts";

/** An owner sets a city up and plans weeks ahead; staff hand parcels in, one by one and as a list; a partner sends, too. */

const DAYS = [1, 2, 3, 4, 5, 6, 7];
/** The stage stands on Tuesday 24 November, ten o'clock. */
const THURSDAY = "2026-11-26";
const FRIDAY = "2026-11-27";
const WINTER = "2027-01-18";
const ADDRESSES = `Straße;Hausnummer;PLZ;Ort;Breite;Länge
Marktweg;1;20095;Hamburg;53.5510;9.9910
Marktweg;2;20095;Hamburg;53.5512;9.9912
Hafengasse;7;20095;Hamburg;53.5530;9.9930
Hafengasse;9;20095;Hamburg;53.5532;9.9932
Ohneort;1;20095;Hamburg;;
`;

let stage: DeliveryStage;
let cityId: number;
let depotId: number;

beforeAll(async () => {
  stage = await openDeliveryStage();
  ({ cityId, depotId } = stage);
});
afterAll(() => stage?.close());

/** @returns why it was refused */
async function refused<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  contract: Contract<P, Q, B, R>,
  given: Given<P, Q, B>,
  as: Parameters<DeliveryStage["call"]>[2] = {},
): Promise<AppError> {
  const answer: unknown = await stage.call(contract, given, as).catch((error: unknown) => error);
  if (!(answer instanceof AppError)) throw new Error(`${contract.path} was not refused`);
  return answer;
}

describe("an owner", () => {
  test("finds again what was written of money and proof", async () => {
    const [city] = (await stage.call(delivery.listDeliveryCities)).items;
    if (!city) throw new Error("no city");
    const { id, ...given } = city;
    const money = { compensationMinor: 500, hourMinor: 1_650, kilometreMinor: 8 };
    const body = { ...given, ...money, proof: "code" as const, tries: 3 };
    await stage.call(delivery.putDeliveryCity, { params: { id }, body });
    expect((await stage.call(delivery.listDeliveryCities)).items).toEqual([
      { id, ...body, version: expect.any(String) },
    ]);
  });

  test("plans weeks ahead from the usual one; what the law refuses is left out and said, and nothing is planned twice", async () => {
    const courier = await stage.call(delivery.createCourier, { body: { name: "Nia", capacity: 20 } });
    await stage.call(delivery.putOtherWork, {
      params: { id: courier.id },
      body: { items: [{ weekdays: DAYS, fromMinute: 120, toMinute: 480, from: "2026-10-01" }] },
    });
    const shift = { startDepotId: depotId, fromMinute: 18 * 60, toMinute: 22 * 60 };
    const items = DAYS.flatMap((weekday) => [
      { ...shift, weekday },
      { ...shift, weekday, courierId: courier.id },
    ]);
    const params = { id: cityId };
    const elsewhere = { ...shift, weekday: 1, startDepotId: depotId + 1_000 };
    const wrong = await refused(delivery.putShiftPattern, { params, body: { items: [elsewhere] } });
    expect(wrong.fields?.[0]?.path).toBe("items.0");
    const empty = await stage.call(delivery.getShiftPattern, { params });
    await stage.call(delivery.putShiftPattern, { params, body: { items, version: empty.version } });
    expect((await stage.call(delivery.getShiftPattern, { params })).items).toHaveLength(14);
    const stale = await refused(delivery.putShiftPattern, { params, body: empty });
    expect(stale.code).toBe("conflict");

    const body = { from: THURSDAY, days: 2 };
    const first = await stage.call(delivery.planEvenings, { params, body });
    expect(first.items).toMatchObject([
      {
        date: THURSDAY,
        outcome: "planned",
        shifts: 1,
        refused: [
          { courierId: courier.id, law: { rule: "rest", limitSeconds: 39_600, wouldSeconds: 36_000 } },
        ],
      },
      { date: FRIDAY, outcome: "planned", shifts: 1 },
    ]);
    expect(first.items[0]?.refused[0]?.words).toContain("ArbZG section 5");
    const second = await stage.call(delivery.planEvenings, { params, body });
    expect(second.items.map(({ outcome, shifts }) => [outcome, shifts])).toEqual([
      ["stands", 1],
      ["stands", 1],
    ]);
  });

  test("reads in an address list: what it says, what was left out, and houses are found however they are typed", async () => {
    const params = { id: cityId };
    const before = await stage.call(delivery.findPlaces, { query: { text: "Marktweg 2, 20095" } });
    expect(before.result).toBe("unavailable");
    const nothing = await refused(delivery.importAddressList, {
      params,
      body: { name: "leer.csv", text: "Straße;Nr\nWeg;1\n" },
    });
    expect(nothing.detail).toContain("The list of before stays.");
    const read = await stage.call(delivery.importAddressList, {
      params,
      body: { name: "hamburg.csv", text: ADDRESSES, attribution: "Stadt Hamburg" },
    });
    expect(read).toMatchObject({
      addressList: { source: "hamburg.csv", streets: 2, houses: 4 },
      leftOut: [{ reason: "noPlace", count: 1, line: 6 }],
    });
    const known = await stage.call(delivery.getCityKnowledge, { params });
    expect(known).toMatchObject({ addressList: { attribution: "Stadt Hamburg" }, buffers: [] });
    const found = await stage.call(delivery.findPlaces, { query: { text: "hafengase 7 hamburg" } });
    expect(found).toMatchObject({
      items: [{ cityId, address: "Hafengasse 7, 20095 Hamburg", place: { lat: 53.553, lon: 9.993 } }],
      attribution: "Stadt Hamburg",
    });
    const none = await stage.call(delivery.findPlaces, { query: { text: "Wolkenweg 12, 20095" } });
    expect(none.items).toEqual([]);
  });
});

/** The first window of a day that a round keeps: from 18 o'clock. */
const offered = async (day: string) => {
  const query = { lat: 53.55, lon: 9.99, cityId, days: 7 };
  const { windows } = await stage.call(delivery.listDeliveryWindows, { query });
  const found = windows.find(({ earliestAt }) => earliestAt.startsWith(day));
  if (!found) throw new Error(`No window on ${day}`);
  const { eveningId, earliestAt, latestAt } = found;
  return { eveningId, earliestAt, latestAt };
};

describe("at the counter", () => {
  test("a parcel is handed in for a customer, held, booked and found; the customer is one, however often", async () => {
    const { items, consentWords } = await stage.call(delivery.listCarriers);
    expect(items).toMatchObject([{ tenantId: stage.tenantId, isOwn: true, cities: [{ id: cityId }] }]);
    expect(consentWords.de).toContain("dreißig Minuten");
    const body = {
      key: "counter-1",
      cityId,
      place: { lat: 53.551, lon: 9.991 },
      address: "Marktweg 1, 20095 Hamburg",
      window: await offered(THURSDAY),
      senderReference: "A-100",
      parcels: 2,
      skills: ["fragile" as const],
      doorNote: "Hinterhaus",
      customer: { name: "Inken Voß", phone: "+4917604069091" },
    };
    const nobody = await refused(delivery.sendParcel, {
      body: { ...body, key: "counter-0", customer: { name: "?" }, consent: { evidence: "Theke" } },
    });
    expect(nobody.fields?.[0]?.path).toBe("consent");
    // Nobody of the planned couriers carries what breaks: that is an answer, not a fault.
    const gone = await stage.call(delivery.sendParcel, { body });
    expect(gone).toMatchObject({ outcome: "gone", instead: { refusal: { reason: "not_carried" } } });
    const plain = { ...body, key: "counter-2", skills: [] };
    const held = await stage.call(delivery.sendParcel, { body: plain });
    expect(held).toMatchObject({ outcome: "held", isToldOf: false, delivery: { demand: 2 } });
    expect((await stage.call(delivery.sendParcel, { body: plain })).delivery?.id).toBe(held.delivery?.id);
    const id = held.delivery?.id ?? 0;
    await stage.call(delivery.bookDelivery, { params: { id }, body: {} });
    const again = await stage.call(delivery.sendParcel, {
      body: { ...plain, key: "counter-3", senderReference: "A-101", window: await offered(FRIDAY) },
    });
    expect(again.contactId).toBe(held.contactId);
    const list = await stage.call(delivery.listSent, { query: { q: "a-100" } });
    expect(list).toMatchObject({
      next: null,
      items: [{ id, recipient: "Inken Voß", parcels: 2, state: "booked", senderName: "" }],
    });
    // Neither number nor address: nobody's contact, and the name stands on the parcel all the same.
    const named = { ...plain, key: "counter-4", senderReference: "A-102", customer: { name: "Ole Harms" } };
    const known = await stage.call(delivery.sendParcel, { body: named });
    expect(known).toMatchObject({
      contactId: null,
      delivery: { address: "Ole Harms, Marktweg 1, 20095 Hamburg" },
    });
    await stage.call(delivery.cancelDelivery, { params: { id: known.delivery?.id ?? 0 }, body: {} });
    const open = await stage.call(delivery.listSent, { query: { state: "open", limit: 1 } });
    expect(open.items).toHaveLength(1);
    const rest = await stage.call(delivery.listSent, { query: { state: "open", before: open.next ?? 0 } });
    expect(rest.items.map((one) => one.senderReference)).toEqual(["A-100"]);
  });

  test("whoever agreed is told by the channel that reaches them, and the words are kept with their proof", async () => {
    await stage.here.channel(stage.tenantId, { kind: "whatsapp", address: "4711" });
    const told = await stage.call(delivery.sendParcel, {
      body: {
        key: "told-1",
        cityId,
        place: { lat: 53.551, lon: 9.991 },
        address: "Marktweg 1, 20095 Hamburg",
        window: await offered(FRIDAY),
        senderReference: "A-102",
        customer: { name: "Inken Voß", phone: "+4917604069091" },
        consent: { evidence: "an der Theke gesagt" },
      },
    });
    expect(told).toMatchObject({ outcome: "held", isToldOf: true });
    const grants =
      await stage.rows(`select g.purpose, g.how, d.id::int as delivery from kernel.consent_grant g
      join delivery.delivery d on d.tenant_id = g.tenant_id and d.grant_id = g.id where g.contact_id = ${told.contactId}`);
    expect(grants).toEqual([{ purpose: "delivery.arrival", how: "staff", delivery: told.delivery?.id }]);
  });
});

const LIST = `Bestellnummer;Name;Straße;Hausnummer;PLZ;Ort;Pakete;Datum;Zeitfenster;Farbe
L-1;Ada;Marktweg;2;20095;Hamburg;1;${FRIDAY};20-22;rot
L-2;Bo;Hafengasse;9;20095;Hamburg;;;;
L-3;Cy;Hafengasse;11;20095;Hamburg;1;;;
L-4;Di;Marktweg;1;20095;Hamburg;1;${WINTER};;
L-5;Eli;Marktweg;1;20095;Hamburg;viele;;;
`;

describe("a list", () => {
  test("says which column is what and which line cannot be read", async () => {
    const read = await stage.call(delivery.readParcelList, { body: { text: LIST } });
    expect(read.columns.map(({ field }) => field)).toEqual([
      "reference",
      "name",
      "street",
      "number",
      "postcode",
      "town",
      "parcels",
      "date",
      "window",
      null,
    ]);
    expect(read.faults).toEqual([{ line: 6, fault: "parcels", value: "viele" }]);
    expect(read.rows).toMatchObject([
      { line: 2, senderReference: "L-1", address: "Marktweg 2, 20095 Hamburg", fromMinute: 1_200 },
      { line: 3, parcels: 1, date: null },
      {},
      {},
    ]);
  });

  test("is tried without a trace, booked line by line, and booked once however often it is sent", async () => {
    const { rows } = await stage.call(delivery.readParcelList, { body: { text: LIST } });
    const trial = await stage.call(delivery.sendParcelList, { body: { rows, isTrial: true } });
    expect(trial.items.map(({ outcome }) => outcome)).toEqual(["ready", "ready", "choose", "no_window"]);
    expect((await stage.call(delivery.listSent, { query: { q: "L-" } })).items).toEqual([]);
    const done = await stage.call(delivery.sendParcelList, { body: { rows } });
    expect(done.items).toMatchObject([
      { line: 2, outcome: "booked", earliestAt: `${FRIDAY}T19:00:00.000Z` },
      { line: 3, outcome: "booked" },
      { line: 4, outcome: "choose" },
      { line: 5, outcome: "no_window" },
    ]);
    const again = await stage.call(delivery.sendParcelList, { body: { rows: rows.slice(0, 2) } });
    expect(again.items.map(({ outcome, deliveryId }) => [outcome, deliveryId])).toEqual(
      done.items.slice(0, 2).map(({ deliveryId }) => ["known", deliveryId]),
    );
    const { items } = await stage.call(delivery.listSent, { query: { q: "L-" } });
    expect(items.map(({ senderReference }) => senderReference)).toEqual(["L-2", "L-1"]);
    const labels = await stage.call(delivery.makeLabels, {
      body: { format: "a4", items: items.map(({ id }) => ({ deliveryId: id })) },
    });
    expect(labels.labels).toBe(2);
    expect(Buffer.from(labels.pdf, "base64").subarray(0, 5).toString()).toBe("%PDF-");
  });
});

describe("a partner", () => {
  test("sends with the carrier once both agreed, sees its own parcels and no others, and ends it", async () => {
    const { db, clock } = stage.here.kernel;
    const { id: carrierId } = { id: stage.tenantId };
    const shop = await stage.here.tenant({ name: "Kontor" });
    const as = { tenantId: shop.id };
    const query = { carrierId };
    const [{ slug = "" } = {}] = await db.registry(async (tx) =>
      tx.selectFrom("kernel.tenant").select("slug").where("id", "=", carrierId).execute(),
    );
    expect((await refused(delivery.listSent, { query }, as)).code).toBe("forbidden");
    const asked = await stage.call(delivery.proposePartner, { body: { slug } }, as);
    expect(asked).toMatchObject({ tenantId: carrierId, state: "asked", rule: null });
    expect((await refused(delivery.proposePartner, { body: { slug } }, as)).code).toBe("rule_broken");
    expect((await stage.call(delivery.listPartners)).items).toMatchObject([
      { id: asked.id, tenantId: shop.id, state: "asks" },
    ]);
    await expect(
      db.tenant(shop.id, (tx) => agree(tx, { tenantId: shop.id, id: asked.id, now: clock.now() })),
    ).rejects.toThrow("not_found");
    await stage.call(delivery.agreePartner, { params: { id: asked.id } });
    const rule = {
      proof: "signature" as const,
      afterFailure: "return" as const,
      compensationMinor: 300,
      paysPercent: 50,
      tries: 1,
      collectDays: 3,
    };
    await stage.call(delivery.putSenderRule, { params: { id: shop.id }, body: rule });
    expect((await stage.call(delivery.listPartners)).items).toMatchObject([{ state: "stands", rule }]);
    expect((await stage.call(delivery.listCarriers, {}, as)).items).toMatchObject([
      { tenantId: carrierId, isOwn: false },
    ]);
    expect(await stage.call(delivery.getDeliveryRoom, {}, as)).toEqual({ cities: [], hasCarrier: true });

    const body = {
      key: "p-1",
      carrierId,
      cityId,
      place: { lat: 53.553, lon: 9.993 },
      address: "Hafengasse 7, 20095 Hamburg",
      window: await offered(THURSDAY),
      senderReference: "P-1",
      customer: { name: "Olga Petrow", phone: "+4917604069092" },
    };
    const sent = await stage.call(delivery.sendParcel, { body }, as);
    const id = sent.delivery?.id ?? 0;
    expect(sent.delivery?.address).toBe("Hafengasse 7, 20095 Hamburg");
    const [proof] = await stage.rows(`select proof from delivery.delivery where id = ${id}`);
    expect(proof).toEqual({ proof: "signature" });
    expect((await stage.call(delivery.listSent, { query }, as)).items).toMatchObject([
      { id, senderReference: "P-1", contactId: null },
    ]);
    const seen = await stage.call(delivery.listSent, { query: { q: "P-1" } });
    expect(seen.items).toMatchObject([{ senderName: "Kontor", contactId: null }]);
    const items = [{ deliveryId: id }];
    expect(await stage.call(delivery.makeLabels, { body: { carrierId, items } }, as)).toMatchObject({
      labels: 1,
    });
    const [another] = (await stage.call(delivery.listSent, { query: { q: "A-100" } })).items;
    const others = [{ deliveryId: another?.id ?? 0 }];
    const hidden = await refused(delivery.makeLabels, { body: { carrierId, items: others } }, as);
    expect(hidden.code).toBe("not_found");
    // As if the evening were over: half of the price is the sender's, by its rule.
    await stage.rows(
      `update delivery.delivery set state = 'done', outcome = 'handed_over', hold_until = null where id = ${id}`,
    );
    const month = THURSDAY.slice(0, 7);
    // Windows cost 3 euros and ten cents more for each hour of the day.
    const price = sent.delivery?.priceMinor ?? 0;
    expect([470, 480]).toContain(price);
    const own = await stage.call(delivery.getDeliveryStatement, { query: { month, carrierId } }, as);
    expect(own).toMatchObject({
      senderName: "Kontor",
      rows: [{ deliveryId: id, senderReference: "P-1", priceMinor: price, senderPaysMinor: price / 2 }],
      sums: [{ deliveries: 1, atFirstAttempt: 1, senderPaysMinor: price / 2 }],
    });
    const senderId = shop.id;
    expect(await stage.call(delivery.getDeliveryStatement, { query: { month, senderId } })).toEqual(own);
    const foreign = { query: { month, carrierId, senderId: carrierId } };
    expect((await refused(delivery.getDeliveryStatement, foreign, as)).code).toBe("forbidden");
    const sum = { deliveries: 1, handedOver: 1, priceMinor: price, senderPaysMinor: price / 2 };
    expect((await stage.call(delivery.listDeliveryStatements)).items).toMatchObject([
      { month, role: "carrier", partnerId: senderId, partnerName: "Kontor", sum },
    ]);
    const { items: ours } = await stage.call(delivery.listDeliveryStatements, {}, as);
    expect(ours).toMatchObject([{ month, role: "sender", partnerId: carrierId, sum }]);
    const csv = await stage.call(delivery.makeDeliveryStatement, {
      body: { month, senderId, format: "csv" },
    });
    expect(Buffer.from(csv.content, "base64").toString()).toContain(
      `${THURSDAY},${id},P-1,1,done,handed_over,1,EUR,${(price / 100).toFixed(2)}`,
    );
    const pdf = await stage.call(delivery.makeDeliveryStatement, {
      body: { month, senderId, format: "pdf" },
    });
    expect(Buffer.from(pdf.content, "base64").subarray(0, 5).toString()).toBe("%PDF-");
    await stage.call(delivery.endPartner, { params: { id: asked.id } }, as);
    expect((await refused(delivery.listSent, { query }, as)).code).toBe("forbidden");
    expect(await stage.call(delivery.getDeliveryRoom, {}, as)).toEqual({ cities: [], hasCarrier: false });
    expect((await stage.call(delivery.listDeliveryStatements, {}, as)).items).toEqual([]);
  });
});
