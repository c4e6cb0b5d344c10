import { z } from "zod";
import { contract, done, page, pageQuery, time } from "#kernel/api";

/** What a company tells its customers' advocate, and what it may ask of it. Money in cents, days as YYYY-MM-DD. */

const tag = "Advocate";
const base = "/api/v1/advocate";

const day = z.iso.date();
const cents = z.number().int().min(0).max(100_000_000_00);
const gtin = z.string().regex(/^\d{8}$|^\d{12,14}$/, "a GTIN of 8, 12, 13 or 14 digits");
const reference = z.string().trim().min(1).max(120).describe("the company's own id of it");
const title = z.string().trim().min(1).max(120).describe("as the customer would call it");
const months = z.number().int().min(0).max(1200);
const period = z.string().regex(/^\d{1,4}[DWM]( EOM| EOQ)?$/, 'e.g. "3M EOM", "14D"');

const purchase = z.object({
  kind: z.literal("purchase"),
  gtin,
  priceCents: cents,
  boughtOn: day,
  batch: z.string().max(60).default(""),
  returnUntil: day.nullable().default(null).describe("last day of the return period"),
  warrantyUntil: day.nullable().default(null),
  intervalDays: z
    .number()
    .int()
    .min(1)
    .max(3660)
    .nullable()
    .default(null)
    .describe("how long one usually lasts"),
  returnedOn: day.nullable().default(null),
});
const loan = z.object({ kind: z.literal("loan"), dueOn: day, returnedOn: day.nullable().default(null) });
const agreement = z.object({
  kind: z.literal("contract"),
  start: day,
  minimumMonths: months,
  noticePeriod: period,
  renewalMonths: z.union([months.min(1), z.literal("indefinite")]).nullable(),
  postTermNotice: period.nullable().default(null),
  cancelled: day.nullable().default(null).describe("the day on which a notice arrived"),
  monthlyCents: cents.default(0),
  tariff: z.string().max(120).nullable().default(null),
});
const warranty = z.object({ kind: z.literal("warranty"), endsOn: day });
const appointment = z.object({
  kind: z.literal("appointment"),
  at: time,
  place: z.string().max(200).default(""),
});
const consumption = z.object({
  kind: z.literal("consumption"),
  contract: reference,
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "YYYY-MM"),
  amount: z.number().int().min(0).max(1_000_000_000).describe("in the tariff's unit"),
});
export const fact = z.discriminatedUnion("kind", [
  purchase,
  loan,
  agreement,
  warranty,
  appointment,
  consumption,
]);
export type Fact = z.output<typeof fact>;
export type FactOf<K extends Fact["kind"]> = Extract<Fact, { kind: K }>;
const factKind = z.enum(["purchase", "loan", "contract", "warranty", "appointment", "consumption"]);

/** Who it is: our contact, or an identity we have seen. */
export const customer = z.union([
  z.object({ contactId: z.number().int().positive() }),
  z.object({ identity: z.object({ kind: z.string().max(30), value: z.string().max(200) }) }),
]);
export type Customer = z.output<typeof customer>;

const ruleId = z.enum([
  "contract_end",
  "tariff",
  "loan_due",
  "warranty_end",
  "price_drop",
  "recall",
  "appointment",
  "duplicate_purchase",
]);
const factPath = z.object({ kind: factKind, reference });
const plannedWarning = z.object({ rule: z.string(), on: day, lastDay: day.nullable() });
const sentWarning = z.object({ rule: z.string(), madeAt: time, lastDay: day.nullable(), status: z.string() });
const storedFact = z.object({
  id: z.number(),
  kind: factKind,
  reference: z.string(),
  contactId: z.number(),
  title: z.string(),
  data: z.record(z.string(), z.unknown()),
  came: z.enum(["api", "csv", "desk"]).describe("how the company told us of it"),
  recordedAt: time,
  planned: z.array(plannedWarning).describe("if nothing changes; nothing leaves without a yes"),
  sent: z.array(sentWarning),
  isAgreed: z.boolean(),
});

