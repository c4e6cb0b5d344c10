import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LookupRecord, lookupRecord } from "../api/record.ts";
import { barePhone, barePostcode, lastName } from "./bare.ts";
import { choose } from "./choice.ts";
import { codeAddresses, codeHash, evidenceHash, isCode, isProvedBy, proven } from "./proof.ts";
import { bareReference, shownOf } from "./record.ts";

const known = {
  postcodes: ["20099"],
  emails: ["kaethe@example.org"],
  phones: ["0170 5550100"],
  names: ["Käthe Brandt"],
  country: "DE",
};
const record = (change: Partial<LookupRecord> = {}): LookupRecord => ({
  ...lookupRecord.parse({ kind: "order", number: "HK-4711", status: "shipped", asOf: 0 }),
  known,
  amountCents: 4990,
  currency: "EUR",
  ...change,
});
const web = { kind: "web", address: "kaethe@example.org" };
const order = { kind: "order", reference: "4711" } as const;
const prove = (given: object, change: Partial<LookupRecord> = {}, question: object = order) =>
  proven([record(change)], { ...order, ...question }, { given: { channel: web, ...given }, prefix: "HK-" })
    .map(({ proof }) => proof)
    .at(0) ?? null;

describe("what proves an order", () => {
  it("is its postcode, however it is written", () => {
    expect(["20099", "D-20099", " 20 099 "].map((postcode) => prove({ postcode }))).toEqual([
      "postcode",
      "postcode",
      "postcode",
    ]);
    expect(prove({ postcode: "20098" })).toBeNull();
    expect(prove({})).toBeNull();
  });

  it("is the telephone or the mailbox to which the answer goes, where the provider vouches for it", () => {
    expect(prove({ channel: { kind: "whatsapp", address: "491705550100" } })).toBe("channel");
    expect(prove({ channel: { kind: "email", address: "Kaethe@Example.org" } })).toBe("channel");
    const reply = "mailto:Kaethe%40example.org?subject=Re%3A%20Paket&in-reply-to=%3Ca%40b%3E";
    expect(prove({ channel: { kind: "email", address: reply } })).toBe("channel");
    expect(prove({ channel: { kind: "email", address: "mailto:%E0%A4%A?subject=x" } })).toBeNull();
    // An address that was typed into a chat is nobody's.
    expect(prove({ channel: web })).toBeNull();
    expect(prove({ channel: { kind: "telegram", address: "491705550100" } })).toBeNull();
  });

  it("is no surname that two have on that day", () => {
    const at = { kind: "appointment", reference: "2026-11-24" } as const;
    const one = record({ kind: "appointment", day: "2026-11-24" });
    const asking = { given: { channel: web, name: "Brandt" }, prefix: "" };
    const told = (records: LookupRecord[]) =>
      choose(proven(records, at, asking).map((found) => ({ ...found, connectionId: 1 })))?.length ?? null;
    expect(told([one])).toBe(1);
    expect(told([one, { ...one, items: ["another"] }])).toBeNull();
  });

  it("is never what is empty: an order without a postcode is not proved by none", () => {
    const nothing = { postcodes: [""], emails: [""], phones: ["", "0"], names: [""], country: null };
    for (const given of [
      { postcode: "" },
      { postcode: "-" },
      { channel: { kind: "whatsapp", address: "" } },
      { channel: { kind: "whatsapp", address: "0" } },
      { channel: { kind: "email", address: " " } },
      { confirmed: "" },
    ])
      expect(prove(given, { known: nothing })).toBeNull();
  });

  it("does nothing for another record, whatever the register returned", () => {
    expect(prove({ postcode: "20099" }, { number: "HK-4712" })).toBeNull();
    expect(prove({ postcode: "20099" }, { kind: "invoice" })).toBeNull();
    fc.assert(
      fc.property(fc.string(), fc.string(), (number, reference) => {
        const given = { channel: web, postcode: "20099" };
        const found = proven([record({ number })], { kind: "order", reference }, { given, prefix: "HK-" });
        expect(found.length === 1).toBe(
          bareReference(reference, "HK-") !== "" &&
            bareReference(number, "HK-") === bareReference(reference, "HK-"),
        );
      }),
    );
  });
});

