import type { Day } from "./dates.ts";
import type { Rule } from "./rule-list.ts";
import { type Holidays, workingDaysBefore } from "./working-days.ts";

/** Where a day stands among the steps before a last day. */
export interface Place {
  /** The latest step that has come; null before the first, and after the last day. */
  readonly step: number | null;
  /** The next day on which something changes; null after the last day. */
  readonly next: Day | null;
}

/**
 * Whoever comes late (an outage, a yes given yesterday) is given the latest step that has come, not all that were
 * missed; after the last day none.
 */
export function placeOf(
  rule: Pick<Rule, "steps" | "stepUnit">,
  days: { lastDay: Day; today: Day },
  holidays: Holidays,
): Place {
  const { lastDay, today } = days;
  if (today > lastDay) return { step: null, next: null };
  const steps = rule.steps.map((count) => ({
    count,
    day: rule.stepUnit === "calendar" ? lastDay - count : workingDaysBefore(lastDay, count, holidays),
  }));
  const come = steps.findLast(({ day }) => day <= today);
  const coming = steps.find(({ day }) => day > today);
  return { step: come?.count ?? null, next: coming?.day ?? lastDay + 1 };
}
