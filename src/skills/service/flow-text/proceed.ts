import { holds } from "./conditions.ts";
import { END, type FlowDocument, PERSON, type Statement } from "./document.ts";
import { requestOf, type ServiceRequest } from "./service-call.ts";
import { fillText, type RunContext, type Value, type Values } from "./slot-values.ts";

/** The loop of the runner: statements one after another, until somebody has to act. */

/** A place in a flow. */
export interface At {
  readonly step: string;
  /** Index of the statement in the step. */
  readonly at: number;
}

/** Where a conversation stands; kept with it as JSON. */
export interface RunState extends At {
  readonly values: Values;
  /** Answers to the open question that were not understood. */
  readonly tries: number;
  /** Questions that were answered and services that were asked, the last one at the end. */
  readonly asked: readonly At[];
  /** Questions that were left by their `otherwise` since an answer was understood last. */
  readonly lost?: readonly At[];
  /** Questions that were answered before the flow went on from an earlier place: passed again, they count as asked. */
  readonly kept?: readonly At[];
  /** Which try of a call stands open; 0 = a question does. */
  readonly calling: number;
}

export interface Words {
  readonly text: string;
  readonly options?: readonly { readonly id: string; readonly title: string }[];
  readonly link?: string;
  /** The answer of the topic that began the flow; `text` is empty. */
  readonly isTopic?: true;
}

export type Next =
  | { readonly kind: "wait"; readonly state: RunState }
  | { readonly kind: "call"; readonly state: RunState; readonly request: ServiceRequest }
  | { readonly kind: "done" }
  | {
      readonly kind: "person";
      readonly text: string | null;
      readonly summary: string | null;
      readonly values: Values;
    }
  | { readonly kind: "start"; readonly flow: string; readonly values: Values }
  | { readonly kind: "answer"; readonly intent: string };

export interface Outcome {
  readonly says: readonly Words[];
  readonly next: Next;
  /** Statements that ran, for whoever watches. */
  readonly path: readonly At[];
}

/** Statements of one turn; a circle that the validator did not see ends with a person. */
const MOST_STATEMENTS = 300;

/** Documents never change; a flow of 1,000 steps is not searched for every statement. */
const stepsOf = new WeakMap<FlowDocument, ReadonlyMap<string, readonly Statement[]>>();

export function statementAt(document: FlowDocument, { step, at }: At): Statement | undefined {
  // Of two steps of one name, which the validator refuses, the first counts.
  const steps =
    stepsOf.get(document) ??
    new Map(document.steps.toReversed().map(({ name, statements }) => [name, statements]));
  stepsOf.set(document, steps);
  return steps.get(step)?.[at];
}

export interface Run extends At {
  readonly values: Values;
  readonly asked: readonly At[];
  readonly lost?: readonly At[];
  readonly kept?: readonly At[];
}

/** Runs statements until the customer, a service or somebody else has to act. */
export function proceed(document: FlowDocument, from: Run, context: RunContext): Outcome {
  const says: Words[] = [];
  const path: At[] = [];
  let values: Record<string, Value> = { ...from.values };
  let { step, at } = from;
  const show = (text: string | undefined) =>
    fillText(document, text ?? "", { values, language: context.language });
  const go = (to: string) => {
    step = to;
    at = 0;
  };
  const { lost = [], kept = [] } = from;
  const asked = [...from.asked];
  const state = (calling: number): RunState => ({ step, at, values, asked, lost, kept, tries: 0, calling });
  const pass = () => {
    const isHere = (one: At) => one.step === step && one.at === at;
    if (kept.some(isHere) && !asked.some(isHere)) asked.push({ step, at });
  };
  for (let count = 0; count < MOST_STATEMENTS; count++) {
    if (step === END) return { says, path, next: { kind: "done" } };
    const statement = step === PERSON ? undefined : statementAt(document, { step, at });
    if (!statement) return toPerson(values, says, path);
    path.push({ step, at });
    switch (statement.kind) {
      case "say":
        says.push({
          text: show(statement.texts[context.language]),
          ...(statement.link ? { link: statement.link } : {}),
        });
        at++;
        break;
      case "sayTopic":
        says.push({ text: "", isTopic: true });
        at++;
        break;
      case "go":
        go(statement.to.step);
        break;
      case "if":
        if (holds(document, statement.conditions, { values, context })) go(statement.to.step);
        else at++;
        break;
      case "set":
        values = { ...values, [statement.slot]: statement.value };
        at++;
        break;
      case "forget":
        values = Object.fromEntries(
          Object.entries(values).filter(([name]) => !statement.slots.includes(name)),
        );
        at++;
        break;
      case "ask":
        if (!(statement.slot in values))
          return waitAt(document, state(0), { context, says, path, texts: statement.texts });
        pass();
        at++;
        break;
      case "choose": {
        const known =
          statement.slot === null
            ? undefined
            : statement.options.find(({ key }) => key === values[statement.slot ?? ""]);
        if (!known) return waitAt(document, state(0), { context, says, path, texts: statement.texts });
        pass();
        if (known.to) go(known.to.step);
        else at++;
        break;
      }
      case "call":
        return { says, path, next: { kind: "call", state: state(1), request: requestOf(statement, values) } };
      default:
        return leave(statement, { says, path, values, show, language: context.language });
    }
  }
  return toPerson(values, says, path);
}

interface Leaving {
  readonly says: Words[];
  readonly path: readonly At[];
  readonly values: Values;
  readonly show: (text: string | undefined) => string;
  readonly language: "de" | "en";
}

function leave(
  statement: Extract<Statement, { kind: "handOver" | "start" | "answer" | "offer" }>,
  parts: Leaving,
): Outcome {
  const { says, path, values, show, language } = parts;
  switch (statement.kind) {
    case "handOver": {
      const text = statement.texts ? show(statement.texts[language]) : null;
      const summary = statement.summary === null ? null : show(statement.summary);
      return { says, path, next: { kind: "person", text, summary, values } };
    }
    case "start":
      return { says, path, next: { kind: "start", flow: statement.flow, values } };
    case "answer":
      return { says, path, next: { kind: "answer", intent: statement.intent } };
    case "offer": {
      const options = statement.words
        .map((words) => show(words[language]))
        .map((title) => ({ id: `say:${title}`, title }));
      return {
        says: [...says, { text: show(statement.texts[language]), options }],
        path,
        next: { kind: "done" },
      };
    }
  }
}

export function toPerson(values: Values, says: readonly Words[], path: readonly At[] | null): Outcome {
  return { says, path: path ?? [], next: { kind: "person", text: null, summary: null, values } };
}

interface Waiting {
  readonly context: RunContext;
  readonly says: readonly Words[];
  readonly path: readonly At[];
  readonly texts: { readonly de?: string; readonly en?: string };
}

export function waitAt(
  document: FlowDocument,
  state: RunState,
  { context, says, path, texts }: Waiting,
): Outcome {
  const { language } = context;
  const statement = statementAt(document, state);
  const text = fillText(document, texts[language] ?? "", { values: state.values, language });
  const options =
    statement?.kind === "choose"
      ? statement.options.map(({ key, texts: titles }) => ({
          id: `go:${state.step}.${state.at}.${key}`,
          title: fillText(document, titles[language] ?? key, { values: state.values, language }),
        }))
      : undefined;
  return { says: [...says, options ? { text, options } : { text }], path, next: { kind: "wait", state } };
}
