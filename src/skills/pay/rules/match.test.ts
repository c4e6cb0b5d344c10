import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSameName, keyedEntries, knownRequests, matchEntry as match, type Payable } from "./match.ts";
import { notesOf } from "./order.ts";
import { creditorReference } from "./reference.ts";
import { readPaymentWords } from "./speech.ts";

const payable = (id: number, part: Partial<Payable> = {}): Payable => ({
  id,
  reference: creditorReference(String(id).padStart(10, "0")),
  state: "open",
  currency: "EUR",
  owedMinor: 1_000,
  name: "Käthe Weiß",
  ...part,
});
const matchEntry = (one: Parameters<typeof match>[0], known: Parameters<typeof match>[1]) =>
  match(one, known, { isCovered: false });
const entry = {
  isCredit: true,
  isReversal: false,
  amountMinor: 1_000,
  currency: "EUR",
  name: "",
  reference: "",
  words: "",
  endToEnd: "",
  bankReference: "B1",
};

describe("a right reference", () => {
  const one = payable(7);
  test.each(["reference", "words", "endToEnd"])("in %s decides, whatever the sum", (place) => {
    const found = matchEntry(
      { ...entry, amountMinor: 5, [place]: one.reference },
      knownRequests([one, payable(8)]),
    );
    expect(found).toEqual({ state: "matched", requestId: 7 });
  });
  test("of a request that ended is proposed, not booked", () => {
    const known = knownRequests([payable(7, { state: "cancelled", owedMinor: 0 })]);
    expect(matchEntry({ ...entry, words: one.reference }, known)).toEqual({
      state: "proposed",
      proposals: [{ requestId: 7, why: "reference_ended" }],
    });
  });
  test("and another one in the same entry: a person divides it", () => {
    const two = payable(8);
    const words = `${one.reference} ${two.reference}`;
    expect(matchEntry({ ...entry, words }, knownRequests([one, two]))).toMatchObject({
      state: "proposed",
      proposals: [{ requestId: 7 }, { requestId: 8 }],
    });
  });
});

describe("a right reference in an entry without the bank's own, which may be the same entry once more", () => {
  const one = payable(7);
  const bare = { ...entry, bankReference: "", words: one.reference };
  test("books what is owed, on a day that no other statement has brought", () => {
    const found = match(bare, knownRequests([one]), { isCovered: false });
    expect(found).toEqual({ state: "matched", requestId: 7 });
  });
  test("is only proposed on a day that another statement has brought", () => {
    expect(match(bare, knownRequests([one]), { isCovered: true })).toEqual({
      state: "proposed",
      proposals: [{ requestId: 7, why: "reference" }],
    });
    const named = { ...bare, bankReference: "B1" };
    expect(match(named, knownRequests([one]), { isCovered: true }).state).toBe("matched");
  });
  test("is only proposed for a request that is paid", () => {
    const known = knownRequests([payable(7, { state: "paid", owedMinor: 0 })]);
    expect(match(bare, known, { isCovered: false })).toEqual({
      state: "proposed",
      proposals: [{ requestId: 7, why: "reference_ended" }],
    });
  });
});

describe("without a reference", () => {
  test("the same sum and the same name come first, the same sum alone after, another sum never", () => {
    const known = knownRequests([
      payable(1, { name: "Otto Braun" }),
      payable(2),
      payable(3, { owedMinor: 999 }),
    ]);
    expect(matchEntry({ ...entry, name: "WEISS KAETHE" }, known)).toEqual({
      state: "proposed",
      proposals: [
        { requestId: 2, why: "amount_and_name" },
        { requestId: 1, why: "amount" },
      ],
    });
    expect(matchEntry({ ...entry, amountMinor: 17 }, known)).toEqual({ state: "unknown", proposals: [] });
  });
  test("names fit in any order and writing, and not in part", () => {
    expect(isSameName("Käthe Weiß", "Weiss, Kaethe")).toBe(true);
    expect(isSameName("José Núñez", "NUNEZ JOSE")).toBe(true);
    expect(isSameName("Käthe Weiß", "Weiß, Otto")).toBe(false);
    expect(isSameName("", "Weiß")).toBe(false);
    expect(isSameName("Jo", "Jo Jo")).toBe(false);
  });
});

