import type { Fact } from "../api.ts";
import { isoDay, readDay } from "./dates.ts";
import { type Due, judge, type RuleInputs } from "./judge.ts";
import { RULES, type Rule } from "./rule-list.ts";
import type { Holidays } from "./working-days.ts";

/** A warning that is due and has not gone out. */
export interface OpenDue {
  readonly rule: Rule;
  readonly due: Due;
  /** Names this warning once and for ever. */
  readonly reference: string;
}

export interface FactJudgement {
  readonly dues: readonly OpenDue[];
  /** When to look again if all of them go out. */
  readonly nextOn: string | null;
}

/** Holidays and settings may change meanwhile, so nothing sleeps longer. */
const LONGEST_SLEEP_DAYS = 31;

/** Asks every rule about one fact. @param sent references of warnings that went out */
export function judgeFact(
  factId: number,
  inputs: RuleInputs,
  beside: { holidays: Holidays; sent: ReadonlySet<string> },
): FactJudgement {
  const today = readDay(inputs.today) ?? 0;
  const dues: OpenDue[] = [];
  let next: number | null = null;
  for (const rule of rulesOf(inputs.fact.kind)) {
    const judged = judge(rule, inputs, beside.holidays);
    for (const due of judged.dues) {
      const reference = `advocate:${rule.id}:${factId}:${due.lastDay ?? ""}:${due.step}`;
      if (!beside.sent.has(reference)) dues.push({ rule, due, reference });
    }
    if (judged.next !== null) next = Math.min(next ?? judged.next, judged.next);
  }
  const nextOn = next === null ? null : isoDay(Math.min(next, today + LONGEST_SLEEP_DAYS));
  return { dues, nextOn };
}

function rulesOf(kind: Fact["kind"]): readonly Rule[] {
  return RULES.filter((rule) => rule.facts.includes(kind));
}

/** Days until a warning that could not be sent is tried again: daily while there is a last day, else weekly. */
const WITHOUT_LAST_DAY_DAYS = 7;

/** @param unsent dues without a yes, or refused by the gate */
export function retryOn(today: string, unsent: readonly OpenDue[], nextOn: string | null): string | null {
  if (unsent.length === 0) return nextOn;
  const days = unsent.some(({ due }) => due.lastDay !== null) ? 1 : WITHOUT_LAST_DAY_DAYS;
  const again = isoDay((readDay(today) ?? 0) + days);
  return nextOn !== null && nextOn < again ? nextOn : again;
}
