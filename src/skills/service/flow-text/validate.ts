import { circles } from "./circles.ts";
import {
  END,
  type FlowDocument,
  LIMITS,
  PERSON,
  type Place,
  type Slot,
  type Statement,
  type Step,
  type Texts,
} from "./document.ts";
import { type Fault, fault } from "./faults.ts";
import { isLast, reachable, waysOf } from "./graph.ts";
import { isReserved } from "./requests.ts";
import { slotsIn } from "./words-of-slots.ts";

/** What a flow may start that is no text of the company. */
export const HOUSE_FLOWS = [
  "callback",
  "collect_order",
  "lookup_order",
  "lookup_parcel",
  "lookup_invoice",
  "lookup_appointment",
  "lookup_machine",
] as const;

/**
 * Everything that would leave a customer standing: dead ends, ways to nowhere, circles without a question, words missing
 * in a language, slots that nobody fills.
 * @returns at most LIMITS.faults, in the order of the text; none means that the flow may go live
 */
export function validateFlow(document: FlowDocument): readonly Fault[] {
  const faults: Fault[] = [];
  const found = (place: Place, code: string, values: Fault["values"] = {}) =>
    void faults.push(fault(place, code, values));
  if (document.steps.length === 0) found({ line: 1, column: 1 }, "noStep");
  if (document.name !== "") checkHeader(document, found);
  checkNames(document, found);
  const slots = slotsOf(document);
  const known = new Set(document.steps.map(({ name }) => name));
  for (const step of document.steps) {
    checkEnd(step, found);
    for (const statement of step.statements) checkStatement(statement, { document, slots, known, found });
  }
  checkReach(document, found);
  for (const name of circles(document)) {
    const step = document.steps.find((one) => one.name === name);
    if (step) found(step, "circle", { step: name });
  }
  return faults.sort((a, b) => a.line - b.line || a.column - b.column).slice(0, LIMITS.faults);
}

type Found = (place: Place, code: string, values?: Fault["values"]) => void;

function checkHeader(document: FlowDocument, found: Found): void {
  const top = { line: 1, column: 1 };
  requireBoth(document.title, top, "title", found);
  if (document.starts.length === 0 && document.topics.length === 0) found(top, "noStart");
  for (const words of document.starts.flatMap(({ de, en }) => [de ?? "", en ?? ""]))
    if (words !== "" && isReserved(words)) found(top, "startReserved", { words });
}

function checkNames({ steps, slots, examples }: FlowDocument, found: Found): void {
  const lists = [
    ["step", steps],
    ["slot", slots],
    ["example", examples],
  ] as const;
  for (const [what, parts] of lists) {
    const seen = new Set<string>();
    for (const part of parts) {
      if (part.name !== "" && seen.has(part.name)) found(part, "nameTwice", { what, name: part.name });
      seen.add(part.name);
    }
  }
}

/** Declared ones, chosen ones, and those that a service fills. */
function slotsOf({ slots, steps }: FlowDocument): Set<string> {
  const names = new Set(slots.map(({ name }) => name));
  for (const { statements } of steps) {
    for (const one of statements) {
      if (one.kind === "choose" && one.slot !== null) names.add(one.slot);
      if (one.kind === "set") names.add(one.slot);
      if (one.kind === "call") for (const { slot } of one.reads) names.add(slot);
    }
  }
  return names;
}

function checkEnd(step: Step, found: Found): void {
  const last = step.statements.findIndex(isLast);
  if (last < 0) found(step, "deadEnd", { step: step.name });
  const after = step.statements[last + 1];
  if (last >= 0 && after) found(after, "neverRuns");
}

interface Checking {
  readonly document: FlowDocument;
  readonly slots: ReadonlySet<string>;
  /** Names of steps. */
  readonly known: ReadonlySet<string>;
  readonly found: Found;
}

