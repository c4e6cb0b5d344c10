import { describe, expect, it } from "vitest";
import { afterFault, isOpen, retryAfterMs } from "./breaker.ts";
import { readRegister, withCommas } from "./file-columns.ts";
import {
  readCode,
  readDay,
  readName,
  readNamedReference,
  readPostcode,
  readPostcodeAlone,
  readReference,
} from "./reading.ts";
import { shopifyStatus, shopwareStatus, spokenStatus, woocommerceStatus } from "./status-of.ts";

describe("what words hold", () => {
  it.each([
    ["HK-4711", "HK-4711"],
    ["das ist die hk-4711!", "hk-4711"],
    ["HK 4711", "HK-4711"],
    ["4711, 20099", "4711"],
    ["HK-4711, PLZ 20099", "HK-4711"],
    ["am 3.11. bestellt, Nummer 4711", "4711"],
    ["#1001", "#1001"],
    ["weiß ich nicht", null],
  ])("the number in %j is %j", (text, number) => {
    expect(readReference(text)).toBe(number);
  });

  it.each([
    ["Wo ist meine Bestellung HK-4711?", "HK-4711"],
    ["Wo ist meine Bestellung 4711?", "4711"],
    ["where is order no. 4711", "4711"],
    ["Bestellnummer: hk 4711, PLZ 20099", "hk 4711"],
    ["HK-4711 ist immer noch nicht da", "HK-4711"],
    ["Ich habe am 3.11. zwei Pfannen für 49,90 bestellt", null],
    ["Meine Bestellung über 120,50 Euro vom 20.11.2026", null],
    ["Wann kommt meine Bestellung nach 20099 Hamburg?", null],
  ])("the number in the question %j is %j", (text, number) => {
    expect(readNamedReference(text)).toBe(number);
  });

  it.each([
    ["20099", "20099"],
    ["D-20099 Hamburg", "D-20099"],
    ["PLZ: 8001", "8001"],
    ["SW1A 1AA", "SW1A 1AA"],
    ["keine Ahnung", null],
    ["49,90 Euro", null],
  ])("the postcode in %j is %j", (text, postcode) => {
    expect(readPostcode(text, { reference: "HK-4711", mustBeNamed: false })).toBe(postcode);
  });

  it.each([
    ["20099", "20099"],
    ["20099 Hamburg", "20099"],
    ["PLZ 20099.", "20099"],
    ["SW1A 1AA", "SW1A 1AA"],
    ["20099, danke, aber wann kommt es denn nun endlich", null],
    ["HK-20099", null],
    ["ich wohne in 20099", null],
    ["danke", null],
  ])("%j as a whole message is the postcode %j", (text, postcode) => {
    expect(readPostcodeAlone(text)).toBe(postcode);
  });

  it("a postcode that was not asked for is one only by its name", () => {
    const unasked = { reference: "4711", mustBeNamed: true };
    expect(readPostcode("Wo ist 4711? 20099", unasked)).toBeNull();
    expect(readPostcode("Wo ist 4711, PLZ 20099?", unasked)).toBe("20099");
    expect(readPostcode("Postcode 4711", { ...unasked, mustBeNamed: false })).toBe("4711");
  });

  it.each([
    ["24.11.", "2026-11-24"],
    ["am 3.1.", "2027-01-03"],
    ["24.11.2026", "2026-11-24"],
    ["2026-11-24", "2026-11-24"],
    ["24. November", "2026-11-24"],
    ["November 24", "2026-11-24"],
    ["morgen", "2026-11-23"],
    ["today", "2026-11-22"],
    ["31.02.2026", null],
    ["bald", null],
  ])("the day in %j is %j", (text, day) => {
    expect(readDay(text, "2026-11-22")).toBe(day);
  });

  it("a name has letters, a code six digits", () => {
    expect([readName("Mein Name ist Käthe Brandt."), readName("weiß nicht 12")]).toEqual([
      "Käthe Brandt",
      null,
    ]);
    expect([readCode("123 456"), readCode("Code: 123456!"), readCode("1234567"), readCode("12345")]).toEqual([
      "123456",
      "123456",
      null,
      null,
    ]);
  });
});

