import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  billingSentence,
  categoryOf,
  DEFAULT_ASSUMPTIONS,
  MARKETS,
  PRICES_AS_OF,
  PRICES_SOURCE,
  priceText,
  weekCosts,
} from "./costs.ts";

describe("a week's cost", () => {
  test("is what was billed, the shares of a week, and a person's minutes", () => {
    const costs = weekCosts(DEFAULT_ASSUMPTIONS, {
      billed: [
        { category: "utility", market: "de", count: 300 },
        { category: "marketing", market: "western_europe", count: 10 },
      ],
      solved: 100,
      byPerson: 20,
    });
    // 300 x 0.0456 = 13.68; 10 x 0.0491 = 0.491
    expect(costs.lines.map(({ cents }) => cents)).toEqual([1368, 49]);
    expect(costs.templateCents).toBe(1417);
    // 12.00 a month and 3.00 a month by 4.348 weeks, 12.00 a year by 52.18 weeks
    expect([costs.machineCents, costs.mailCents, costs.domainCents]).toEqual([276, 69, 23]);
    // 20 cases x 6 minutes x 42.10 an hour
    expect(costs.staffCents).toBe(8420);
    expect(costs.totalCents).toBe(1417 + 276 + 69 + 23 + 8420);
    expect(costs.perCaseCents).toBe(102);
    // 100 cases x 6 minutes
    expect([costs.allByPersonCents, costs.perCaseByPersonCents]).toEqual([42_100, 421]);
  });

  test("adds fractions of a cent before it rounds, and has no price a case without a case", () => {
    const billed = [
      { category: "utility", market: "north_america", count: 1 },
      { category: "utility", market: "other", count: 1 },
    ] as const;
    // 0.0028 and 0.0064 euro: each is less than a cent, together 0.92 cents are one.
    const costs = weekCosts(DEFAULT_ASSUMPTIONS, { billed, solved: 0, byPerson: 0 });
    expect(costs.templateCents).toBe(1);
    expect([costs.perCaseCents, costs.perCaseByPersonCents]).toEqual([null, null]);
  });

  test("knows Meta's other words for a category", () => {
    expect(["marketing_lite", "authentication_international", "service", "referral"].map(categoryOf)).toEqual(
      ["marketing", "authentication", "service", "utility"],
    );
  });
});

describe("prices stand in one place", () => {
  const guide = readFileSync(new URL("../../../../docs/guide/costs.md", import.meta.url), "utf8");
  test("and the guide says the same, with the same date and source", () => {
    for (const market of MARKETS) {
      const { marketing, utility, authentication } = DEFAULT_ASSUMPTIONS.templates[market];
      expect(guide).toContain(`| ${market} | ${priceText(marketing, "en")} | ${priceText(utility, "en")} |`);
      expect(authentication).toBe(utility);
    }
    for (const said of [PRICES_AS_OF, PRICES_SOURCE, "| 12.00 |", "| 3.00, 12.00 |", "| 42.10 |", "| 6 |"])
      expect(guide).toContain(said);
  });
  test("and the sentence of the steps names them as an assumption", () => {
    expect(billingSentence("de")).toMatch(
      /Annahme Stand 01\/2026, bei Meta prüfen.*0,1131 Euro.*0,0456 Euro/,
    );
    expect(billingSentence("en")).toMatch(/assumption as of 01\/2026, check with Meta.*0\.1131 euro/);
  });
});
