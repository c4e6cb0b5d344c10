import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { CourierEvent } from "../contract.ts";
import { examplePage, exampleShift, exampleStop } from "../testing/example.ts";
import { codeIn, mayBeRight } from "./check-code.ts";
import { navigationLink } from "./navigation.ts";
import { loadingOf, readParcel } from "./parcels.ts";
import type { Queued } from "./phone-store.ts";
import { metresBetween } from "./place.ts";
import { nextOf, pickUpBefore, project } from "./project.ts";
import { pathOf } from "./signature-path.ts";

let seq = 0;
type Given = CourierEvent extends infer One
  ? One extends CourierEvent
    ? Omit<One, "key" | "at" | "shiftId">
    : never
  : never;
const queued = (event: Given, state: Queued["state"] = "waiting"): Queued => {
  seq += 1;
  const key = `00000000-0000-4000-8000-${String(seq).padStart(12, "0")}`;
  const whole = { ...event, key, at: "2026-11-24T17:00:00Z", shiftId: 5 } as CourierEvent;
  return { seq, event: whole, state, why: null };
};

describe("a counter on the way", () => {
  const counter = {
    name: "Papeterie",
    place: { lat: 53.56, lon: 9.95 },
    earliestAt: "2026-11-24T16:00:00Z",
    latestAt: "2026-11-24T18:00:00Z",
    expectedAt: "2026-11-24T17:10:00Z",
    deliveryIds: [2, 3],
    before: 2,
  };
  const stops = [
    exampleStop(1),
    exampleStop(2, { fetchAt: "Papeterie" }),
    exampleStop(3, { fetchAt: "Papeterie" }),
  ];
  const page = examplePage(exampleShift(stops, { pickups: [counter] }));
  const seen = (...events: Queued[]) => {
    const [shift] = project(page, events);
    if (!shift) throw new Error("no shift");
    return shift;
  };

  test("comes where the node says, until everything is scanned there, also without a net", () => {
    const out = seen(queued({ kind: "leave" }));
    // What lies there is in nobody's bag when the courier sets off.
    expect(out.stops.map(({ state }) => state)).toEqual(["under_way", "booked", "booked"]);
    expect(pickUpBefore(out, nextOf(out), new Set())).toBeNull();
    const there = seen(
      queued({ kind: "leave" }),
      queued({ kind: "done", deliveryId: 1, outcome: "handed_over", to: "" }),
    );
    expect(pickUpBefore(there, nextOf(there), new Set())).toEqual(counter);
    expect(pickUpBefore(there, nextOf(there), new Set(["AHD1:1:2:1"]))).toEqual(counter);
    expect(pickUpBefore(there, nextOf(there), new Set(["AHD1:1:2:1", "AHD1:1:3:1"]))).toBeNull();
  });
});

describe("what the courier sees without a net", () => {
  const page = examplePage(exampleShift([exampleStop(1), exampleStop(2), exampleStop(3)]));
  const seen = (...events: Queued[]) => {
    const [shift] = project(page, events);
    if (!shift) throw new Error("no shift");
    return shift;
  };
  const states = (...events: Queued[]) =>
    seen(...events).stops.map(({ deliveryId, state, outcome }) => [deliveryId, state, outcome]);

  test("is the node's word and what was done since", () => {
    expect(seen().stops.map(({ state }) => state)).toEqual(["booked", "booked", "booked"]);
    const away = queued({ kind: "leave" });
    expect(seen(away).state).toBe("out");
    const second = queued({ kind: "not_there", deliveryId: 2 });
    const first = queued({ kind: "done", deliveryId: 1, outcome: "neighbour", to: "Çelik" });
    expect(states(away, second, first)).toEqual([
      [2, "failed", "not_there"],
      [1, "done", "neighbour"],
      [3, "under_way", null],
    ]);
    expect(nextOf(seen(away, second, first))?.deliveryId).toBe(3);
    expect(seen(away, second, first).stops.map(({ isWaiting }) => isWaiting)).toEqual([true, true, false]);
  });

  test("a mistake that is taken back is the next stop again", () => {
    const events = [
      queued({ kind: "leave" }),
      queued({ kind: "done", deliveryId: 1, outcome: "handed_over", to: "" }),
      queued({ kind: "undo", deliveryId: 1 }),
    ];
    expect(nextOf(seen(...events))?.deliveryId).toBe(1);
  });

  test("what was refused did not happen", () => {
    const refused = queued({ kind: "done", deliveryId: 1, outcome: "handed_over", to: "" }, "refused");
    expect(nextOf(seen(refused))?.deliveryId).toBe(1);
  });

  test("own words and the end of the round are there at once", () => {
    const shift = seen(
      queued({ kind: "write", deliveryId: 1, text: "Ich bin gleich da." }),
      queued({ kind: "back" }),
    );
    expect(shift.messages).toMatchObject([{ from: "courier", text: "Ich bin gleich da." }]);
    expect(shift.state).toBe("done");
  });
});

