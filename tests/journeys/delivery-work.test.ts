import { beforeAll, expect, test } from "vitest";
import * as api from "#kernel/api";
import * as delivery from "../../src/skills/delivery/api.ts";
import { type Company, newCompany } from "../outside/company.ts";
import { originOf } from "../outside/desk.ts";
import { Visitor } from "../outside/visitor.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";

/** Couriers with other work, and labels for what they carry; over HTTP. */

let node: SharedNode;
let company: Company;

beforeAll(async () => {
  node = await sharedNode();
  company = await newCompany(node);
}, 120_000);

const DAY_MS = 86_400_000;
const MIDDLE = { lat: 53.55, lon: 9.99 };
/** The next Tuesday that is at least two days away, whatever day this runs on. */
function nextTuesday(): string {
  const from = Date.now() + 2 * DAY_MS;
  const days = [0, 1, 2, 3, 4, 5, 6].map((n) => new Date(from + n * DAY_MS));
  return (days.find((day) => day.getUTCDay() === 2) as Date).toISOString().slice(0, 10);
}

test("a round that the law refuses beside other work cannot be planned; what is held gets its labels", async () => {
  const { owner } = company;
  const city = await owner.call(delivery.createDeliveryCity, {
    body: {
      name: "Hamburg",
      // Without summer time the hours below are the same all year round.
      timeZone: "Etc/GMT-1",
      middle: MIDDLE,
      depots: [{ name: "Altona", place: MIDDLE }],
      windows: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], fromMinute: 18 * 60, toMinute: 20 * 60, priceMinor: 490 }],
    },
  });
  const courier = await owner.call(delivery.createCourier, { body: { name: "Jörn" } });
  const params = { id: courier.id };
  const newspapers = { weekdays: [1, 2, 3, 4, 5, 6], fromMinute: 120, toMinute: 360, from: "2026-01-01" };
  await owner.call(delivery.putOtherWork, { params, body: { items: [newspapers] } });
  const told = await owner.call(delivery.getOtherWork, { params });
  expect(told.items).toEqual([{ ...newspapers, until: null }]);
  const { version } = await owner.call(delivery.putOtherWork, {
    params,
    body: { items: told.items, version: told.version },
  });
  expect(version).toBe(told.version);
  const stale = await owner.refused(delivery.putOtherWork, {
    params,
    body: { items: [], version: "of before" },
  });
  expect(stale.code).toBe("conflict");
  expect((await owner.call(delivery.getOtherWork, { params })).items).toEqual(told.items);
  const wrong = { items: [{ ...newspapers, toMinute: 60 }] };
  expect((await owner.refused(delivery.putOtherWork, { params, body: wrong })).code).toBe("bad_request");

  const date = nextTuesday();
  const shift = (from: string, until: string) => ({
    courierId: courier.id,
    startDepotId: city.depots[0]?.id ?? 0,
    earliestAt: `${date}T${from}:00+01:00`,
    latestAt: `${date}T${until}:00+01:00`,
  });
  const early = { cityId: city.id, date, shifts: [shift("16:30", "20:30")] };
  const refused = await owner.refused(delivery.createEvening, { body: early });
  expect(refused.detail).toMatch(
    /11 hours of rest \(ArbZG section 5\); here 10\.5 .* earliest start .* 17:00\./,
  );
  const evening = await owner.call(delivery.createEvening, {
    body: { ...early, shifts: [shift("17:00", "21:00")] },
  });
  expect(evening.shifts).toHaveLength(1);

  const [window] = evening.windows;
  const { delivery: held } = await owner.call(delivery.holdDelivery, {
    body: {
      key: `labels ${company.id}`,
      cityId: city.id,
      place: { lat: 53.555, lon: 9.98 },
      window: {
        eveningId: evening.id,
        earliestAt: window?.earliestAt ?? "",
        latestAt: window?.latestAt ?? "",
      },
      address: "Eppendorfer Weg 87, 20259 Hamburg",
      skills: [],
    },
  });
  const items = [{ deliveryId: held?.id ?? 0, parcels: 3 }];
  const made = await owner.call(delivery.makeLabels, { body: { format: "a4", items } });
  expect(made).toMatchObject({ labels: 3, name: expect.stringMatching(/^labels-.*\.pdf$/) });
  expect(Buffer.from(made.pdf, "base64").toString("latin1").slice(0, 5)).toBe("%PDF-");
  const foreign = { items: [{ deliveryId: 999_999_999 }] };
  expect((await owner.refused(delivery.makeLabels, { body: foreign })).code).toBe("not_found");
});

test("in the chat of a node windows are asked for, and without an address list a person looks", async () => {
  const { owner } = company;
  const channel = await owner.call(api.createChannel, {
    body: { kind: "web", name: "Shop", origins: ["https://shop.example"] },
  });
  const visitor = new Visitor(originOf(node.report), channel.address, "https://shop.example");
  await visitor.say("Wann können Sie liefern?");
  expect((await visitor.answers(1)).at(-1)?.text).toContain("Straße, Hausnummer und Postleitzahl");
  await visitor.say("Eppendorfer Weg 87, 20259 Hamburg");
  expect((await visitor.answers(2))[1]?.text).toContain("die Adresse ist notiert");
  await expect.poll(async () => (await visitor.history()).state.speaker, { timeout: 15_000 }).toBe("waiting");
});
