import { type Call, type FlowDocument, type Option, PERSON, type Statement } from "./document.ts";
import { type At, type Outcome, proceed, type RunState, statementAt, toPerson, waitAt } from "./proceed.ts";
import { isWorthRetrying, readAnswer, type ServiceAnswer } from "./service-call.ts";
import {
  bareWords,
  type RunContext,
  readAside,
  readCorrection,
  readSlot,
  type Said,
  type Values,
} from "./slot-values.ts";

/** Runs a flow: pure, one customer's message at a time. What it wants done it returns. */

/** Questions that one can go back to. */
const MOST_ASKED = 50;
/** An id of a question's option: `go:STEP.INDEX.KEY`. */
const OPTION_ID = /^go:([a-z0-9_]+)\.(\d+)\.([a-z0-9_]+)$/;

/** Begins a flow with the message that led to it; what the message or an earlier flow names is not asked. */
export function startRun(
  document: FlowDocument,
  said: Said,
  parts: { context: RunContext; values?: Values },
): Outcome {
  const given = namesakes(document, parts.values ?? {});
  const values = {
    ...given,
    ...readAside(document, said, { when: "start", known: given, context: parts.context }),
  };
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
      ? correct(document, state, parts)
      : goOn(document, state, { said, context, learnt: { [statement.slot]: value }, to: null });
  }
  if (statement?.kind !== "choose") return null;
  const option = chosen(statement, state, said);
  if (option) {
    const learnt = statement.slot === null ? {} : { [statement.slot]: option.key };
    return goOn(document, state, { said, context, learnt, to: option.to?.step ?? null });
  }
  return correct(document, state, parts);
}

/** "No, HK-20418": what was known is changed, and the open question asked with it. */
function correct(
  document: FlowDocument,
  state: RunState,
  { said, context }: { said: Said; context: RunContext },
): Outcome | null {
  const corrected = readCorrection(document, said, { known: state.values, context });
  if (Object.keys(corrected).length === 0) return null;
  return proceed(document, { ...state, values: { ...state.values, ...corrected } }, context);
}

/** Asks the open question once more; too often, and the flow goes its other way, or to a person. */
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
  const step = statement.otherwise?.step ?? PERSON;
  return proceed(document, { ...state, step, at: 0 }, context);
}

/** The open question again, after something else was answered. */
export function askAgain(document: FlowDocument, state: RunState, context: RunContext): Outcome {
  const statement = statementAt(document, state);
  if (statement?.kind !== "ask" && statement?.kind !== "choose") return toPerson(state.values, [], null);
  return waitAt(document, state, { context, says: [], path: [], texts: statement.texts });
}

/** Back to the question before, whose answer is forgotten; at the first one it is asked again. */
export function backRun(document: FlowDocument, state: RunState, context: RunContext): Outcome {
  const before = state.asked.at(-1);
  if (!before) return askAgain(document, state, context);
  return rewind(document, state, before, context);
}

function rewind(document: FlowDocument, state: RunState, to: At, context: RunContext): Outcome {
  const from = state.asked.findLastIndex((one) => one.step === to.step && one.at === to.at);
  const dropped = [...state.asked.slice(from), { step: state.step, at: state.at }];
  const slots = new Set(dropped.map((one) => slotOf(statementAt(document, one))));
  const values = Object.fromEntries(Object.entries(state.values).filter(([name]) => !slots.has(name)));
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
  const run = { values: state.values, asked: state.asked };
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

function slotOf(statement: Statement | undefined): string | null {
  return statement?.kind === "ask" || statement?.kind === "choose" ? statement.slot : null;
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
  const [, step = "", index = "", key = ""] = OPTION_ID.exec(said.optionId ?? "") ?? [];
  const place = { step, at: Number(index) };
  if (step === "" || (step === state.step && place.at === state.at)) return null;
  const statement = statementAt(document, place);
  const option = statement?.kind === "choose" ? statement.options.find((one) => one.key === key) : undefined;
  if (!option || !state.asked.some((one) => one.step === step && one.at === place.at)) return null;
  return (context) => {
    const back = rewind(document, state, place, context);
    if (back.next.kind !== "wait") return back;
    const again = continueRun(document, back.next.state, { said, context });
    return again ?? back;
  };
}

function chosen(
  statement: Extract<Statement, { kind: "choose" }>,
  state: At,
  said: Said,
): Option | undefined {
  const { options } = statement;
  const tapped = OPTION_ID.exec(said.optionId ?? "");
  if (tapped?.[1] === state.step && Number(tapped[2]) === state.at)
    return options.find(({ key }) => key === tapped[3]);
  const number = /^([1-9]\d?)[.)]?$/.exec(said.text.trim())?.[1];
  if (number !== undefined) return options[Number(number) - 1];
  const bare = bareWords(said.text);
  if (bare !== "") {
    const titles = (option: Option) =>
      [option.texts.de ?? "", option.texts.en ?? "", option.key].map(bareWords).filter((one) => one !== "");
    const exact = options.find((option) => titles(option).includes(bare));
    if (exact) return exact;
    const inside = options.filter((option) =>
      titles(option).some((title) => ` ${bare} `.includes(` ${title} `)),
    );
    const isMeant = bare.split(" ").length <= MOST_CHOICE_WORDS && !NEGATED.test(bare);
    if (inside.length === 1 && isMeant) return inside[0];
  }
  return options.find(({ key }) => key === said.request);
}

/** In a longer message a title is probably about something else. */
const MOST_CHOICE_WORDS = 8;
/** "Bitte nicht stornieren" chooses anything but that. */
const NEGATED = /(?:^| )(?:nicht|kein\w*|nie|ohne|not|no|dont|don t|never|without)(?= |$)/;
