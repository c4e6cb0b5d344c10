import { correctRun } from "./correct-run.ts";
import { type Call, type FlowDocument, PERSON } from "./document.ts";
import { isQuestion, isSame, readBy, slotOf, without } from "./passed.ts";
import { type At, type Outcome, proceed, type RunState, statementAt, toPerson, waitAt } from "./proceed.ts";
import { optionMeant, optionNamed, readTap } from "./read-option.ts";
import { isWorthRetrying, readAnswer, type ServiceAnswer } from "./service-call.ts";
import { type RunContext, readAside, readSlot, type Said, type Values } from "./slot-values.ts";

/** Runs a flow: pure, one customer's message at a time. What it wants done it returns. */

/** Questions that one can go back to. */
const MOST_ASKED = 50;

/**
 * Begins a flow with the message that led to it; what the message, an earlier flow or an earlier message names is not
 * asked.
 * @param parts.heard what was said before in this matter, oldest first; the latest counts, the present message before all
 */
export function startRun(
  document: FlowDocument,
  said: Said,
  parts: { context: RunContext; values?: Values; heard?: readonly string[] },
): Outcome {
  const { context, heard = [] } = parts;
  let values = namesakes(document, parts.values ?? {});
  const before = heard.map((text): Said => ({ text, optionId: null, request: null, photo: false }));
  for (const one of [said, ...before.toReversed()])
    values = { ...values, ...readAside(document, one, { when: "start", known: values, context }) };
  return proceed(
    document,
    { step: document.steps[0]?.name ?? PERSON, at: 0, values, asked: [] },
    parts.context,
  );
}

/** Slots of the same name, and nothing else, go from one flow to the next. */
function namesakes(document: FlowDocument, values: Values): Values {
  const names = new Set(document.slots.filter(({ alwaysAsked }) => !alwaysAsked).map(({ name }) => name));
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
}

/** @returns null when the message is no answer to the open question */
export function continueRun(
  document: FlowDocument,
  state: RunState,
  parts: { said: Said; context: RunContext },
): Outcome | null {
  const { said, context } = parts;
  const earlier = tappedEarlier(document, state, said);
  if (earlier) return earlier(context);
  const statement = statementAt(document, state);
  if (statement?.kind === "ask") {
    const slot = document.slots.find(({ name }) => name === statement.slot);
    const value = slot && readSlot(slot, said, context);
    return value === undefined
      ? correctRun(document, state, parts)
      : goOn(document, state, { said, context, learnt: { [statement.slot]: value }, to: null });
  }
  if (statement?.kind !== "choose") return null;
  const named = optionNamed(statement, state, said);
  // "Yes, but it is HK-20418" agrees to something else than what was asked.
  const corrected = named ? null : correctRun(document, state, parts);
  if (corrected) return corrected;
  const option = named ?? optionMeant(statement, said);
  if (!option) return null;
  const learnt = statement.slot === null ? {} : { [statement.slot]: option.key };
  return goOn(document, state, { said, context, learnt, to: option.to?.step ?? null });
}

/**
 * Asks the open question once more; too often, and the flow goes its other way, or to a person. A question whose other way
 * leads back to it is left by it once: then a person helps.
 */
export function repeatRun(document: FlowDocument, state: RunState, context: RunContext): Outcome {
  const statement = statementAt(document, state);
  if (statement?.kind !== "ask" && statement?.kind !== "choose") return toPerson(state.values, [], null);
  const tries = state.tries + 1;
  if (tries < statement.tries)
    return waitAt(
      document,
      { ...state, tries },
      { context, says: [], path: [], texts: statement.again ?? statement.texts },
    );
  const { step: here, at, lost = [] } = state;
  const isAgain = lost.some((one) => isSame(one, state));
  const step = isAgain ? PERSON : (statement.otherwise?.step ?? PERSON);
  return proceed(document, { ...state, step, at: 0, lost: [...lost, { step: here, at }] }, context);
}

