import { expect, test } from "vitest";
import { courierStop, type StopFacts, showsStops } from "./courier-stop.ts";

const facts: StopFacts = {
  tenantId: 7,
  id: 42,
  recipient: "Brandt",
  address: "Eppendorfer Weg 87",
  lat: 53.57,
  lon: 9.96,
  earliestAt: Date.parse("2026-11-24T18:00:00Z"),
  latestAt: Date.parse("2026-11-24T20:00:00Z"),
  expectedAt: Date.parse("2026-11-24T18:42:00Z"),
  isLate: false,
  doorNote: "",
  parcels: 1,
  fetchAt: null,
  senderName: "Hansekontor",
  senderRef: "HK-1",
  skills: 0,
  proof: "none",
  codeHint: null,
  takeBack: "",
  takeBackState: null,
  state: "under_way",
  outcome: null,
  choice: null,
  hasConversation: true,
};

test("the code is the label's without the parcel's number", () => {
  expect(courierStop(facts)).toMatchObject({
    code: "AHD1:7:42",
    expectedAt: "2026-11-24T18:42:00.000Z",
    isInPlan: true,
    canWrite: true,
  });
});

test.each([
  [{}, { mayNeighbour: true, mayLeave: false }],
  [{ choice: "leave" as const }, { mayNeighbour: true, mayLeave: true }],
  [{ choice: "home" as const }, { mayNeighbour: false, mayLeave: false }],
  [
    { choice: "leave" as const, skills: 2 },
    { mayNeighbour: false, mayLeave: false },
  ],
])("%j", (more, may) => {
  expect(courierStop({ ...facts, ...more })).toMatchObject(may);
});

test("what has ended is expected no more, and nobody is written to about it", () => {
  expect(courierStop({ ...facts, state: "done", outcome: "handed_over" })).toMatchObject({
    expectedAt: null,
    canWrite: false,
  });
});

test("addresses stand there on the day, not before", () => {
  expect(showsStops({ date: "2026-11-24", state: "planned" }, "2026-11-23")).toBe(false);
  expect(showsStops({ date: "2026-11-24", state: "planned" }, "2026-11-24")).toBe(true);
  expect(showsStops({ date: "2026-11-24", state: "out" }, "2026-11-25")).toBe(true);
});