function checkStatement(statement: Statement, { document, slots, known, found }: Checking): void {
  for (const { to } of waysOf(statement)) {
    if (to.step !== "" && to.step !== END && to.step !== PERSON && !known.has(to.step))
      found(to, "noSuchStep", { step: to.step });
  }
  checkWords(statement, slots, found);
  const declared = (name: string) => document.slots.find((slot) => slot.name === name);
  const need = (name: string, place: Place) => {
    if (name !== "" && !slots.has(name)) found(place, "noSuchSlot", { slot: name });
  };
  switch (statement.kind) {
    case "ask":
      if (statement.slot !== "" && !declared(statement.slot))
        found(statement, "askUndeclared", { slot: statement.slot });
      return;
    case "choose": {
      const keys = statement.options.map(({ key }) => key);
      for (const [n, option] of statement.options.entries())
        if (keys.indexOf(option.key) !== n) found(option, "nameTwice", { what: "option", name: option.key });
      return;
    }
    case "if":
      for (const one of statement.conditions) {
        if (one.kind !== "slot") continue;
        need(one.slot, one);
        checkComparison(one, declared(one.slot), found);
      }
      return;
    case "forget":
      for (const name of statement.slots) need(name, statement);
      return;
    case "call":
      checkCall(statement, { need, found });
      return;
    default:
      return;
  }
}

function checkComparison(
  one: { test: string; value: string } & Place,
  slot: Slot | undefined,
  found: Found,
): void {
  if ((one.test === "over" || one.test === "under") && !/^\d{1,9}(?:[.,]\d{1,2})?$/.test(one.value))
    found(one, "numberToCompare", { value: one.value });
  if (
    (one.test === "before" || one.test === "after") &&
    (slot?.type !== "date" || !/^(today|\d{4}-\d{2}-\d{2})$/.test(one.value))
  )
    found(one, "dateToCompare", { value: one.value });
}

function checkCall(
  call: Extract<Statement, { kind: "call" }>,
  parts: { need(name: string, place: Place): void; found: Found },
): void {
  const { need, found } = parts;
  const origin = /^https?:\/\/[^/?#\s]+/.exec(call.url)?.[0];
  if (!origin || !URL.canParse(call.url.replaceAll(/\{\w+\}/g, "x")))
    found(call, "badUrl", { url: call.url.slice(0, 80) });
  // What a customer types never decides whom the node asks.
  else if (origin.includes("{")) found(call, "slotInHost");
  for (const name of slotsIn(call.url)) need(name, call);
  for (const name of call.send) need(name, call);
  if (call.method === "GET" && call.send.length > 0) found(call, "sendWithGet");
  if (!call.failed) found(call, "noFallback");
  for (const one of call.reads) {
    if (!/^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+){0,9}$/u.test(one.path))
      found(one, "badPath", { path: one.path.slice(0, 40) });
  }
}

/** Every sentence stands in both languages and names only slots that exist. */
function checkWords(statement: Statement, slots: ReadonlySet<string>, found: Found): void {
  const sentences: (readonly [Texts, Place, string])[] = [];
  if (statement.kind === "say" || statement.kind === "offer")
    sentences.push([statement.texts, statement, statement.kind]);
  if (statement.kind === "handOver" && statement.texts)
    sentences.push([statement.texts, statement, "hand over"]);
  if (statement.kind === "offer")
    for (const one of statement.words) sentences.push([one, statement, "words"]);
  if (statement.kind === "ask" || statement.kind === "choose") {
    sentences.push([statement.texts, statement, statement.kind]);
    if (statement.again) sentences.push([statement.again, statement, "again"]);
  }
  if (statement.kind === "choose")
    for (const option of statement.options) sentences.push([option.texts, option, "option"]);
  for (const [texts, place, what] of sentences) {
    requireBoth(texts, place, what, found);
    const names = [texts.de ?? "", texts.en ?? ""].flatMap(slotsIn);
    for (const name of new Set(names)) if (!slots.has(name)) found(place, "noSuchSlot", { slot: name });
  }
  if (statement.kind === "handOver")
    for (const name of slotsIn(statement.summary ?? ""))
      if (!slots.has(name)) found(statement, "noSuchSlot", { slot: name });
  if (statement.kind !== "choose") return;
  for (const { texts, ...place } of statement.options) {
    const longest = Math.max(texts.de?.length ?? 0, texts.en?.length ?? 0);
    if (longest > LIMITS.optionCharacters)
      found(place, "optionTooLong", { most: LIMITS.optionCharacters, found: longest });
  }
}

function requireBoth(texts: Texts, place: Place, what: string, found: Found): void {
  for (const language of ["de", "en"] as const)
    if (texts[language] === undefined) found(place, "languageMissing", { language, what });
}

function checkReach(document: FlowDocument, found: Found): void {
  const reached = reachable(document);
  for (const step of document.steps)
    if (step.name !== "" && !reached.has(step.name)) found(step, "unreachable", { step: step.name });
}