describe("one vocabulary", () => {
  it("for WooCommerce", () => {
    expect(
      ["pending", "processing", "completed", "cancelled", "refunded", "wc-own"].map(woocommerceStatus),
    ).toEqual(["awaiting_payment", "in_work", "shipped", "cancelled", "refunded", "received"]);
  });

  it.each([
    [{ order: "open", deliveries: ["open"], transactions: ["open"] }, "awaiting_payment"],
    [{ order: "open", deliveries: ["open"], transactions: ["paid"] }, "paid"],
    [{ order: "in_progress", deliveries: ["open"], transactions: ["paid"] }, "in_work"],
    [{ order: "in_progress", deliveries: ["shipped", "open"], transactions: ["paid"] }, "partly_shipped"],
    [{ order: "in_progress", deliveries: ["shipped"], transactions: ["open"] }, "shipped"],
    [{ order: "completed", deliveries: ["returned"], transactions: ["paid"] }, "returned"],
    [{ order: "completed", deliveries: ["returned"], transactions: ["refunded"] }, "refunded"],
    [{ order: "cancelled", deliveries: ["cancelled"], transactions: ["cancelled"] }, "cancelled"],
  ])("for Shopware %j", (states, status) => {
    expect(shopwareStatus(states)).toBe(status);
  });

  it.each([
    [{ fulfillment: "UNFULFILLED", financial: "PENDING", parcels: [] }, "awaiting_payment"],
    [{ fulfillment: "UNFULFILLED", financial: "PAID", parcels: [] }, "paid"],
    [{ fulfillment: "IN_PROGRESS", financial: "PAID", parcels: [] }, "in_work"],
    [{ fulfillment: "PARTIALLY_FULFILLED", financial: "PAID", parcels: ["IN_TRANSIT"] }, "partly_shipped"],
    [{ fulfillment: "FULFILLED", financial: "PAID", parcels: ["DELIVERED", "IN_TRANSIT"] }, "shipped"],
    [{ fulfillment: "FULFILLED", financial: "PAID", parcels: ["DELIVERED"] }, "delivered"],
    [{ fulfillment: "FULFILLED", financial: "REFUNDED", parcels: ["DELIVERED"] }, "refunded"],
  ])("for Shopify %j", (states, status) => {
    expect(shopifyStatus({ isCancelled: false, ...states })).toBe(status);
    expect(shopifyStatus({ ...states, isCancelled: true, financial: "PAID" })).toBe("cancelled");
  });

  it("for files", () => {
    expect(["Versandt", "in Bearbeitung", "ZUGESTELLT", "verflogen"].map(spokenStatus)).toEqual([
      "shipped",
      "in_work",
      "delivered",
      null,
    ]);
  });
});

describe("a file", () => {
  const lines = (text: string) =>
    text.split("\n").map((line, n) => ({ line: n + 1, fields: line.split(",") }));

  it("is read by the names of its columns", () => {
    const found = readRegister(
      lines("Art,Rechnungsnummer,Betrag,Fällig am,Bezahlt\nRechnung,R-7,1249.00,01.12.2026,nein"),
      5,
    );
    expect(found?.records).toMatchObject([
      {
        kind: "invoice",
        number: "R-7",
        amountCents: 124_900,
        currency: "EUR",
        dueDay: "2026-12-01",
        isPaid: false,
        asOf: 5,
      },
    ]);
    expect(readRegister(lines("Farbe,Preis\nrot,1"), 5)).toBeNull();
  });

  it("of a German spreadsheet parts by semicolons and keeps its decimal commas", () => {
    expect(withCommas('Nummer;Betrag;"Art;ikel"\nHK-1;49,90;"a;b"')).toBe(
      'Nummer,Betrag,"Art;ikel"\nHK-1,"49,90","a;b"',
    );
    expect(withCommas("a,b\n1;2,3")).toBe("a,b\n1;2,3");
  });

  it("passes on no link that is not https", () => {
    const found = readRegister(
      lines("Nummer,Sendungslink\nHK-1,javascript:alert(1)\nHK-2,https://dhl.example/2"),
      0,
    );
    expect(found).toMatchObject({
      skipped: 1,
      faults: [{ line: 2, code: "badLink" }],
      records: [{ number: "HK-2" }],
    });
  });
});

describe("the circuit", () => {
  const circuit = (
    failures: number,
    fault: "too_slow" | "rate_limited" = "too_slow",
    wait: number | null = null,
  ) => afterFault({ failures, openUntil: null }, { fault, retryAfterMs: wait, now: 1_000 });

  it("opens at the third fault in a row, for longer each time, and not for ever", () => {
    expect([circuit(0), circuit(1)].map(({ openUntil }) => openUntil)).toEqual([null, null]);
    expect([circuit(2), circuit(3), circuit(20)].map(({ openUntil }) => openUntil)).toEqual([
      61_000, 121_000, 901_000,
    ]);
    expect(isOpen(circuit(2), 60_999)).toBe(true);
    expect(isOpen(circuit(2), 61_000)).toBe(false);
  });

  it("believes who says when to come again", () => {
    expect(circuit(0, "rate_limited", 120_000).openUntil).toBe(121_000);
    expect(retryAfterMs("120", 0)).toBe(120_000);
    expect(retryAfterMs("Thu, 01 Jan 1970 00:01:00 GMT", 0)).toBe(60_000);
    expect([retryAfterMs(null, 0), retryAfterMs("bald", 0)]).toEqual([null, null]);
  });
});