describe("parcels", () => {
  const stops = [
    exampleStop(17, { parcels: 2, senderReference: "HK-20417" }),
    exampleStop(18, { senderReference: "PR-9" }),
    exampleStop(118, { senderReference: "HK-30417", state: "loaded" }),
  ];
  const none = new Set<string>();

  test("are counted one by one, and the missing ones are named", () => {
    const scanned = new Set(["AHD1:1:17:2"]);
    const { loaded, all, missing } = loadingOf(stops, scanned);
    expect([loaded, all]).toEqual([2, 4]);
    expect(missing.map(({ stop, parcels }) => [stop.deliveryId, parcels])).toEqual([
      [17, [1]],
      [18, [1]],
    ]);
  });

  test.each([
    ["AHD1:1:17:2", { is: "new", code: "AHD1:1:17:2" }],
    [" ahd1:1:18:1 ", { is: "new", code: "AHD1:1:18:1" }],
    ["AHD1:1:17:3", { is: "foreign" }],
    ["AHD1:2:17:1", { is: "foreign" }],
    ["https://example.org", { is: "foreign" }],
    ["17", { is: "new", code: "AHD1:1:17:1" }],
    ["17:2", { is: "new", code: "AHD1:1:17:2" }],
    ["18", { is: "new", code: "AHD1:1:18:1" }],
    ["118", { is: "again" }],
    ["pr-9", { is: "new", code: "AHD1:1:18:1" }],
    ["0417", { is: "several" }],
    ["20417", { is: "new", code: "AHD1:1:17:1" }],
    ["8", { is: "foreign" }],
  ])("%s", (text, read) => {
    expect(readParcel(text, stops, none)).toMatchObject(read);
  });

  test("one that was scanned is not scanned twice, and the next one of the same door is taken", () => {
    const scanned = new Set(["AHD1:1:17:1"]);
    expect(readParcel("AHD1:1:17:1", stops, scanned)).toMatchObject({ is: "again" });
    expect(readParcel("17", stops, scanned)).toMatchObject({ is: "new", code: "AHD1:1:17:2" });
  });
});

describe("the code at the door", () => {
  const codes = Array.from({ length: 10_000 }, (_, n) => String(n).padStart(4, "0"));

  test("is never turned away without a net, and of wrong ones nine of ten are", async () => {
    const salt = "0123456789abcdef";
    const digit = createHash("sha256").update(`${salt}0427`).digest().readUInt32BE(0) % 10;
    const hint = { salt, digit };
    expect(await mayBeRight(hint, "0427")).toBe(true);
    const passed = (await Promise.all(codes.map((code) => mayBeRight(hint, code)))).filter(Boolean).length;
    // Whoever tries all of them on the phone is left with about a thousand.
    expect(passed).toBeGreaterThan(850);
    expect(passed).toBeLessThan(1_150);
    expect(await mayBeRight(null, "0427")).toBeNull();
  });

  test.each([
    ["4271", "4271"],
    [" 42 71 ", "4271"],
    ["427", null],
    ["42711", null],
    ["42a1", null],
  ])("%j is %j", (text, code) => {
    expect(codeIn(text)).toBe(code);
  });
});

test("navigation gets the place, never a name", () => {
  const stop = exampleStop(1, { place: { lat: 53.57, lon: 9.96 }, name: "Brandt" });
  const links = (["geo", "google", "apple", "osm"] as const).map((to) => navigationLink(to, stop));
  expect(links[0]).toBe("geo:53.57,9.96?q=53.57%2C9.96(Weg%201%2C%2020259%20Hamburg)");
  expect(links[1]).toContain("destination=53.57%2C9.96");
  expect(links.join()).not.toContain("Brandt");
});

test("a signature is a path within its field, and a dot is none", () => {
  const line = [
    [1, 2],
    [3, 4],
  ] as const;
  expect(pathOf([line, [[9, 9]]])).toBe("M1 2L3 4");
  const long = Array.from({ length: 900 }, () => line);
  expect(pathOf(Array.from({ length: 3_000 }, () => line)).length).toBeLessThanOrEqual(20_000);
  expect(pathOf(long)).toHaveLength(900 * "M1 2L3 4".length);
});

test("metres between two doors", () => {
  expect(metresBetween({ lat: 53.55, lon: 10 }, { lat: 53.56, lon: 10 })).toBeCloseTo(1_112, -1);
});
