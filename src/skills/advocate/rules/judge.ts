import type { Fact, FactOf } from "../api.ts";
import { cancellation } from "./contract.ts";
import { type ContractText, readContract } from "./contract-row.ts";
import { type Day, isoDay, readDay } from "./dates.ts";
import { normalGtin } from "./gtin.ts";
import type { Rule } from "./rule-list.ts";
import { placeOf } from "./steps.ts";
import { betterTariff, lastYearsUse, type MonthlyUse, type Tariff } from "./tariffs.ts";
import type { Holidays } from "./working-days.ts";

/** Everything a rule is given, as it is stored with the decision: the same inputs lead to the same warnings. */
export interface RuleInputs {
  /** The company's day, YYYY-MM-DD. */
  readonly today: string;
  /** Whose holidays count, e.g. DE-HH. */
  readonly region: string;
  readonly fact: Fact;
  /** What the product costs now; null = unknown. */
  readonly priceCents?: number | null;
  readonly recalls?: readonly RecallFact[];
  readonly tariffs?: readonly Tariff[];
  readonly uses?: readonly MonthlyUse[];
}

export interface RecallFact {
  readonly reference: string;
  readonly batch: string;
  readonly text: { readonly de: string; readonly en: string };
}

/** A warning that is due. */
export interface Due {
  /** Tells it from the rule's other warnings about the same fact. */
  readonly step: string;
  /** After this day it is of no use; null = always of use. */
  readonly lastDay: string | null;
  /** Until then nothing is advertised to this person that is about the same thing. */
  readonly vetoesUntil: string;
  /** A variant of the sentence, "" for the usual one. */
  readonly variant: "" | "_open";
  /** For the sentence: days as YYYY-MM-DD under names ending in "On" or "Day", cents under "...Cents". */
  readonly values: Readonly<Record<string, string | number>>;
}

export interface Judgement {
  readonly dues: readonly Due[];
  /** The next day on which this rule may have something to say; null = not by itself. */
  readonly next: Day | null;
}

const NOTHING: Judgement = { dues: [], next: null };
const LEAST_SAVING_CENTS = 1_200;
const TARIFF_EVERY_DAYS = 30;
const RECALL_VETO_DAYS = 365;

/** Asks one rule about one fact. Pure; `holidays` must be those of `inputs.region`. */
export function judge(rule: Rule, inputs: RuleInputs, holidays: Holidays): Judgement {
  const { fact } = inputs;
  switch (rule.id) {
    case "contract_end":
      return fact.kind === "contract" ? contractEnd(rule, { inputs, fact, holidays }) : NOTHING;
    case "tariff":
      return fact.kind === "contract" ? cheaperTariff(inputs, fact) : NOTHING;
    case "loan_due":
      if (fact.kind !== "loan" || fact.returnedOn !== null) return NOTHING;
      return stepped(rule, { inputs, lastDay: fact.dueOn, holidays });
    case "warranty_end": {
      const lastDay = warrantyEnd(fact);
      return lastDay === null ? NOTHING : stepped(rule, { inputs, lastDay, holidays });
    }
    case "appointment":
      if (fact.kind !== "appointment") return NOTHING;
      return stepped(rule, { inputs, lastDay: fact.at.slice(0, 10), holidays });
    case "price_drop":
      return fact.kind === "purchase" ? priceDrop(inputs, fact) : NOTHING;
    case "recall":
      return fact.kind === "purchase" ? recalled(inputs, fact) : NOTHING;
    case "duplicate_purchase":
      return NOTHING;
  }
}

function dayOf(text: string): Day {
  const day = readDay(text);
  if (day === null) throw new RangeError(`no day: ${text}`);
  return day;
}

function stepped(
  rule: Rule,
  { inputs, lastDay, holidays }: { inputs: RuleInputs; lastDay: string; holidays: Holidays },
): Judgement {
  const { step, next } = placeOf(rule, { lastDay: dayOf(lastDay), today: dayOf(inputs.today) }, holidays);
  if (step === null) return { dues: [], next };
  const values = { lastDay, daysLeft: dayOf(lastDay) - dayOf(inputs.today) };
  return { dues: [{ step: String(step), lastDay, vetoesUntil: lastDay, variant: "", values }], next };
}

