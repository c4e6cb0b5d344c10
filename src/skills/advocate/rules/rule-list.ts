import type { Fact } from "../api.ts";

/** What the advocate looks after. Each is a topic of the consent, so that the customer chooses which. */
export type RuleId =
  | "contract_end"
  | "tariff"
  | "loan_due"
  | "warranty_end"
  | "price_drop"
  | "recall"
  | "appointment"
  | "duplicate_purchase";

/** A rule as data. Its sentences stand in messages/ under `option_ID`, `promise_ID`, `warn_ID` and `why_ID`. */
export interface Rule {
  readonly id: RuleId;
  /** Rises when the same inputs may lead to another outcome; stored with every decision. */
  readonly version: number;
  readonly facts: readonly Fact["kind"][];
  /** The law or the promise it rests on. */
  readonly law: string;
  readonly inputs: readonly string[];
  /** Days before the last day on which it warns, the earliest first. */
  readonly steps: readonly number[];
  readonly stepUnit: "working" | "calendar";
}

export const RULES: readonly Rule[] = [
  {
    id: "contract_end",
    version: 1,
    facts: ["contract"],
    law: "BGB sections 187, 188, 309 no. 9",
    inputs: [
      "start",
      "minimumMonths",
      "noticePeriod",
      "renewalMonths",
      "postTermNotice",
      "cancelled",
      "holidays",
    ],
    steps: [30, 7, 1],
    stepUnit: "working",
  },
  {
    id: "tariff",
    version: 1,
    facts: ["contract"],
    law: "EnWG section 41 (comparison of tariffs), here for every company",
    inputs: ["the contract's tariff", "use of the last twelve full months", "the company's open tariffs"],
    steps: [],
    stepUnit: "calendar",
  },
  {
    id: "loan_due",
    version: 1,
    facts: ["loan"],
    law: "BGB section 604 (return of a thing lent)",
    inputs: ["dueOn", "returnedOn"],
    steps: [3, 1],
    stepUnit: "calendar",
  },
  {
    id: "warranty_end",
    version: 1,
    facts: ["warranty", "purchase"],
    law: "BGB sections 438, 443",
    inputs: ["endsOn", "warrantyUntil", "returnedOn", "holidays"],
    steps: [30, 7],
    stepUnit: "working",
  },
  {
    id: "price_drop",
    version: 1,
    facts: ["purchase"],
    law: "BGB sections 355, 312g; the company's own return period",
    inputs: ["priceCents", "returnUntil", "returnedOn", "price today"],
    steps: [],
    stepUnit: "calendar",
  },
  {
    id: "recall",
    version: 1,
    facts: ["purchase"],
    law: "Regulation (EU) 2023/988, article 35",
    inputs: ["gtin", "batch", "returnedOn", "recalls"],
    steps: [],
    stepUnit: "calendar",
  },
  {
    id: "appointment",
    version: 1,
    facts: ["appointment"],
    law: "a promise of this product",
    inputs: ["at"],
    steps: [1],
    stepUnit: "calendar",
  },
  {
    id: "duplicate_purchase",
    version: 1,
    facts: ["purchase"],
    law: "a promise of this product",
    inputs: ["gtin ordered", "earlier purchases of it", "intervalDays"],
    steps: [],
    stepUnit: "calendar",
  },
];

/** @throws Error for a name that is no rule's */
export function ruleOf(id: string): Rule {
  const rule = RULES.find((one) => one.id === id);
  if (!rule) throw new Error(`Unknown rule ${id}`);
  return rule;
}