/** The open question again, after something else was answered. */
export function askAgain(document: FlowDocument, state: RunState, context: RunContext): Outcome {
  const statement = statementAt(document, state);
  if (statement?.kind !== "ask" && statement?.kind !== "choose") return toPerson(state.values, [], null);
  return waitAt(document, state, { context, says: [], path: [], texts: statement.texts });
}

/** Back to the question before, whose answer is forgotten; at the first one it is asked again. */
export function backRun(document: FlowDocument, state: RunState, context: RunContext): Outcome {
  const before = state.asked.findLast((place) => isQuestion(statementAt(document, place)));
  if (!before) return askAgain(document, state, context);
  return rewind(document, state, before, context);
}

/** Is there a question before the open one? */
export function canGoBack(document: FlowDocument, { asked }: RunState): boolean {
  return asked.some((place) => isQuestion(statementAt(document, place)));
}

function rewind(document: FlowDocument, state: RunState, to: At, context: RunContext): Outcome {
  const from = state.asked.findLastIndex((one) => isSame(one, to));
  const dropped = [...state.asked.slice(from), { step: state.step, at: state.at }];
  const values = without(
    state.values,
    dropped.flatMap((one) => {
      const statement = statementAt(document, one);
      return [slotOf(statement) ?? "", ...readBy(statement)];
    }),
  );
  return proceed(document, { ...to, values, asked: state.asked.slice(0, from) }, context);
}

/**
 * The service answered, or did not.
 * @returns outcome, or null when the call is to be tried again
 */
export function servedRun(
  document: FlowDocument,
  state: RunState,
  parts: { answer: ServiceAnswer; context: RunContext },
): Outcome | null {
  const call = statementAt(document, state);
  if (call?.kind !== "call") return toPerson(state.values, [], null);
  const { answer, context } = parts;
  if (isWorthRetrying(answer) && state.calling <= call.retries) return null;
  const found = "failed" in answer ? null : served(call, answer);
  const asked = [...state.asked, { step: state.step, at: state.at }].slice(-MOST_ASKED);
  const run = { values: state.values, asked, lost: state.lost, kept: state.kept };
  if (found === null) return proceed(document, { ...run, step: call.failed?.step ?? PERSON, at: 0 }, context);
  if (typeof found === "string") return proceed(document, { ...run, step: found, at: 0 }, context);
  return proceed(
    document,
    { ...run, values: { ...state.values, ...found }, step: state.step, at: state.at + 1 },
    context,
  );
}

/** A step by status, values of a good answer, or null. */
function served(call: Call, answer: { status: number; body: string }): string | Values | null {
  const way = call.on.find(({ status }) => status === answer.status);
  if (way) return way.to.step;
  return answer.status >= 200 && answer.status < 300 ? readAnswer(call, answer.body) : null;
}

interface GoingOn {
  readonly said: Said;
  readonly context: RunContext;
  readonly learnt: Values;
  readonly to: string | null;
}

function goOn(document: FlowDocument, state: RunState, { said, context, learnt, to }: GoingOn): Outcome {
  const known = { ...state.values, ...learnt };
  const aside = readAside(document, said, { when: "middle", known, context });
  const asked = [...state.asked, { step: state.step, at: state.at }].slice(-MOST_ASKED);
  const place = to === null ? { step: state.step, at: state.at + 1 } : { step: to, at: 0 };
  return proceed(document, { ...place, values: { ...aside, ...known }, asked }, context);
}

/** A button of a question that was answered before: the customer thinks again. */
function tappedEarlier(
  document: FlowDocument,
  state: RunState,
  said: Said,
): ((context: RunContext) => Outcome) | null {
  const tap = readTap(said.optionId);
  if (!tap || isSame(tap, state)) return null;
  const { key, ...place } = tap;
  const statement = statementAt(document, place);
  const option = statement?.kind === "choose" ? statement.options.find((one) => one.key === key) : undefined;
  if (!option || !state.asked.some((one) => isSame(one, place))) return null;
  return (context) => {
    const back = rewind(document, state, place, context);
    if (back.next.kind !== "wait") return back;
    const again = continueRun(document, back.next.state, { said, context });
    return again ?? back;
  };
}
