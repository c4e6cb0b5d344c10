import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { AppError, proposeAgreement } from "#kernel";
import * as delivery from "../../src/skills/delivery/api.ts";
import { customerFor } from "../../src/skills/delivery/store/customers.ts";
import { readLabels } from "../../src/skills/delivery/store/labels.ts";
import { openServedCache } from "../../src/skills/delivery/store/talk/served.ts";
import { inTenant } from "../../src/skills/delivery/store/tx.ts";
import { type DeliveryStage, openDeliveryStage } from "../outside/delivery-stage.ts";

/** What is sent a second time, cut off, taken back or priced anew; and what of a sender's customer stays with the sender. */

const THURSDAY = "2026-11-26";
const FRIDAY = "2026-11-27";
const ADDRESSES = `Straße;Hausnummer;PLZ;Ort;Breite;Länge
Marktweg;1;20095;Hamburg;53.5510;9.9910
Marktweg;2;20095;Hamburg;53.5512;9.9912
`;
const DOOR = { lat: 53.551, lon: 9.991 };

let stage: DeliveryStage;
let cityId: number;
beforeAll(async () => {
  stage = await openDeliveryStage();
  cityId = stage.cityId;
  await stage.evening(THURSDAY, [{ capacity: 3 }]);
  await stage.evening(FRIDAY, [{ capacity: 60 }, { capacity: 60 }]);
  const body = { name: "liste.csv", text: ADDRESSES };
  await stage.call(delivery.importAddressList, { params: { id: cityId }, body });
});
afterAll(() => stage?.close());

const row = (line: number, part: object = {}) => ({ line, address: "Marktweg 1, 20095 Hamburg", ...part });
const send = (...rows: ReturnType<typeof row>[]) =>
  stage.call(delivery.sendParcelList, { body: { rows } }).then(({ items }) => items);
const stateOf = async (id: number | null | undefined) =>
  (await stage.rows(`select state, parcels, address from delivery.delivery where id = ${id}`))[0];

describe("a list that is sent again", () => {
  test("goes on where it was cut off, though the window that it holds is the last of its day", async () => {
    const { promises } = stage.room;
    const killed = vi.spyOn(promises, "book").mockRejectedValueOnce(new Error("killed"));
    const line = row(2, { senderReference: "C-1", parcels: 3 });
    await expect(send(line)).rejects.toThrow("killed");
    killed.mockRestore();
    const [held] = await stage.rows("select id, state from delivery.delivery where sender_ref = 'C-1'");
    expect(held?.state).toBe("held");
    const [done] = await send(line);
    expect(done).toMatchObject({ outcome: "booked", deliveryId: Number(held?.id) });
    expect(done?.earliestAt).toContain(THURSDAY);
    expect(await stateOf(done?.deliveryId)).toMatchObject({ state: "booked", parcels: 3 });
  });

  test("leaves what was taken back taken back, and does the lines behind it", async () => {
    const [first, second] = await send(
      row(2, { senderReference: "L-1" }),
      row(3, { senderReference: "L-2" }),
    );
    await stage.call(delivery.cancelDelivery, { params: { id: first?.deliveryId ?? 0 }, body: {} });
    const again = await send(
      row(2, { senderReference: "L-1", fromMinute: 1_140 }),
      row(3, { senderReference: "L-2", fromMinute: 1_140 }),
      row(4, { senderReference: "L-3" }),
      row(5, { senderReference: "L-3", doorNote: "hinten" }),
    );
    expect(again.map(({ outcome, deliveryId }) => [outcome, deliveryId])).toEqual([
      ["taken_back", first?.deliveryId],
      ["known", second?.deliveryId],
      ["booked", again[2]?.deliveryId],
      ["known", again[2]?.deliveryId],
    ]);
  });

  test("knows a line without a reference as long as its parcel is to come, and not for ever", async () => {
    const line = row(2, { name: "Jede Woche" });
    const [first] = await send(line);
    expect(await send(line)).toMatchObject([{ outcome: "known", deliveryId: first?.deliveryId }]);
    await stage.rows(
      `update delivery.delivery set state = 'done', outcome = 'handed_over' where id = ${first?.deliveryId}`,
    );
    const [second] = await send(line);
    expect(second?.outcome).toBe("booked");
    expect(second?.deliveryId).not.toBe(first?.deliveryId);
    expect(await send(line)).toMatchObject([{ outcome: "known", deliveryId: second?.deliveryId }]);
  });

  test("says of one person's eleventh parcel that it is too many, and books the next person's", async () => {
    const rows = Array.from({ length: 11 }, (_, n) =>
      row(n + 2, { senderReference: `M-${n}`, phone: "+4917604069077" }),
    );
    const items = await send(...rows, row(20, { senderReference: "M-20" }));
    expect(items.map(({ outcome }) => outcome)).toEqual([...Array(10).fill("booked"), "too_many", "booked"]);
  });
});

