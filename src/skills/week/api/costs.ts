/**
 * What things are assumed to cost: the one place where prices stand. The pages, the mail, `connect` and the guide
 * (docs/guide/costs.md, held to it by a test) read them from here. Used by node and desk alike, so nothing is imported.
 * All are assumptions: a company changes them to what its own bills say.
 */

export const MARKETS = [
  "de",
  "western_europe",
  "eastern_europe",
  "nl",
  "fr",
  "it",
  "es",
  "gb",
  "north_america",
  "other",
] as const;
export type Market = (typeof MARKETS)[number];
export const CATEGORIES = ["marketing", "utility", "authentication", "service"] as const;
export type Category = (typeof CATEGORIES)[number];

/** Ten-thousandths of a euro: Meta's list has four places. 1131 = 0.1131 EUR. */
export type Price = number;
export type TemplatePrices = Readonly<Record<Market, Readonly<Record<Category, Price>>>>;

export interface Assumptions {
  readonly templates: TemplatePrices;
  /** Cents. */
  readonly machineMonthCents: number;
  readonly domainYearCents: number;
  readonly mailMonthCents: number;
  readonly staffHourCents: number;
  /** What a person needs for a case: reading, finding out, writing, noting. */
  readonly minutesPerCase: number;
}

/**
 * Meta's list prices for a delivered message, euro. Germany: Meta's list in euro of July 2025, as charles published it
 * (hello-charles.com, "WhatsApp Business Pricing 2025"). The other markets: Meta's list in dollars of 1 January 2026,
 * turned into euro by the ratio of Meta's own two lists for Germany (0.1131 to 0.1365). Service messages within 24 hours were
 * free until 30 September 2026; providers (YCloud, WhaTools) say that Meta has billed them like utility since, beyond 1,000
 * a month and number. What Meta's receipts call billed is counted, whichever holds.
 */
export const PRICES_AS_OF = "2026-01-01";
export const PRICES_SOURCE =
  "https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing";

const like = (marketing: Price, utility: Price) => ({
  marketing,
  utility,
  authentication: utility,
  service: utility,
});

export const DEFAULT_ASSUMPTIONS: Assumptions = {
  templates: {
    de: like(1131, 456),
    western_europe: like(491, 142),
    eastern_europe: like(713, 176),
    nl: like(1323, 414),
    fr: like(712, 249),
    it: like(573, 249),
    es: like(510, 166),
    gb: like(438, 182),
    north_america: like(207, 28),
    other: like(500, 64),
  },
  // A cloud server with 4 virtual cores and 8 GB: 6.49 EUR at Hetzner in April 2026 (docs.vdhome.be), with 19 % tax and room
  // for backups; prices of servers have risen twice in 2026.
  machineMonthCents: 1_200,
  domainYearCents: 1_200,
  mailMonthCents: 300,
  // Labour costs in market services, Germany 2024: 42.10 EUR an hour (Destatis, press release of 30 April 2025).
  staffHourCents: 4_210,
  minutesPerCase: 6,
};

/** Weeks of a year and of a month, so that twelve months are a year. */
const WEEKS_A_YEAR = 365.25 / 7;
const WEEKS_A_MONTH = WEEKS_A_YEAR / 12;

/** Meta's own words beyond ours: lite and international variants are billed like the plain one unless somebody knows better. */
export function categoryOf(billedAs: string): Category {
  return CATEGORIES.find((category) => billedAs.startsWith(category)) ?? "utility";
}

/** Whole cents: prices are added up exactly first and rounded once, half a cent up. */
const cents = (price: Price): number => Math.floor((price + 50) / 100);

export interface BilledLine {
  readonly category: Category;
  readonly market: Market;
  readonly count: number;
}
export interface WeekCosts {
  readonly lines: readonly (BilledLine & { readonly cents: number })[];
  readonly templateCents: number;
  readonly machineCents: number;
  readonly mailCents: number;
  readonly domainCents: number;
  /** What the persons' share of the cases costs by the assumption on minutes. */
  readonly staffCents: number;
  readonly totalCents: number;
  /** null without a case. */
  readonly perCaseCents: number | null;
  /** The same cases, each by a person, without the machine and templates. */
  readonly allByPersonCents: number;
  readonly perCaseByPersonCents: number | null;
}

/**
 * A week's cost by the assumptions.
 * @param week billed messages; `solved`: cases that were settled by automatic answers or had by a person; `byPerson`: of
 * those, the person's
 */
export function weekCosts(
  assumptions: Assumptions,
  week: { billed: readonly BilledLine[]; solved: number; byPerson: number },
): WeekCosts {
  const priced = week.billed.map((line) => ({
    ...line,
    price: line.count * assumptions.templates[line.market][line.category],
  }));
  const templateCents = cents(priced.reduce((sum, { price }) => sum + price, 0));
  const machineCents = Math.round(assumptions.machineMonthCents / WEEKS_A_MONTH);
  const mailCents = Math.round(assumptions.mailMonthCents / WEEKS_A_MONTH);
  const domainCents = Math.round(assumptions.domainYearCents / WEEKS_A_YEAR);
  const personCents = (cases: number) =>
    Math.round((cases * assumptions.minutesPerCase * assumptions.staffHourCents) / 60);
  const staffCents = personCents(week.byPerson);
  const totalCents = templateCents + machineCents + mailCents + domainCents + staffCents;
  const allByPersonCents = personCents(week.solved);
  const each = (sum: number) => (week.solved === 0 ? null : Math.round(sum / week.solved));
  return {
    lines: priced.map(({ price, ...line }) => ({ ...line, cents: cents(price) })),
    templateCents,
    machineCents,
    mailCents,
    domainCents,
    staffCents,
    totalCents,
    perCaseCents: each(totalCents),
    allByPersonCents,
    perCaseByPersonCents: each(allByPersonCents),
  };
}

/** "0.1131" as this language writes it, always four places. */
export function priceText(price: Price, language: "de" | "en"): string {
  const text = (price / 10_000).toFixed(4);
  return language === "de" ? text.replace(".", ",") : text;
}

/** What Meta bills, in one sentence; `connect` and the desk's steps say it. */
export function billingSentence(language: "de" | "en"): string {
  const { marketing, utility } = DEFAULT_ASSUMPTIONS.templates.de;
  const [year, month] = PRICES_AS_OF.split("-");
  return language === "de"
    ? `Kosten, Annahme Stand ${month}/${year}, bei Meta prüfen: Meta rechnet je zugestellter Nachricht ab, nach Land und Art; in Deutschland Marketing ${priceText(marketing, "de")} Euro, Nutzen und Anmeldung ${priceText(utility, "de")} Euro. Antworten binnen 24 Stunden sind frei oder haben ein Freikontingent, seit Oktober 2026 laut Anbietern 1.000 je Nummer und Monat. Ändern: Desk, Kosten.`
    : `Costs, an assumption as of ${month}/${year}, check with Meta: Meta bills each delivered message by country and kind; in Germany marketing ${priceText(marketing, "en")} euro, utility and authentication ${priceText(utility, "en")} euro. Answers within 24 hours are free or have an allowance, since October 2026 1,000 a number and month, providers say. Change them: desk, costs.`;
}
