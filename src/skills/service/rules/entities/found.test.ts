import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findPhone } from "./contact-details.ts";
import { findIban } from "./iban.ts";
import { type EntityKind, findEntities, findEntity } from "./index.ts";
import { findLine } from "./line-name.ts";
import { findAmount } from "./money.ts";

const context = {
  now: new Date("2026-11-25T09:30:00Z"),
  timeZone: "Europe/Berlin",
  orderStyle: { prefix: "HK", minDigits: 5, maxDigits: 6 },
};
const shown = (text: string, expects?: EntityKind) =>
  findEntities(text, expects ? { ...context, expects } : context).map(
    ({ kind, value }) => `${kind} ${value}`,
  );

describe("IBANs", () => {
  test.each([
    ["DE89 3704 0044 0532 0130 00", "DE89370400440532013000"],
    ["meine iban ist de89370400440532013000, danke", "DE89370400440532013000"],
    ["AT61 1904 3002 3457 3201.", "AT611904300234573201"],
    ["GB29 NWBK 6016 1331 9268 19", "GB29NWBK60161331926819"],
    ["CH93-0076-2011-6238-5295-7", "CH9300762011623852957"],
  ])("%s", (text, iban) => {
    expect(findIban(text)?.iban).toBe(iban);
  });

  test.each([
    ["a digit is wrong", "DE89 3704 0044 0532 0130 01"],
    ["too short", "DE89 3704 0044 0532 0130"],
    ["too long", "DE89 3704 0044 0532 0130 000"],
    ["no such country", "XX89 3704 0044 0532 0130 00"],
    ["an order number", "HK-20417"],
  ])("none: %s", (_, text) => {
    expect(findIban(text)).toBeUndefined();
  });
});

describe("amounts", () => {
  test.each([
    ["Das kostet 12,50 €", 1250, "EUR"],
    ["EUR 1.200", 120_000, "EUR"],
    ["1.234,56 Euro abgebucht", 123_456, "EUR"],
    ["you charged me £5.99 twice", 599, "GBP"],
    ["$1,299.00", 129_900, "USD"],
    ["30 euros 50", 3050, "EUR"],
    ["nur 99 Cent", 99, "EUR"],
    ["5,- €", 500, "EUR"],
    ["CHF 20", 2000, "CHF"],
    ["12.5 eur", 1250, "EUR"],
    ["20€", 2000, "EUR"],
  ])("%s", (text, cents, currency) => {
    expect(findAmount(text)).toMatchObject({ cents, currency });
  });

  test.each(["HK-20417", "am 12.50 Uhr", "3 Stück", "20417", "europaweit 5", "U3"])("none in %s", (text) => {
    expect(findAmount(text)).toBeUndefined();
  });
});

describe("lines", () => {
  test.each([
    ["Fährt die U3 heute?", "U3"],
    ["was ist mit s1 los", "S1"],
    ["Bus 112 kommt nicht", "Bus 112"],
    ["M5 fällt aus", "M5"],
    ["die Linie 23 fährt Umleitung", "23"],
    ["line U 6 is late", "U6"],
    ["S-Bahn 21", "S21"],
    ["u-bahn linie 3", "U3"],
    ["Metrobus M15", "Bus M15"],
    ["RE 7 nach Kiel", "RE 7"],
    ["Straßenbahn 4", "Tram 4"],
    ["is the S 3 running", "S3"],
  ])("%s", (text, line) => {
    expect(findLine(text)?.line).toBe(line);
  });

  test.each([
    "Größe M, Stück 5",
    "der bus 10 minuten zu spät",
    "HK-20417",
    "it's 5 to 7",
    "3 m 20 lang",
    "was 10 euros",
    "ich bin 30",
  ])("none in %s", (text) => {
    expect(findLine(text)).toBeUndefined();
  });
});