describe("what proves more", () => {
  const invoice = { kind: "invoice" } as const;
  it("an invoice takes a code to the mailbox of the order, or that mailbox itself", () => {
    expect(prove({ postcode: "20099" }, invoice, invoice)).toBeNull();
    expect(prove({ confirmed: "kaethe@example.org" }, invoice, invoice)).toBe("code");
    expect(prove({ confirmed: "491705550100" }, invoice, invoice)).toBe("code");
    expect(prove({ channel: { kind: "email", address: "kaethe@example.org" } }, invoice, invoice)).toBe(
      "channel",
    );
  });

  it("a code goes nowhere but to the record that was asked for", () => {
    const asked = { kind: "invoice", reference: "4711" } as const;
    expect(codeAddresses([record(invoice)], asked, "HK-")).toEqual({
      emails: ["kaethe@example.org"],
      phones: ["491705550100"],
    });
    expect(codeAddresses([record({ ...invoice, number: "HK-9" })], asked, "HK-")).toEqual({
      emails: [],
      phones: [],
    });
  });

  it("an appointment is its day with its name", () => {
    const appointment = { kind: "appointment", day: "2026-11-24", number: "T-1" } as const;
    const question = { kind: "appointment", reference: "2026-11-24" };
    expect(
      ["Brandt", "käthe brandt", "Frau BRANDT"].map((name) => prove({ name }, appointment, question)),
    ).toEqual(["name", "name", "name"]);
    expect(prove({ name: "Brand" }, appointment, question)).toBeNull();
    expect(prove({ name: "Brandt" }, { ...appointment, day: "2026-11-25" }, question)).toBeNull();
  });

  it("a code is right for its own conversation and number alone", () => {
    const about = { conversationId: 1, kind: "invoice", reference: "4711", code: "123456" } as const;
    const hash = codeHash("secret", about);
    expect(isCode(hash, codeHash("secret", about))).toBe(true);
    for (const other of [{ conversationId: 2 }, { reference: "4712" }, { code: "123457" }])
      expect(isCode(hash, codeHash("secret", { ...about, ...other }))).toBe(false);
    expect(isCode(hash, codeHash("other", about))).toBe(false);
  });
});

describe("of several proved records", () => {
  const of = (connectionId: number, proof: "postcode" | "channel", change: Partial<LookupRecord> = {}) => ({
    record: record(change),
    proof,
    value: "",
    connectionId,
  });
  const numbers = (...all: ReturnType<typeof of>[]) =>
    choose(all)?.map(({ connectionId, record: { number } }) => `${connectionId} ${number}`) ?? null;

  it("a postcode tells one, and none where it fits two registers or two persons of one", () => {
    expect(numbers(of(1, "postcode"))).toEqual(["1 HK-4711"]);
    expect(numbers(of(1, "postcode"), of(2, "postcode"))).toBeNull();
    const other = { known: { ...known, names: ["Brandt, Ole"] } };
    expect(numbers(of(1, "postcode"), of(1, "postcode", other))).toBeNull();
    // A file that names one order twice.
    expect(numbers(of(1, "postcode"), of(1, "postcode"))).toEqual(["1 HK-4711"]);
  });

  it("whoever has the telephone is told what is theirs, each once", () => {
    expect(numbers(of(1, "channel"), of(1, "channel"), of(2, "channel"), of(3, "postcode"))).toEqual([
      "1 HK-4711",
      "2 HK-4711",
    ]);
    expect(numbers()).toEqual([]);
  });
});

it("a proof of before holds as long as it is true of the record", () => {
  const hash = (value: string) => evidenceHash("secret", { conversationId: 1, proof: "postcode", value });
  const kept = { proof: "postcode" as const, evidence: hash("20099") };
  expect(isProvedBy(record(), kept, hash)).toBe(true);
  expect(isProvedBy(record({ known: { ...known, postcodes: ["10115"] } }), kept, hash)).toBe(false);
  expect(
    isProvedBy(record({ known: { ...known, postcodes: [""] } }), { ...kept, evidence: hash("") }, hash),
  ).toBe(false);
  expect(isProvedBy(record(), { proof: "channel", evidence: null }, hash)).toBe(false);
});

it("what is told carries neither where somebody lives nor, after a postcode, money", () => {
  const told = JSON.stringify(shownOf(record(), false));
  expect(told).not.toMatch(/20099|kaethe|0170|Brandt|4990/);
  expect(shownOf(record(), true).amountCents).toBe(4990);
});

it("numbers, postcodes and names are compared as people mean them", () => {
  expect(["#HK-4711", "hk 4711", "4711", "HK4711"].map((one) => bareReference(one, "HK-"))).toEqual(
    Array.from({ length: 4 }, () => "4711"),
  );
  expect(bareReference("HK-", "HK-")).toBe("HK");
  expect(barePostcode("sw1a 1aa")).toBe("SW1A1AA");
  expect([
    barePhone("0170 5550100", "DE"),
    barePhone("+49 (0)170 5550100", "AT"),
    barePhone("0049170 5550100", null),
  ]).toEqual(["491705550100", "491705550100", "491705550100"]);
  expect([lastName("Dr. Jürgen Groß"), lastName("gross"), lastName("")]).toEqual(["gross", "gross", ""]);
});
