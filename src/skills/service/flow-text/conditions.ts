import type { Condition, FlowDocument } from "./document.ts";
import type { RunContext, Values } from "./slot-values.ts";

/** Whether all conditions hold; a comparison with a slot that is empty never does, but for "is missing" and "is not". */
export function holds(
  document: FlowDocument,
  conditions: readonly Condition[],
  parts: { values: Values; context: RunContext },
): boolean {
  return conditions.every((one) => holdsOne(document, one, parts));
}

function holdsOne(
  document: FlowDocument,
  condition: Condition,
  { values, context }: { values: Values; context: RunContext },
): boolean {
  if (condition.kind === "hours") return condition.open === context.isOpen;
  const { slot, test, value: wanted } = condition;
  const value = values[slot];
  if (test === "known") return value !== undefined;
  if (test === "missing") return value === undefined;
  if (test === "is not") return value === undefined || !isSame(value, wanted);
  if (value === undefined) return false;
  if (test === "is") return isSame(value, wanted);
  if (test === "before" || test === "after") {
    const day = wanted === "today" ? today(context) : wanted;
    return test === "before" ? String(value) < day : String(value) > day;
  }
  const type = document.slots.find(({ name }) => name === slot)?.type;
  const limit = Number(wanted.replace(",", ".")) * (type === "amount" ? 100 : 1);
  return test === "over" ? Number(value) > limit : Number(value) < limit;
}

/** Letters of either case are the same: services write DELIVERED, owners delivered. */
function isSame(value: string | number | boolean, wanted: string): boolean {
  return String(value).toLowerCase() === wanted.toLowerCase();
}

/** By time zone, of which there are some hundred. */
const days = new Map<string, Intl.DateTimeFormat>();

function today({ now, timeZone }: RunContext): string {
  const day = days.get(timeZone) ?? new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" });
  days.set(timeZone, day);
  return day.format(now);
}
