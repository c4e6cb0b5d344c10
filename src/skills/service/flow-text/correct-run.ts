import type { FlowDocument, Statement } from "./document.ts";
import { isQuestion, readBy, slotOf, without } from "./passed.ts";
import { type Outcome, proceed, type RunState, statementAt } from "./proceed.ts";
import { type RunContext, readCorrection, type Said } from "./slot-values.ts";
import { slotsIn } from "./words-of-slots.ts";

/**
 * "No, HK-20418": what was known is changed. What a service said of the old value is forgotten, and the flow goes on from
 * where that value came in, so that the service is asked again; questions that were answered are not.
 */
export function correctRun(
  document: FlowDocument,
  state: RunState,
  { said, context }: { said: Said; context: RunContext },
): Outcome | null {
  const corrected = readCorrection(document, said, { known: state.values, context });
  const names = Object.keys(corrected);
  if (names.length === 0) return null;
  const values = { ...state.values, ...corrected };
  const from = state.asked.findIndex((place) =>
    names.some((name) => takes(statementAt(document, place), name)),
  );
  const start = state.asked[from];
  if (!start) return proceed(document, { ...state, values }, context);
  const stale = state.asked.slice(from).flatMap((place) => readBy(statementAt(document, place)));
  const left = without(
    values,
    stale.filter((name) => !names.includes(name)),
  );
  const kept = state.asked.filter((place) => isQuestion(statementAt(document, place)));
  return proceed(document, { ...start, values: left, asked: state.asked.slice(0, from), kept }, context);
}

/** Does this statement bring a slot in, or carry it to a service? */
function takes(statement: Statement | undefined, slot: string): boolean {
  if (statement?.kind === "call")
    return statement.send.includes(slot) || slotsIn(statement.url).includes(slot);
  return slotOf(statement) === slot;
}
