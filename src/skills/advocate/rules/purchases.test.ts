import fc from "fast-check";
import { expect, test } from "vitest";
import { judgeOrder } from "./duplicates.ts";
import { normalGtin } from "./gtin.ts";
import { placeOf } from "./steps.ts";
import { subjectsOf } from "./subjects.ts";
import { betterTariff, lastYearsUse, type Tariff, yearlyCents } from "./tariffs.ts";

test("a GTIN of 8, 12, 13 or 14 digits is one number, and a wrong check digit is none", () => {
  expect(normalGtin("4006381333931")).toBe("04006381333931");
  expect(normalGtin("04006381333931")).toBe("04006381333931");
  expect(normalGtin("036000291452")).toBe("00036000291452"); // UPC-A
  expect(normalGtin("96385074")).toBe("00000096385074"); // EAN-8
  for (const wrong of ["4006381333932", "036000291453", "123", "", "4006381 33393", "400638133393a"])
    expect(normalGtin(wrong), wrong).toBeNull();
});

test("what is spoken of has one name", () => {
  expect(subjectsOf(["4006381333931", " Wasser  Kocher", null, "", "wasser kocher"])).toEqual([
    "04006381333931",
    "wasser kocher",
  ]);
});

const bought = (boughtOn: string, intervalDays: number | null = null, returnedOn: string | null = null) => ({
  boughtOn,
  intervalDays,
  returnedOn,
});

test("the latest purchase that was kept decides whether an order is asked about", () => {
  const ask = (today: string, ...earlier: ReturnType<typeof bought>[]) =>
    judgeOrder({ today, earlier }).reason;
  expect(ask("2026-09-01")).toBe("first_time");
  expect(ask("2026-09-01", bought("2026-06-01"))).toBe("same_product");
  expect(ask("2026-09-01", bought("2026-06-01", null, "2026-06-05"))).toBe("first_time");
  expect(ask("2028-05-31", bought("2026-06-01"))).toBe("usual_interval_passed"); // 730 days
  expect(ask("2028-05-30", bought("2026-06-01"))).toBe("same_product");
  expect(ask("2026-07-01", bought("2026-06-01", 30))).toBe("usual_interval_passed");
  expect(ask("2026-06-30", bought("2026-06-01", 30))).toBe("sooner_than_usual");
  expect(ask("2026-07-15", bought("2026-06-01", 30), bought("2026-07-01", 30))).toBe("sooner_than_usual");
});

const tariff = (
  reference: string,
  baseCentsPerMonth: number,
  unitMilliCents: number,
  more: Partial<Tariff> = {},
) => ({
  reference,
  title: reference,
  unit: "kWh",
  baseCentsPerMonth,
  unitMilliCents,
  yearlyFrom: 0,
  yearlyTo: null,
  open: true,
  ...more,
});

test("the last twelve full months are what counts, and a missing one leaves nothing to say", () => {
  const months = ["2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04"];
  const rest = ["2026-05", "2026-06", "2026-07", "2026-08"];
  const uses = [...months, ...rest].map((month) => ({ month, amount: 10 }));
  expect(lastYearsUse([...uses, { month: "2025-08", amount: 999 }], "2026-09-30")).toBe(120);
  expect(lastYearsUse(uses, "2026-10-01")).toBeNull();
  expect(lastYearsUse(uses.slice(1), "2026-09-30")).toBeNull();
});

test("only an open tariff of the same unit that this use may choose is better, and only by enough", () => {
  const present = tariff("a", 1_000, 30_000);
  const better = (one: Tariff, least = 1) =>
    betterTariff({ present, all: [present, one], amount: 1_000 }, least)?.tariff.reference;
  expect(yearlyCents(present, 1_000)).toBe(12_000 + 30_000);
  expect(better(tariff("b", 900, 30_000))).toBe("b");
  expect(better(tariff("b", 900, 30_000), 1_201)).toBeUndefined();
  expect(better(tariff("b", 900, 30_000, { open: false }))).toBeUndefined();
  expect(better(tariff("b", 900, 30_000, { unit: "min" }))).toBeUndefined();
  expect(better(tariff("b", 900, 30_000, { yearlyFrom: 1_001 }))).toBeUndefined();
  expect(better(tariff("b", 900, 30_000, { yearlyTo: 999 }))).toBeUndefined();
});

test("advice never costs more than what is paid now", () => {
  const any = fc.record({ base: fc.nat(5_000), unit: fc.nat(60_000) });
  fc.assert(
    fc.property(any, fc.array(any, { maxLength: 8 }), fc.nat(20_000), (now, others, amount) => {
      const present = tariff("now", now.base, now.unit);
      const all = [present, ...others.map(({ base, unit }, n) => tariff(`t${n}`, base, unit))];
      const better = betterTariff({ present, all, amount }, 1_200);
      const cheapest = Math.min(...all.map((one) => yearlyCents(one, amount)));
      if (better) expect(better.thenCents).toBe(cheapest);
      else expect(yearlyCents(present, amount) - cheapest).toBeLessThan(1_200);
    }),
  );
});

test("of the steps that have come the latest counts, until the last day", () => {
  const rule = { steps: [3, 1], stepUnit: "calendar" as const };
  const none = () => new Set<string>();
  const place = (today: number) => placeOf(rule, { lastDay: 100, today }, none);
  expect([96, 97, 98, 99, 100, 101].map((today) => place(today).step)).toEqual([null, 3, 3, 1, 1, null]);
  expect([96, 97, 98, 99, 100, 101].map((today) => place(today).next)).toEqual([97, 99, 99, 101, 101, null]);
});
