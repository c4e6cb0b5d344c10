import { z } from "zod";
import { contract, done, language, time } from "#kernel/api";
import { CATEGORIES, MARKETS } from "./api/costs.ts";

export * from "./api/costs.ts";

const tag = "The owner's week";
const base = "/api/v1/week";
const monday = z.iso.date().describe("the Monday a week begins with, where the company is");
const spread = z
  .object({ median: z.number(), p90: z.number(), count: z.number() })
  .describe("milliseconds, and of how many");
const change = z
  .number()
  .nullable()
  .describe("against the week before, 0.25 = a quarter more; null = too few to compare");

const costs = z.object({
  lines: z.array(
    z.object({
      category: z.enum(CATEGORIES),
      market: z.enum(MARKETS),
      count: z.number(),
      cents: z.number(),
    }),
  ),
  templateCents: z.number(),
  machineCents: z.number(),
  mailCents: z.number(),
  domainCents: z.number(),
  staffCents: z.number(),
  totalCents: z.number(),
  perCaseCents: z.number().nullable(),
  allByPersonCents: z.number().describe("had a person answered each of these cases"),
  perCaseByPersonCents: z.number().nullable(),
});
const solved = z.number().describe("cases settled by automatic answers or answered by a person");

const figures = z.object({
  monday,
  from: time,
  to: time,
  every: z
    .number()
    .describe("cases and messages were counted in one conversation of so many and multiplied; 1 = in each"),
  asked: z.object({
    all: z.number(),
    before: z.number().nullable(),
    change,
    topics: z
      .array(
        z.object({
          topicId: z.number().nullable(),
          title: z.string().nullable().describe("null = no topic was found"),
          asked: z.number(),
          before: z.number().nullable(),
          change,
          settled: z.number(),
        }),
      )
      .max(8),
    more: z.number().describe("topics beyond the list"),
  }),
  firstLevel: z.object({
    answer: z.number(),
    choose: z.number(),
    handover: z.number().describe("messages by what the automatic answers decided"),
    cases: z.number(),
    settled: z.number(),
    pending: z.number().describe("of the settled: their 72 hours are not over"),
  }),
  speed: z.object({
    firstLevel: spread.nullable(),
    person: spread.nullable().describe("from the hand-over to a person's first word, within opening hours"),
    hidden: z
      .enum(["few_cases", "few_persons"])
      .nullable()
      .describe("few_persons: fewer than five answered; a figure would be about single colleagues"),
    unanswered: z.number(),
  }),
  open: z.object({
    count: z.number().describe("1,000 = that or more"),
    items: z.array(
      z.object({ conversationId: z.number(), title: z.string().nullable(), waitingSince: time }),
    ),
  }),
  teach: z.object({
    questions: z.number(),
    groups: z.number().describe("groups of alike questions among the newest 1,000"),
    topics: z.array(
      z.object({
        topicId: z.number().nullable(),
        title: z.string(),
        asked: z.number(),
        settled: z.number(),
      }),
    ),
  }),
  messages: z.object({ received: z.number(), service: z.number(), notice: z.number() }),
  solved,
  costs,
});
export type WeekFigures = z.output<typeof figures>;

export const getWeek = contract({
  method: "GET",
  path: base,
  tag,
  access: "manager",
  summary:
    "What was asked, answered, left open and spent in a week that is over; no figure about a colleague",
  query: z.object({ monday: monday.optional().describe("missing = the last week") }),
  reply: z.object({
    weeks: z.array(monday).describe("that can be looked at, newest first"),
    firstOn: monday.describe("from this day on there is a first week to look at"),
    week: figures.nullable().describe("null: no week is over yet"),
    mail: z.object({
      isOn: z.boolean(),
      may: z.enum(["yes", "not_owner", "no_mailbox"]),
      nextAt: time,
      doubtful: monday
        .nullable()
        .describe("the week whose mail to this owner nobody knows the fate of; it is not sent again"),
    }),
  }),
});

export const setWeekMail = contract({
  method: "PUT",
  path: `${base}/mail`,
  tag,
  access: "owner",
  summary: "The week by mail, every Monday at 7:00, to whoever asks; off again in the same way",
  body: z.object({ isOn: z.boolean(), language: language.default("de") }),
  reply: done,
});

const price = z.number().int().min(0).max(100_000).describe("ten-thousandths of a euro");
const cents = z.number().int().min(0).max(100_000_000);
const prices = z.object({ marketing: price, utility: price, authentication: price, service: price });
export const assumptions = z.object({
  templates: z.record(z.enum(MARKETS), prices),
  machineMonthCents: cents,
  domainYearCents: cents,
  mailMonthCents: cents,
  staffHourCents: cents,
  minutesPerCase: z.number().int().min(0).max(600),
});
const stored = z.object({
  assumptions,
  defaults: assumptions,
  isOwn: z.boolean().describe("the company has changed them"),
  revision: z.number().int().min(0).describe("0 = never changed; sent back when saving"),
  asOf: z.iso.date(),
  source: z.string(),
  week: z
    .object({
      monday,
      solved,
      byPerson: z.number(),
      billed: z.array(z.object({ category: z.enum(CATEGORIES), market: z.enum(MARKETS), count: z.number() })),
    })
    .nullable()
    .describe("the last week, to reckon with"),
});
export type StoredCosts = z.output<typeof stored>;

export const getCosts = contract({
  method: "GET",
  path: `${base}/costs`,
  tag,
  access: "manager",
  summary: "What things are assumed to cost, and the last week to reckon with",
  reply: stored,
});
export const saveCosts = contract({
  method: "PUT",
  path: `${base}/costs`,
  tag,
  access: "manager",
  summary: "Save the company's own prices",
  body: z.object({ assumptions, revision: z.number().int().min(0) }),
  reply: stored,
});
export const resetCosts = contract({
  method: "DELETE",
  path: `${base}/costs`,
  tag,
  access: "manager",
  summary: "Back to the assumptions of this version",
  reply: stored,
});
