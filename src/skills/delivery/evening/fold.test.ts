import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Entry, foldShift, foldStops } from "./fold.ts";

/** The log of a round: whatever order it comes in, it says the same. */

const MINUTE = 60_000;
let ids = 0;
const entry = (kind: Entry["kind"], minute: number, more: Partial<Entry> = {}): Entry => ({
  id: ++ids,
  at: minute * MINUTE,
  kind,
  shiftId: 1,
  deliveryId: null,
  outcome: null,
  words: "",
  minutes: null,
  ...more,
});
const stop = (kind: Entry["kind"], minute: number, deliveryId: number, more: Partial<Entry> = {}) =>
  entry(kind, minute, { deliveryId, ...more });

describe("a round's log", () => {
  test("says where the courier is and what became of each stop", () => {
    const log = [
      entry("accepted", -60),
      stop("scanned", -5, 11),
      entry("left", 0),
      stop("arrived", 9, 11),
      stop("done", 12, 11, { outcome: "neighbour", words: "Frau Sommer" }),
      stop("arrived", 20, 12),
    ];
    expect(foldShift(log)).toEqual({
      acceptedAt: -60 * MINUTE,
      leftAt: 0,
      backAt: null,
      heardAt: 20 * MINUTE,
      atDeliveryId: 12,
      isServing: true,
      since: 20 * MINUTE,
    });
    expect(foldStops(log).get(11)).toEqual({
      arrivedAt: 9 * MINUTE,
      endedAt: 12 * MINUTE,
      outcome: "neighbour",
      words: "Frau Sommer",
      scannedAt: -5 * MINUTE,
      taken: null,
      takenWords: "",
    });
    expect(foldStops(log).get(12)).toMatchObject({ arrivedAt: 20 * MINUTE, endedAt: null, outcome: null });
  });

  test("accepting alone is no sign from the street", () => {
    expect(foldShift([entry("accepted", -60)])).toMatchObject({ acceptedAt: -60 * MINUTE, heardAt: null });
    expect(foldShift([entry("accepted", -60), entry("declined", -50)])).toMatchObject({ acceptedAt: null });
  });

  test("a thing tapped twice is one; one undo takes it back", () => {
    const twice = [
      stop("done", 10, 11, { outcome: "handed_over" }),
      stop("done", 11, 11, { outcome: "handed_over" }),
    ];
    expect(foldStops(twice).get(11)).toMatchObject({ endedAt: 10 * MINUTE, outcome: "handed_over" });
    const undone = [stop("arrived", 8, 11), ...twice, stop("undone", 12, 11)];
    expect(foldStops(undone).get(11)).toMatchObject({ arrivedAt: 8 * MINUTE, endedAt: null, outcome: null });
    expect(foldShift(undone)).toMatchObject({ atDeliveryId: 11, isServing: true, since: 8 * MINUTE });
  });

  test("who comes back to a door where nobody was hands over later", () => {
    const log = [stop("not_there", 10, 11), stop("done", 40, 11, { outcome: "handed_over" })];
    expect(foldStops(log).get(11)).toMatchObject({ outcome: "handed_over", endedAt: 40 * MINUTE });
  });

  test("a delay moves the moment of leaving, being back ends the round", () => {
    const log = [entry("left", 0), entry("delay", 5, { minutes: 20 })];
    expect(foldShift(log)).toMatchObject({ leftAt: 0, since: 25 * MINUTE });
    expect(foldShift([...log, entry("back", 90)])).toMatchObject({ backAt: 90 * MINUTE });
  });

  test("any order of arrival ends in the same state", () => {
    const kinds = fc.constantFrom<Entry["kind"]>(
      "left",
      "arrived",
      "done",
      "not_there",
      "undone",
      "scanned",
      "delay",
    );
    const logs = fc
      .array(
        fc.record({
          kind: kinds,
          minute: fc.integer({ min: 0, max: 200 }),
          deliveryId: fc.integer({ min: 1, max: 4 }),
        }),
        {
          maxLength: 25,
        },
      )
      .map((list) =>
        list.map(({ kind, minute, deliveryId }) =>
          entry(kind, minute, {
            deliveryId: kind === "left" || kind === "delay" ? null : deliveryId,
            minutes: kind === "delay" ? 7 : null,
          }),
        ),
      );
    const shuffled = logs.chain((log) =>
      fc.record({ log: fc.constant(log), other: fc.shuffledSubarray(log, { minLength: log.length }) }),
    );
    fc.assert(
      fc.property(shuffled, ({ log, other }) => {
        expect(foldShift(other)).toEqual(foldShift(log));
        expect([...foldStops(other)].sort()).toEqual([...foldStops(log)].sort());
      }),
      { numRuns: 200 },
    );
  });
});
