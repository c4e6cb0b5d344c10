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
  const outcome = "handed_over";
  expect(takeBackState(null, { taken: true, isBack: true, outcome })).toBeNull();
  expect(takeBackState("asked", { taken: null, isBack: true, outcome: null })).toBe("asked");
  expect(takeBackState("asked", { taken: true, isBack: false, outcome })).toBe("taken");
  expect(takeBackState("taken", { taken: true, isBack: true, outcome })).toBe("at_depot");
  expect(takeBackState("taken", { taken: false, isBack: true, outcome })).toBe("not_taken");
  // Not back after all: a colleague's parcel was still to be brought.
  expect(takeBackState("at_depot", { taken: true, isBack: false, outcome })).toBe("taken");
  expect(takeBackState("returned", { taken: false, isBack: false, outcome })).toBe("returned");
});

test("where nobody gave it, or the courier is back without a word of it, it was not taken; a vain attempt leaves it open", () => {
  const told = { taken: null, isBack: false };
  expect(takeBackState("asked", { ...told, outcome: "neighbour" })).toBe("not_taken");
  expect(takeBackState("asked", { ...told, outcome: "left_there" })).toBe("not_taken");
  expect(takeBackState("asked", { ...told, outcome: "handed_over" })).toBe("asked");
  expect(takeBackState("asked", { ...told, outcome: "handed_over", isBack: true })).toBe("not_taken");
  // The courier's word comes later, or the end was undone.
  expect(takeBackState("not_taken", { ...told, outcome: "neighbour", taken: true })).toBe("taken");
  expect(takeBackState("not_taken", { ...told, outcome: null })).toBe("asked");
  expect(takeBackState("asked", { ...told, outcome: "not_there", isBack: true })).toBe("asked");
});
