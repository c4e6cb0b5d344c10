import { expect, test } from "vitest";
import { mayAskToTake, takeBackState } from "./take-back.ts";

test("it may be asked for until the courier is on the way to the door, where the rule allows it", () => {
  const rule = { isAllowed: true, words: "" };
  expect(mayAskToTake({ state: "loaded", arrivedAt: null }, rule)).toBe(true);
  expect(mayAskToTake({ state: "under_way", arrivedAt: null }, rule)).toBe(false);
  expect(mayAskToTake({ state: "loaded", arrivedAt: 1 }, rule)).toBe(false);
  expect(mayAskToTake({ state: "held", arrivedAt: null }, rule)).toBe(false);
  expect(mayAskToTake({ state: "booked", arrivedAt: null }, { isAllowed: false, words: "" })).toBe(false);
});

test("its state is what the courier's last word says, in whatever order it was heard", () => {
  expect(takeBackState(null, { taken: true, isBack: true })).toBeNull();
  expect(takeBackState("asked", { taken: null, isBack: true })).toBe("asked");
  expect(takeBackState("asked", { taken: true, isBack: false })).toBe("taken");
  expect(takeBackState("taken", { taken: true, isBack: true })).toBe("at_depot");
  expect(takeBackState("taken", { taken: false, isBack: true })).toBe("not_taken");
  // Not back after all: a colleague's parcel was still to be brought.
  expect(takeBackState("at_depot", { taken: true, isBack: false })).toBe("taken");
  expect(takeBackState("returned", { taken: false, isBack: false })).toBe("returned");
});
