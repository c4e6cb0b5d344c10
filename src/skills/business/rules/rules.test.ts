import { describe, expect, test } from "vitest";
import { documentNumber } from "./numbers.ts";
import { plainText } from "./plain-text.ts";
import { keepUntil, recordBorder } from "./retention.ts";
import { serialKey } from "./serial.ts";
import { readAnswer, readMachineDown, readYesNo } from "./speech.ts";
import { spokenMoney, spokenPercent, spokenQuantity } from "./spoken.ts";
import { isValidOn, mayBecome, type QuotationState, verdictOn } from "./states.ts";

describe("states", () => {
  const all: QuotationState[] = ["draft", "sent", "replaced", "accepted", "declined", "withdrawn", "expired"];

  test("only what is sent can be accepted, and what was accepted or replaced has ended", () => {
    expect(all.filter((state) => mayBecome(state, "accepted"))).toEqual(["sent"]);
    for (const end of ["accepted", "replaced"] as const)
      expect(all.filter((state) => mayBecome(end, state))).toEqual([]);
    expect(all.filter((state) => mayBecome("draft", state))).toEqual(["sent"]);
    expect(all.filter((state) => mayBecome(state, "replaced"))).toEqual([
      "sent",
      "declined",
      "withdrawn",
      "expired",
    ]);
  });

  test("the last day counts, the next one does not", () => {
    expect(isValidOn("2026-11-30", "2026-11-30")).toBe(true);
    expect(isValidOn("2026-11-30", "2026-12-01")).toBe(false);
  });

  const sent = { state: "sent" as const, validUntil: "2026-11-30" };
  const buyer = { roles: ["accounts", "orderer"] };
  test.each([
    [sent, buyer, "2026-11-30", "yes"],
    [sent, { roles: ["decision_maker"] }, "2026-11-01", "yes"],
    [sent, { roles: ["technician", "accounts"] }, "2026-11-01", "not_allowed"],
    [sent, buyer, "2026-12-01", "expired"],
    [{ ...sent, state: "expired" as const }, buyer, "2026-12-01", "expired"],
    [{ ...sent, state: "accepted" as const }, buyer, "2026-12-01", "accepted"],
    [{ ...sent, state: "replaced" as const }, buyer, "2026-11-01", "gone"],
    [{ ...sent, state: "withdrawn" as const }, buyer, "2026-11-01", "gone"],
    [{ ...sent, state: "draft" as const }, buyer, "2026-11-01", "gone"],
  ])("%o by %o on %s: %s", (quotation, person, today, verdict) => {
    expect(verdictOn(quotation, person, today)).toBe(verdict);
  });
});

describe("what people write", () => {
  test.each([
    "ja, bestellen wir",
    "Ja, bestellen wir!",
    "Wir nehmen das Angebot an.",
    "Wir nehmen Ihr Angebot AN-2026-0007 gerne an",
    "Hiermit bestellen wir gemäß Angebot",
    "Auftrag erteilt",
    "We accept your quotation",
    "Please proceed with the order",
  ])("%s is an acceptance", (said) => expect(readAnswer(said)).toBe("accept"));

  test.each([
    "Ja, bestellen wir, aber nur 50 Stück",
    "Bestellen wir, wenn ihr 5 % Rabatt gebt",
    "Sollen wir bestellen?",
    "Wir bestellen nächste Woche vielleicht?",
    "We accept if you deliver on Monday",
    "ja",
    "Danke für das Angebot",
    `Wir bestellen ${"und noch mehr ".repeat(30)}`,
  ])("%s is none: a person reads it", (said) => expect(readAnswer(said)).not.toBe("accept"));

  test.each(["Wir lehnen das Angebot ab", "kein Interesse", "We decline", "bestellen wir nicht"])(
    "%s is a refusal",
    (said) => expect(readAnswer(said)).toBe("decline"),
  );

  test.each([
    ["Ja", "yes"],
    ["ja bitte", "yes"],
    ["Ja, verbindlich bestellen", "yes"],
    ["ok, danke", "yes"],
    ["Yes please.", "yes"],
    ["wir bestellen", "yes"],
    ["Nein", "no"],
    ["nein danke", "no"],
    ["doch nicht", "no"],
    ["Ja, aber später", null],
    ["Was kostet der Versand?", null],
    ["", null],
  ])("the last word %s is %s", (said, meant) => expect(readYesNo(said)).toBe(meant));

  test("a machine that stands still, by its number in whatever spelling", () => {
    expect(readMachineDown("Maschine 4711 steht")).toEqual({ keys: ["4711"], isMachine: true });
    expect(readMachineDown("Unsere MX-47/11 ist ausgefallen")?.keys).toEqual(["MX4711"]);
    expect(readMachineDown("The press SW-200-0815 is down since 6")?.keys).toEqual(["SW2000815"]);
    expect(readMachineDown("Die Anlage läuft nicht")).toEqual({ keys: [], isMachine: true });
    expect(readMachineDown("Maschine 4711 läuft wieder, Störung behoben")).toBeNull();
    expect(readMachineDown("Wann kommt unsere Lieferung?")).toBeNull();
    expect(readMachineDown("x".repeat(100_000))).toBeNull();
  });

  test("serial numbers are one whatever their signs", () => {
    expect(serialKey(" mx-47 11 ")).toBe("MX4711");
    expect(serialKey("ＭＸ4711")).toBe("MX4711");
    expect(serialKey("--")).toBe("");
  });
});

test("amounts are read as people write them", () => {
  const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");
  expect(plain(spokenMoney(123_450, "EUR", "de"))).toBe("1.234,50 €");
  expect(plain(spokenMoney(5, "EUR", "en"))).toBe("€0.05");
  expect(spokenQuantity(1_500, "de")).toBe("1,5");
  expect(spokenQuantity(12_500_000, "en")).toBe("12,500");
  expect(plain(spokenPercent(250, "de"))).toBe("2,5 %");
  expect(spokenPercent(1_900, "en")).toBe("19%");
  // Larger than any float counts to the cent.
  expect(plain(spokenMoney(9_007_199_254_740_991, "EUR", "de"))).toBe("90.071.992.547.409,91 €");
});

test("numbers of documents have four places and more when needed", () => {
  expect(documentNumber("AN", 2026, 7)).toBe("AN-2026-0007");
  expect(documentNumber("AB", 2026, 12_345)).toBe("AB-2026-12345");
});

test("letters of trade stay six years from the end of their year", () => {
  expect(new Date(keepUntil(Date.parse("2026-01-01T00:00:00Z"))).toISOString()).toBe(
    "2033-01-01T00:00:00.000Z",
  );
  expect(new Date(keepUntil(Date.parse("2026-12-31T12:00:00Z"))).toISOString()).toBe(
    "2033-01-01T00:00:00.000Z",
  );
  // On New Year's Day 2033 what ended before 2027 may go.
  expect(new Date(recordBorder(Date.parse("2033-01-01T00:00:00Z"))).toISOString()).toBe(
    "2027-01-01T00:00:00.000Z",
  );
});

test("text in documents has no hidden signs", () => {
  expect(plainText("a\u202eb\u0000c\r\nd\u200be")).toBe("abc\nde");
  const parts = plainText("x".repeat(150)).split(" ");
  expect(parts.map((part) => part.length)).toEqual([60, 60, 30]);
  expect(plainText("a\u0301\u0302\u0303\u0304").length).toBeLessThan(5);
});