describe("everything a message holds", () => {
  test("is found with its place, in order, and nothing twice", () => {
    const text =
      "Moin, HK-20417 kam nicht an. Bitte 12,50 € auf DE89 3704 0044 0532 0130 00, Rückruf morgen um 15 Uhr unter 0171 2345678 oder eva@example.org. Grüße aus 22765 Hamburg";
    const entities = findEntities(text, context);
    expect(entities.map(({ kind, value }) => `${kind} ${value}`)).toEqual([
      "order HK-20417",
      "amount 12.50 EUR",
      "iban DE89370400440532013000",
      "dateTime 2026-11-26T15:00",
      "phone +491712345678",
      "email eva@example.org",
      "postcode 22765",
    ]);
    expect(entities.map(({ start, end }) => text.slice(start, end))).toEqual([
      "HK-20417",
      "12,50 €",
      "DE89 3704 0044 0532 0130 00",
      "morgen um 15 Uhr",
      "0171 2345678",
      "eva@example.org",
      "22765",
    ]);
  });

  test.each([
    ["20417", undefined, ["order HK-20417"]],
    ["20417", "postcode", ["postcode 20417"]],
    ["20095 Hamburg", "order", ["postcode 20095"]],
    ["meine PLZ ist 20417", undefined, ["postcode 20417"]],
    ["Bestellung 20417 Hamburg", undefined, ["order HK-20417"]],
    ["Lieferung nach 22765 möglich?", undefined, ["postcode 22765"]],
    ["liefert ihr nach 21465 Reinbek? Bestellung 20417", undefined, ["postcode 21465", "order HK-20417"]],
    ["Kundennummer 30417", undefined, []],
    ["20417 bitte prüfen", undefined, ["order HK-20417"]],
    ["20417 Bitte prüfen", undefined, ["order HK-20417"]],
    ["SW1A 1AA", undefined, ["postcode SW1A 1AA"]],
    ["A-1010 Wien", undefined, ["postcode 1010"]],
    ["U3 oder Bus 112 um halb acht", undefined, ["line U3", "line Bus 112", "dateTime 2026-11-26T07:30"]],
    ["bitte am 12.12.2026 statt am 20417", undefined, ["dateTime 2026-12-12T09:00", "order HK-20417"]],
    ["Wo ist mein Paket?", undefined, []],
  ] as const)("%s (asked for: %s)", (text, expects, found) => {
    expect(shown(text, expects)).toEqual(found);
  });

  test("one kind alone, as a flow asks for it", () => {
    expect(findEntity("postcode", "01067", context)?.value).toBe("01067");
    expect(findEntity("order", "Es war 20417, glaube ich", context)?.value).toBe("HK-20417");
    expect(findEntity("amount", "HK-20417 für 20 Euro", context)).toMatchObject({
      cents: 2000,
      currency: "EUR",
    });
    expect(findEntity("line", "kein Bus", context)).toBeUndefined();
  });

  test("any text is read quickly, and no two finds overlap", () => {
    const signs = fc.constantFrom(..."0123456789ABDEHKUS€.,:-@/ +abüuhr".split(""));
    fc.assert(
      fc.property(fc.string({ unit: signs, maxLength: 80 }), (text) => {
        const entities = findEntities(text, context);
        entities.forEach((one, index) => {
          expect(one.end).toBeGreaterThan(one.start);
          if (index > 0) expect(one.start).toBeGreaterThanOrEqual(entities[index - 1]?.end ?? 0);
        });
      }),
    );
    const start = performance.now();
    for (const unit of ["1 ", "DE", "12,5", "a@b.", "um 3 ", "+49"])
      findEntities(unit.repeat(2_000), context);
    expect(performance.now() - start).toBeLessThan(1_500);
  });
});

test.each(["zwischen 08.30 - 12.30 Uhr", "08.00-10.00", "am 01/12/2026", "01-12-2026"])(
  "no telephone number: %s",
  (text) => {
    expect(findPhone(text)).toBeUndefined();
  },
);

test("decimals end an amount; what follows is something else", () => {
  expect(findAmount("49,90 € 14 Tage")).toMatchObject({ cents: 4_990 });
  expect(findAmount("30 Euro 50")).toMatchObject({ cents: 3_050 });
});