describe("a call that comes again", () => {
  test("is answered by what became of the parcel: taken back is not held", async () => {
    const { windows } = await stage.call(delivery.listDeliveryWindows, { query: DOOR });
    const { eveningId = 0, earliestAt = "", latestAt = "" } = windows[0] ?? {};
    const window = { eveningId, earliestAt, latestAt };
    const body = { key: "k-1", cityId, place: DOOR, address: "Marktweg 1", window };
    const { delivery: held } = await stage.call(delivery.sendParcel, { body });
    await stage.call(delivery.cancelDelivery, { params: { id: held?.id ?? 0 }, body: {} });
    expect(await stage.call(delivery.sendParcel, { body })).toMatchObject({
      outcome: "too_late",
      delivery: { id: held?.id, state: "cancelled" },
    });
  });

  test("at the same time for a new customer makes one person, with the number", async () => {
    const { kernel } = stage.here;
    const who = { name: "Nele", phone: "+4917604069099", language: "de" as const };
    const make = () =>
      inTenant(kernel, stage.tenantId, (tx) => customerFor(tx, stage.tenantId, who, kernel.clock.now()));
    let second: Promise<number | null> = Promise.resolve(null);
    const first = await inTenant(kernel, stage.tenantId, async (tx) => {
      const id = await customerFor(tx, stage.tenantId, who, kernel.clock.now());
      second = make();
      const waiting = async () => (await stage.rows("select 1 from pg_locks where not granted")).length;
      await expect.poll(waiting, { timeout: 20_000 }).toBeGreaterThan(0);
      return id;
    });
    expect(await second).toBe(first);
    const rows = await stage.rows("select id from kernel.contact where name = 'Nele'");
    expect(rows).toHaveLength(1);
  });
});

describe("a name", () => {
  test("without number and address stands before the address: the label needs it", async () => {
    const [done] = await send(row(2, { senderReference: "N-1", name: "Ada Behrens" }));
    expect(await stateOf(done?.deliveryId)).toMatchObject({
      address: "Ada Behrens, Marktweg 1, 20095 Hamburg",
    });
  });
});