export const listRules = contract({
  method: "GET",
  path: `${base}/rules`,
  tag,
  access: "staff",
  summary: "The rules of the advocate: what each looks at, and the law behind it",
  reply: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        version: z.number(),
        law: z.string(),
        inputs: z.array(z.string()),
        steps: z.array(z.number()),
        isOn: z.boolean().describe("false: this company does not offer it (yet)"),
        name: z.object({ de: z.string(), en: z.string() }),
        promise: z.object({ de: z.string(), en: z.string() }),
      }),
    ),
  }),
});
export const switchRule = contract({
  method: "PUT",
  path: `${base}/rules/:rule`,
  tag,
  access: "manager",
  summary: "Offer a kind of warning, or do not; consents to it stay",
  params: z.object({ rule: ruleId }),
  body: z.object({ isOn: z.boolean() }),
  reply: done,
});
export const listAdvocatePersons = contract({
  method: "GET",
  path: `${base}/persons`,
  tag,
  access: "staff",
  summary: "Whom the advocate looks after; who reads it stands in the customers' lists of readers",
  query: pageQuery,
  reply: page(
    z.object({
      contactId: z.number(),
      name: z.string(),
      facts: z.record(z.string(), z.number()).describe("kind -> how many"),
      isAgreed: z.boolean(),
      lastWarnedAt: time.nullable(),
    }),
  ),
});
export const listVetoes = contract({
  method: "GET",
  path: `${base}/vetoes`,
  tag,
  access: "staff",
  summary: "Warnings that keep advertising of the same thing from somebody today",
  reply: z.object({
    items: z.array(
      z.object({
        rule: z.string(),
        title: z.string(),
        until: day,
        persons: z.number(),
        stopped: z.number().describe("notices that were kept from somebody because of it"),
      }),
    ),
  }),
});
export const putFact = contract({
  method: "PUT",
  path: `${base}/facts/:kind/:reference`,
  tag,
  access: "manager",
  summary: "Tell the advocate of a purchase, a loan, a contract …; the same id again replaces it",
  params: factPath,
  body: z.object({ customer, title, fact }),
  reply: z.object({ id: z.number(), isNew: z.boolean() }),
});
export const deleteFact = contract({
  method: "DELETE",
  path: `${base}/facts/:kind/:reference`,
  tag,
  access: "manager",
  summary: "Forget it, with the warnings about it",
  params: factPath,
  reply: done,
});
export const listFacts = contract({
  method: "GET",
  path: `${base}/facts`,
  tag,
  access: "staff",
  summary: "What the advocate knows of one customer",
  query: pageQuery.extend({ contactId: z.coerce.number().int().positive() }),
  reply: page(storedFact),
});
export const importFacts = contract({
  method: "POST",
  path: `${base}/import`,
  tag,
  access: "manager",
  bodyBytes: 32 * 1024 * 1024,
  summary:
    "Import CSV of one kind; columns `reference,contactId` or `reference,identity` (KIND:VALUE), `title`, and those of the kind",
  body: z.object({ kind: factKind, csv: z.string().max(30_000_000) }),
  reply: z.object({
    accepted: z.number(),
    refusedCount: z.number(),
    refused: z.array(z.object({ line: z.number(), reason: z.string() })).max(1000),
  }),
});
export const putPrice = contract({
  method: "PUT",
  path: `${base}/prices/:gtin`,
  tag,
  access: "manager",
  summary: "What a product costs now; who paid more and may still return it is told",
  params: z.object({ gtin }),
  body: z.object({ priceCents: cents }),
  reply: done,
});
export const putRecall = contract({
  method: "PUT",
  path: `${base}/recalls/:reference`,
  tag,
  access: "manager",
  summary: "Recall a product, or a batch of it",
  params: z.object({ reference }),
  body: z.object({
    gtin,
    batch: z.string().max(60).default("").describe('"" = every batch'),
    text: z.object({ de: z.string().min(1).max(1000), en: z.string().min(1).max(1000) }),
  }),
  reply: done,
});
export const putTariff = contract({
  method: "PUT",
  path: `${base}/tariffs/:reference`,
  tag,
  access: "manager",
  summary: "A tariff of this company; amounts are whole units (kWh, minutes)",
  params: z.object({ reference }),
  body: z.object({
    title,
    unit: z.string().min(1).max(20),
    baseCentsPerMonth: cents,
    unitMilliCents: z
      .number()
      .int()
      .min(0)
      .max(1_000_000_000)
      .describe("price of a unit in thousandths of a cent"),
    yearlyFrom: z.number().int().min(0).default(0).describe("smallest use of a year it is open to"),
    yearlyTo: z.number().int().min(0).nullable().default(null),
    open: z.boolean().default(true).describe("can be chosen today"),
  }),
  reply: done,
});
export const checkOrder = contract({
  method: "POST",
  path: `${base}/order-check`,
  tag,
  access: "staff",
  summary: "Asked before an order is confirmed: is this something the customer has already?",
  body: z.object({ customer, order: reference, gtin, priceCents: cents }),
  reply: z.object({
    id: z.number().nullable(),
    answer: z.enum(["ok", "ask"]),
    reason: z.enum([
      "not_chosen",
      "unknown_customer",
      "first_time",
      "usual_interval_passed",
      "same_product",
      "sooner_than_usual",
    ]),
    question: z.object({ de: z.string(), en: z.string() }).nullable().describe("to be asked as it stands"),
    boughtOn: day.nullable(),
  }),
});
export const settleOrder = contract({
  method: "PUT",
  path: `${base}/order-checks/:id`,
  tag,
  access: "staff",
  summary: "What became of an order that was asked about",
  params: z.object({ id: z.coerce.number().int().positive() }),
  body: z.object({ outcome: z.enum(["placed", "dropped"]) }),
  reply: done,
});
export const listCancellations = contract({
  method: "GET",
  path: `${base}/cancellations`,
  tag,
  access: "staff",
  summary: "Cancellations that customers gave by tapping, newest first",
  query: pageQuery.extend({ state: z.enum(["open", "confirmed"]).default("open") }),
  reply: page(
    z.object({
      id: z.number(),
      contactId: z.number(),
      contract: z.string(),
      termEnd: day,
      text: z.string(),
      saidAt: time,
      state: z.enum(["open", "confirmed"]),
      confirmedAt: time.nullable(),
    }),
  ),
});
export const confirmCancellation = contract({
  method: "POST",
  path: `${base}/cancellations/:id/confirm`,
  tag,
  access: "staff",
  summary: "The contract is cancelled; the advocate stops warning of it",
  params: z.object({ id: z.coerce.number().int().positive() }),
  reply: done,
});
export const honestyReport = contract({
  method: "GET",
  path: `${base}/report`,
  tag,
  access: "manager",
  summary:
    "What honesty cost and earned, by rule, in the last whole months; what fewer than five persons did in a month is in no figure, and null where nothing else is",
  query: z.object({ months: z.coerce.number().int().min(1).max(36).default(3) }),
  reply: z.object({
    from: day,
    to: day,
    costCents: z.number(),
    earnedCents: z.number(),
    rules: z.array(
      z.object({
        rule: z.string(),
        warned: z.number().nullable(),
        delivered: z.number().nullable(),
        outcomes: z.array(
          z.object({ outcome: z.string(), count: z.number().nullable(), cents: z.number().nullable() }),
        ),
      }),
    ),
  }),
});