test("debits, reversals and foreign money are never booked by themselves", () => {
  const one = payable(7);
  const words = one.reference;
  const known = knownRequests([one]);
  expect(matchEntry({ ...entry, words, isCredit: false }, known).state).toBe("other");
  expect(matchEntry({ ...entry, words, isCredit: false, isReversal: true }, known).state).toBe("reversal");
  // Our own transfer that came back carries our customer's reference: no booking goes with it.
  expect(matchEntry({ ...entry, words, isReversal: true }, known)).toEqual({
    state: "reversal",
    proposals: [],
  });
  expect(matchEntry({ ...entry, words, currency: "CHF" }, known).state).toBe("foreign_currency");
});

test("whatever stands in an entry: it is booked only to the one request whose reference it carries", () => {
  const requests = Array.from({ length: 20 }, (_, n) =>
    payable(n + 1, { owedMinor: 100 * ((n % 4) + 1), state: n % 5 === 0 ? "paid" : "open" }),
  );
  const known = knownRequests(requests);
  const piece = fc.oneof(
    fc.constantFrom(...requests.map(({ reference }) => reference)),
    fc.stringMatching(/^[A-Z0-9 ]{0,30}$/),
    fc.constant("RF"),
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 3 }),
      fc.constantFrom(100, 200, 300, 400, 999),
      fc.boolean(),
      (pieces, amountMinor, isCredit) => {
        const words = pieces.join(" / ");
        const found = matchEntry({ ...entry, words, amountMinor, isCredit }, known);
        if (found.state !== "matched") return;
        const own = requests.find(({ id }) => id === found.requestId);
        expect(isCredit).toBe(true);
        expect(words).toContain(own?.reference);
      },
    ),
  );
});

describe("keys of entries", () => {
  const full = {
    ...entry,
    position: 3,
    isBooked: true,
    bookedOn: "2026-11-24",
    bankReference: "B1",
    part: 0,
    iban: "",
  };
  const keyOf = (statementId: string, one: typeof full) => keyedEntries("DE1", statementId, [one])[0]?.key;
  test("the bank's reference is known again in any statement, without one an entry only in its own", () => {
    expect(keyOf("S1", full)).toBe(keyOf("S2", { ...full, position: 9 }));
    const bare = { ...full, bankReference: "" };
    expect(keyOf("S1", bare)).not.toBe(keyOf("S2", bare));
    expect(keyOf("S1", bare)).not.toBe(keyOf("S1", { ...bare, position: 4 }));
  });
  test("two that are alike in one statement are two, and both are known again", () => {
    const twins = [full, { ...full, position: 4 }];
    const keys = (statementId: string) => keyedEntries("DE1", statementId, twins).map(({ key }) => key);
    expect(new Set(keys("S1")).size).toBe(2);
    expect(keys("S1")).toEqual(keys("S2"));
  });
});

test("a statement that comes late, leaves a hole or repeats entries is taken, and that is said", () => {
  const newest = { toOn: "2026-11-25", closingMinor: 500 };
  const before = { toOn: "2026-11-23", closingMinor: 300 };
  const one = { toOn: "2026-11-24", openingMinor: 300 };
  expect(notesOf(one, { before, newest: before, twice: 0 })).toEqual([]);
  expect(notesOf(one, { before: null, newest: null, twice: 0 })).toEqual([]);
  expect(notesOf(one, { before, newest, twice: 0 })).toEqual(["out_of_order"]);
  expect(notesOf({ ...one, openingMinor: 301 }, { before, newest: before, twice: 2 })).toEqual([
    "gap",
    "overlap",
  ]);
});

test.each([
  ["Was muss ich noch zahlen?", "owe"],
  ["Wie viel muss ich noch überweisen?", "owe"],
  ["Ist bei mir noch etwas offen?", "owe"],
  ["Habe ich noch offene Rechnungen?", "owe"],
  ["What do I still owe?", "owe"],
  ["How much do I have to pay?", "owe"],
  ["Ich habe gestern schon bezahlt", "paid"],
  ["Habt ihr meine Überweisung erhalten?", "paid"],
  ["Ist mein Geld angekommen?", "paid"],
  ["I've already paid", "paid"],
  ["Rechnung?", "receipt"],
  ["Ich brauche eine Quittung", "receipt"],
  ["Can I have a receipt please", "receipt"],
  ["Die Rechnung stimmt nicht", "dispute"],
  ["Das habe ich nie bestellt, das bezahle ich nicht", "dispute"],
  ["I dispute this invoice, the amount is wrong", "dispute"],
  ["Kann man bei euch mit Karte zahlen?", null],
  ["Ich habe noch nicht bezahlt", null],
  ["Wie viel kostet der Versand?", null],
  ["Guten Morgen", null],
])("%s is %s", (text, said) => expect(readPaymentWords(text)).toBe(said));