describe("a sender", () => {
  let as: { tenantId: number };
  let query: { carrierId: number };
  let agreementId: number;
  let carrierId: number;
  const offered = async () => {
    const { windows } = await stage.call(delivery.listDeliveryWindows, { query: { ...DOOR, carrierId } }, as);
    const { eveningId = 0, earliestAt = "", latestAt = "" } = windows[0] ?? {};
    return { eveningId, earliestAt, latestAt };
  };
  const ruleOf = (paysPercent: number) =>
    stage.call(delivery.putSenderRule, { params: { id: as.tenantId }, body: { paysPercent } });

  beforeAll(async () => {
    carrierId = stage.tenantId;
    query = { carrierId };
    as = { tenantId: (await stage.here.tenant({ name: "Kontor" })).id };
    const [{ slug = "" } = {}] = (await stage.rows(
      `select slug from kernel.tenant where id = ${carrierId}`,
    )) as { slug: string }[];
    agreementId = (await stage.call(delivery.proposePartner, { body: { slug } }, as)).id;
    await stage.call(delivery.agreePartner, { params: { id: agreementId } });
  });

  test("keeps the name of its customer: on its label and in its list, not at the carrier; erased with the rest", async () => {
    const window = await offered();
    const address = "Marktweg 2, 20095 Hamburg";
    const parcel = { key: "s-1", carrierId, cityId, place: DOOR, address, window };
    const customer = { name: "Olga Petrow" };
    const sent = await stage.call(
      delivery.sendParcel,
      { body: { ...parcel, senderReference: "S-1", customer } },
      as,
    );
    const id = sent.delivery?.id ?? 0;
    expect(await stateOf(id)).toMatchObject({ address });
    const who = { tenantId: carrierId, senderTenantId: as.tenantId };
    const items = [{ deliveryId: id, parcels: 1 }];
    expect(await readLabels(stage.here.kernel, who, items)).toMatchObject([{ recipient: "Olga Petrow" }]);
    const mine = await readLabels(stage.here.kernel, { ...who, senderTenantId: undefined }, items);
    expect(mine).toMatchObject([{ recipient: "" }]);
    const found = await stage.call(delivery.listSent, { query: { ...query, q: "petrow" } }, as);
    expect(found.items).toMatchObject([{ id, recipient: "Olga Petrow" }]);
    expect((await stage.call(delivery.listSent, { query: { q: "petrow" } })).items).toEqual([]);
    const erased = { body: { ...query, senderReference: "S-1" } };
    expect(await stage.call(delivery.eraseDelivery, erased, as)).toEqual({ erased: 1 });
    const kept = await inTenant(stage.here.kernel, as.tenantId, (tx) =>
      sql`select delivery_id from delivery.sent`.execute(tx),
    );
    expect(kept.rows).toEqual([]);
  });

  test("pays the share of the day of booking, whatever its rule says later", async () => {
    await ruleOf(50);
    const body = {
      key: "p-1",
      carrierId,
      cityId,
      place: DOOR,
      address: "Marktweg 1",
      window: await offered(),
    };
    const { delivery: held } = await stage.call(delivery.holdDelivery, { body }, as);
    const id = held?.id ?? 0;
    await stage.call(delivery.bookDelivery, { params: { id }, body: { carrierId } }, as);
    await ruleOf(10);
    await stage.rows(`update delivery.delivery set state = 'done', outcome = 'handed_over' where id = ${id}`);
    const asked = { query: { ...query, month: THURSDAY.slice(0, 7) } };
    const { rows } = await stage.call(delivery.getDeliveryStatement, asked, as);
    const price = held?.priceMinor ?? 0;
    expect(rows).toMatchObject([{ deliveryId: id, priceMinor: price, senderPaysMinor: price / 2 }]);
    // Called off after a promise was broken: the credit stays owed, and nothing is to be paid.
    const broken = "state = 'cancelled', outcome = null, compensation_minor = 300";
    await stage.rows(`update delivery.delivery set ${broken} where id = ${id}`);
    const owed = await stage.call(delivery.getDeliveryStatement, asked, as);
    expect(owed.rows).toMatchObject([{ state: "cancelled", senderPaysMinor: 0, compensationMinor: 300 }]);
    expect(owed.sums).toMatchObject([{ deliveries: 0, priceMinor: 0, compensationMinor: 300 }]);
    const months = await stage.call(delivery.listDeliveryStatements, {}, as);
    expect(months.items.map(({ sum }) => sum)).toEqual(owed.sums);
    const paper = { body: { ...asked.query, format: "csv" } } as const;
    const { content } = await stage.call(delivery.makeDeliveryStatement, paper, as);
    expect(Buffer.from(content, "base64").toString()).toContain(",cancelled,,1,EUR,0.00,0.00,3.00");
  });

  test("has ten open deliveries at most for one person, as a carrier has for its own", async () => {
    const { kernel } = stage.here;
    const customer = { name: "Ben", phone: "+4917604069011", language: "de" as const };
    const contactId =
      (await inTenant(kernel, as.tenantId, (tx) =>
        customerFor(tx, as.tenantId, customer, kernel.clock.now()),
      )) ?? 0;
    const hold = async (n: number) => {
      const body = { key: `t-${n}`, carrierId, cityId, place: DOOR, address: "Marktweg 1", contactId };
      return stage.call(delivery.holdDelivery, { body: { ...body, window: await offered() } }, as);
    };
    for (let n = 0; n < 10; n++) {
      const id = (await hold(n)).delivery?.id ?? 0;
      await stage.call(delivery.bookDelivery, { params: { id }, body: { carrierId } }, as);
    }
    const eleventh: unknown = await hold(10).catch((error: unknown) => error);
    expect(eleventh instanceof AppError && eleventh.code).toBe("rule_broken");
  });

  test("adds to what its shop's page held only what the agreement names", async () => {
    const { kernel, clock } = stage.here;
    const { id: shopId } = await stage.here.tenant({ name: "Apotheke" });
    const now = clock.now();
    const agreed = await kernel.db.tenant(shopId, (tx) =>
      proposeAgreement(tx, {
        tenantId: shopId,
        withTenantId: carrierId,
        purpose: "delivery.orders",
        fields: ["address", "parcel", "place", "reference", "window"],
        expiresAt: now + 86_400_000,
        now,
      }),
    );
    await stage.call(delivery.agreePartner, { params: { id: agreed } });
    const hold = "5f0c6cb1-9a3c-4a53-8d8e-3f1d0a2b4c6d";
    const { eveningId, earliestAt, latestAt } = await offered();
    const window = { eveningId, earliestAt: Date.parse(earliestAt), latestAt: Date.parse(latestAt) };
    const detail = { key: `checkout:${hold}`, address: "Marktweg 1", senderTenantId: shopId };
    await stage.room.promises.hold(carrierId, { cityId, place: DOOR }, window, detail);
    const booked = await stage.call(
      delivery.bookCheckoutHold,
      { params: { hold }, body: { carrierId, senderReference: "R-1", doorNote: "Diskret klingeln" } },
      { tenantId: shopId },
    );
    expect(booked).toMatchObject({ outcome: "booked", delivery: { senderReference: "R-1", doorNote: "" } });
  });

  test("delivers no more in its conversation as soon as the agreement ends", async () => {
    const cache = openServedCache(stage.here.kernel);
    await cache.prepare([as.tenantId]);
    expect(cache.of(as.tenantId)).toMatchObject({ carrierId, senderId: as.tenantId });
    await stage.call(delivery.endPartner, { params: { id: agreementId } }, as);
    const served = async () => {
      await cache.prepare([as.tenantId]);
      return cache.of(as.tenantId);
    };
    await expect.poll(served, { timeout: 20_000 }).toBeNull();
  });
});