/** The columns of the file, so that API and file are read by the same rules. */
export function contractText(fact: FactOf<"contract">): ContractText {
  return {
    start: fact.start,
    minimumMonths: String(fact.minimumMonths),
    noticePeriod: fact.noticePeriod,
    renewalMonths: fact.renewalMonths === null ? "" : String(fact.renewalMonths),
    postTermNotice: fact.postTermNotice ?? "",
    cancelled: fact.cancelled ?? "",
  };
}

function contractEnd(
  rule: Rule,
  { inputs, fact, holidays }: { inputs: RuleInputs; fact: FactOf<"contract">; holidays: Holidays },
): Judgement {
  const { termEnd, lastDay, phase } = cancellation(readContract(contractText(fact)), dayOf(inputs.today));
  if (lastDay === null || phase !== "renewing") return NOTHING;
  const { dues, next } = stepped(rule, { inputs, lastDay: isoDay(lastDay), holidays });
  const months = typeof fact.renewalMonths === "number" ? fact.renewalMonths : 0;
  return {
    next,
    dues: dues.map((due) => ({
      ...due,
      vetoesUntil: isoDay(termEnd),
      variant: months === 0 ? "_open" : "",
      values: { ...due.values, endsOn: isoDay(termEnd), renewsOn: isoDay(termEnd + 1), months },
    })),
  };
}

function cheaperTariff(inputs: RuleInputs, fact: FactOf<"contract">): Judgement {
  const today = dayOf(inputs.today);
  const next = today + TARIFF_EVERY_DAYS;
  const all = inputs.tariffs ?? [];
  const present = all.find(({ reference }) => reference === fact.tariff);
  if (!present || cancellation(readContract(contractText(fact)), today).phase === "ending") return NOTHING;
  const amount = lastYearsUse(inputs.uses ?? [], inputs.today);
  const better = amount === null ? null : betterTariff({ present, all, amount }, LEAST_SAVING_CENTS);
  if (!better) return { dues: [], next };
  const { tariff, nowCents, thenCents } = better;
  const values = {
    tariff: tariff.title,
    amount: better.amount,
    unit: tariff.unit,
    nowCents,
    thenCents,
    savingCents: nowCents - thenCents,
  };
  // The same advice once a year.
  const step = `${tariff.reference}:${inputs.today.slice(0, 4)}`;
  return { next, dues: [{ step, lastDay: null, vetoesUntil: isoDay(next), variant: "", values }] };
}

function warrantyEnd(fact: Fact): string | null {
  if (fact.kind === "warranty") return fact.endsOn;
  return fact.kind === "purchase" && fact.returnedOn === null ? fact.warrantyUntil : null;
}

function priceDrop(inputs: RuleInputs, fact: FactOf<"purchase">): Judgement {
  const { returnUntil, returnedOn, priceCents: paidCents } = fact;
  const nowCents = inputs.priceCents ?? null;
  if (returnUntil === null || returnedOn !== null || nowCents === null) return NOTHING;
  if (inputs.today > returnUntil || nowCents >= paidCents) return NOTHING;
  const values = { lastDay: returnUntil, paidCents, nowCents, savingCents: paidCents - nowCents };
  return {
    next: null,
    dues: [{ step: String(nowCents), lastDay: returnUntil, vetoesUntil: returnUntil, variant: "", values }],
  };
}

function recalled(inputs: RuleInputs, fact: FactOf<"purchase">): Judgement {
  if (fact.returnedOn !== null) return NOTHING;
  const vetoesUntil = isoDay(dayOf(inputs.today) + RECALL_VETO_DAYS);
  const dues = (inputs.recalls ?? [])
    .filter(({ batch }) => batch === "" || batch === fact.batch)
    .map(({ reference, text }) => ({
      step: reference,
      lastDay: null,
      vetoesUntil,
      variant: "" as const,
      values: { boughtOn: fact.boughtOn, textDe: text.de, textEn: text.en },
    }));
  return { next: null, dues };
}

/** Faults of a fact beyond its contract: dates that no calendar has, periods the law forbids, wrong check digits. */
export function faultOf(fact: Fact): string | null {
  if (fact.kind === "purchase" && normalGtin(fact.gtin) === null) return "gtin has a wrong check digit";
  if (fact.kind !== "contract") return null;
  try {
    readContract(contractText(fact));
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
