import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { giroCode } from "./girocode.ts";
import { decimalOf, minorOf, spokenMoney } from "./money.ts";
import { creditorReference, findReferences, isCreditorReference } from "./reference.ts";
import { mayRemind, nextReminder } from "./reminders.ts";
import { stateOf } from "./states.ts";

describe("RF creditor reference", () => {
  // ISO 11649's own example, and one that stands in most banks' papers.
  test.each([
    ["539007547034", "RF18539007547034"],
    ["0123456789", "RF180123456789"],
  ])("%s becomes %s", (body, reference) => expect(creditorReference(body)).toBe(reference));
  test("what was made is right, and with one digit changed it is not", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Z0-9]{1,21}$/),
        fc.nat(20),
        fc.integer({ min: 1, max: 9 }),
        (body, place, more) => {
          const made = creditorReference(body);
          expect(isCreditorReference(made)).toBe(true);
          const at = 4 + (place % body.length);
          const digit = Number(made[at]);
          if (Number.isNaN(digit)) return;
          expect(isCreditorReference(made.slice(0, at) + ((digit + more) % 10) + made.slice(at + 1))).toBe(
            false,
          );
        },
      ),
    );
  });
  test("is found among words, broken as banks break them, and not where digits are wrong", () => {
    const one = creditorReference("0012345678");
    const lengths = [one.length];
    const broken = `SVWZ+Rechnung ${one.slice(0, 6)} ${one.slice(6, 9)}-${one.slice(9)} danke`;
    expect(findReferences(broken, lengths)).toEqual([one]);
    expect(findReferences(one.toLowerCase(), lengths)).toEqual([one]);
    expect(findReferences(`RF00${one.slice(4)}`, lengths)).toEqual([]);
    expect(findReferences("Torf 1234567890 aus dem Moor", lengths)).toEqual([]);
  });
});

describe("GiroCode", () => {
  const transfer = {
    name: "Wikimedia Fördergesellschaft",
    iban: "DE33100205000001194700",
    bic: "BFSWDE33BER",
    amountMinor: 12_345,
    reference: "RF18539007547034",
  };
  test("is the text of EPC069-12, version 002", () => {
    expect(giroCode(transfer)).toBe(
      "BCD\n002\n1\nSCT\nBFSWDE33BER\nWikimedia Fördergesellschaft\nDE33100205000001194700\nEUR123.45\n\nRF18539007547034",
    );
    expect(giroCode({ ...transfer, bic: "", amountMinor: 1 })).toBe(
      "BCD\n002\n1\nSCT\n\nWikimedia Fördergesellschaft\nDE33100205000001194700\nEUR0.01\n\nRF18539007547034",
    );
  });
  test("a name begins no line of its own and is at most 70 characters", () => {
    const text = giroCode({ ...transfer, name: `Müller\nDE00${"ä".repeat(80)}` });
    expect(text.split("\n")).toHaveLength(10);
    expect([...(text.split("\n")[5] ?? "")]).toHaveLength(70);
  });
  test.each([0, -1, 100_000_000_000, 0.5])("%d cents are no transfer", (amountMinor) => {
    expect(() => giroCode({ ...transfer, amountMinor })).toThrow(RangeError);
  });
});

describe("amounts", () => {
  test.each([
    ["0.01", 1],
    ["12", 1_200],
    ["12.3", 1_230],
    ["9999999.99", 999_999_999],
    ["1.000", 100],
    ["1.005", null],
    ["1,00", null],
    ["-1.00", null],
    ["", null],
  ])("%s is %s cents", (text, minor) => expect(minorOf(text)).toBe(minor));
  test("come back as they were", () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), (minor) => {
        expect(minorOf(decimalOf(minor))).toBe(minor);
      }),
    );
  });
  test("are said as people say them", () => {
    expect(spokenMoney(123_450, "EUR", "de")).toBe("1.234,50\u00a0€");
    expect(spokenMoney(1_090, "EUR", "en")).toBe("€10.90");
  });
});

describe("states", () => {
  const nothing = {
    amountMinor: 1_000,
    paidMinor: 0,
    refundedMinor: 0,
    reminders: 0,
    isCancelled: false,
    isExpired: false,
  };
  test.each([
    [{}, "open"],
    [{ reminders: 1 }, "reminded"],
    [{ paidMinor: 400, reminders: 2 }, "part_paid"],
    [{ paidMinor: 1_000 }, "paid"],
    [{ paidMinor: 1_001 }, "overpaid"],
    [{ paidMinor: 1_500, refundedMinor: 500 }, "paid"],
    [{ paidMinor: 1_000, refundedMinor: 300 }, "paid"],
    [{ paidMinor: 1_000, refundedMinor: 1_000 }, "refunded"],
    [{ isCancelled: true }, "cancelled"],
    [{ isCancelled: true, paidMinor: 1 }, "overpaid"],
    [{ isCancelled: true, paidMinor: 1, refundedMinor: 1 }, "refunded"],
    [{ isExpired: true }, "expired"],
    [{ isExpired: true, paidMinor: 1_000 }, "paid"],
  ])("%j is %s", (part, state) => expect(stateOf({ ...nothing, ...part })).toBe(state));
  test("money that came is never forgotten: only a refund of all of it ends it", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.nat(20),
        fc.boolean(),
        fc.boolean(),
        (amount, paid, isCancelled, isExpired) => {
          const state = stateOf({ ...nothing, amountMinor: amount, paidMinor: paid, isCancelled, isExpired });
          if (paid > 0) expect(["part_paid", "paid", "overpaid"]).toContain(state);
        },
      ),
    );
  });
});

describe("reminders", () => {
  const now = Date.UTC(2026, 11, 20, 9);
  const one = {
    isOwing: true,
    isDisputed: false,
    dueOn: "2026-12-10",
    remindedAt: [] as number[],
    most: 2,
    today: "2026-12-20",
    now,
  };
  test("not before the day, not twice in three days, not more than said, not for nothing", () => {
    expect(mayRemind(one)).toBe("yes");
    expect(mayRemind({ ...one, today: "2026-12-10" })).toBe("too_soon");
    expect(mayRemind({ ...one, remindedAt: [now - 2 * 86_400_000] })).toBe("too_soon");
    expect(mayRemind({ ...one, remindedAt: [now - 4 * 86_400_000] })).toBe("yes");
    expect(mayRemind({ ...one, remindedAt: [1, 2] })).toBe("most");
    expect(mayRemind({ ...one, isOwing: false })).toBe("ended");
    expect(mayRemind({ ...one, isDisputed: true })).toBe("disputed");
    expect(nextReminder("2026-12-28", 7)).toBe("2027-01-04");
  });
});
