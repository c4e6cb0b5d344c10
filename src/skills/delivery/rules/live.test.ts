import fc from "fast-check";
import { expect, test } from "vitest";
import { askedOn } from "./afterwards.ts";
import { mayLeave, mayNeighbour, nextStep } from "./hand-over.ts";
import { choicesOf, opensUntil } from "./live-choices.ts";
import { coarse, wayTo } from "./live-way.ts";
import { SKILL_BITS } from "./skill-bits.ts";

const HOUR = 3_600_000;
const standing = { state: "booked", skills: 0, proof: "none", arrivedAt: null, next: null } as const;

test("who is still to be come to may choose; what the parcel does not allow is not offered", () => {
  expect(choicesOf(standing)).toEqual(["home", "neighbour", "leave", "not_home"]);
  expect(choicesOf({ ...standing, state: "under_way", proof: "code" })).toEqual([
    "home",
    "neighbour",
    "not_home",
  ]);
  expect(choicesOf({ ...standing, skills: SKILL_BITS.age_check })).toEqual(["home", "not_home"]);
  expect(choicesOf({ ...standing, skills: SKILL_BITS.cold })).toEqual(["home", "neighbour", "not_home"]);
});

test("at the door, before the booking and after the end there is nothing to choose", () => {
  expect(choicesOf({ ...standing, arrivedAt: 1 })).toEqual([]);
  for (const state of ["held", "done", "cancelled", "expired"] as const)
    expect(choicesOf({ ...standing, state }), state).toEqual([]);
});

test("after a vain attempt another window is offered where the sender's rule says so", () => {
  expect(choicesOf({ ...standing, state: "failed", next: "another_window" })).toEqual(["other_window"]);
  expect(choicesOf({ ...standing, state: "failed", next: "collect" })).toEqual([]);
});

test("a signature needs somebody, a photo does not", () => {
  expect([mayLeave({ skills: 0, proof: "signature" }), mayLeave({ skills: 0, proof: "photo" })]).toEqual([
    false,
    true,
  ]);
  expect(mayNeighbour({ skills: SKILL_BITS.fragile, proof: "signature" })).toBe(true);
});

test("tries are counted; what was refused goes back; what nobody recorded is looked at by people", () => {
  const rule = { afterFailure: "another_window", tries: 2 } as const;
  const state = "failed";
  expect(nextStep({ state, outcome: "not_there", attempt: 1 }, rule)).toBe("another_window");
  expect(nextStep({ state, outcome: "not_there", attempt: 2 }, rule)).toBe("return");
  expect(nextStep({ state, outcome: "refused", attempt: 1 }, rule)).toBe("return");
  expect(nextStep({ state: "done", outcome: "not_recorded", attempt: 1 }, rule)).toBeNull();
  // Nobody came: whatever the rule says of customers who were not there.
  expect(nextStep({ state, outcome: "not_recorded", attempt: 2 }, { ...rule, afterFailure: "return" })).toBe(
    "another_window",
  );
  expect(nextStep({ state, outcome: "not_there", attempt: 1 }, { ...rule, afterFailure: "collect" })).toBe(
    "collect",
  );
});

test("the page opens a day longer than the delivery lasted", () => {
  expect(opensUntil({ endedAt: 10 * HOUR, latestAt: 12 * HOUR })).toBe(34 * HOUR);
  expect(opensUntil({ endedAt: null, latestAt: 12 * HOUR })).toBe(36 * HOUR);
});

test("it is asked at nine the next morning, over the end of a month too", () => {
  expect(askedOn("2026-11-24")).toEqual({ day: "2026-11-25", minutes: 540 });
  expect(askedOn("2026-12-31")).toEqual({ day: "2027-01-01", minutes: 540 });
});

const METRES = 111_195;
const far = (a: { lat: number; lon: number }, b: { lat: number; lon: number }) =>
  Math.hypot((a.lat - b.lat) * METRES, (a.lon - b.lon) * METRES * Math.cos((a.lat * Math.PI) / 180));

test("a coarse place is within a block, and the same for its whole block", () => {
  const places = fc.record({
    lat: fc.double({ min: -79, max: 79, noNaN: true }),
    lon: fc.double({ min: -179, max: 179, noNaN: true }),
  });
  fc.assert(
    fc.property(places, (place) => {
      const shown = coarse(place);
      expect(far(place, shown)).toBeLessThan(110);
      expect(coarse(shown)).toEqual(shown);
    }),
  );
});

test("the way begins at the last door that is over, and shows none as it is", () => {
  const at = (n: number) => ({ lat: 53.55 + n * 0.01, lon: 9.99 });
  const stop = (n: number, isOver: boolean) => ({ place: at(n), isOver });
  const way = wayTo([stop(1, true), stop(2, true), stop(3, false), stop(4, false)], at(0));
  expect(way).toEqual([coarse(at(2)), coarse(at(3)), coarse(at(4))]);
  expect(way).not.toContainEqual(at(3));
  expect(wayTo([stop(1, false)], at(0))).toEqual([coarse(at(0)), coarse(at(1))]);
  expect(wayTo([], null)).toEqual([]);
  // Two doors of one block are one point.
  expect(wayTo([stop(1, true), stop(1, false), stop(2, false)], null)).toHaveLength(2);
});
