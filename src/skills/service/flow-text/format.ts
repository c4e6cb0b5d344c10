import {
  type Condition,
  DEFAULT_TRIES,
  type Example,
  type FlowDocument,
  type Line,
  type Slot,
  type Statement,
  type Step,
  type Target,
  type Texts,
} from "./document.ts";
import { quoteValue } from "./words.ts";

/**
 * The one way a flow is written: two spaces a level, one blank line between parts, header, slots, steps, examples.
 * `formatFlow(parseFlow(formatFlow(d)))` is `formatFlow(d)`; comments stay above what they stood above.
 */
export function formatFlow(document: FlowDocument): string {
  const parts = [
    headerOf(document),
    document.slots.map(slotOf).join("\n"),
    ...document.steps.map(stepOf),
    ...document.examples.map(exampleOf),
    document.trailing.map((one) => commentOf(one)).join("\n"),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function commentOf(text: string): string {
  return text === "" ? "#" : `# ${text}`;
}

function headerOf({ comments, name, title, starts, topics }: FlowDocument): string {
  return [
    ...comments.map(commentOf),
    ...(name === "" ? [] : [`flow ${name}`]),
    ...(hasWords(title) ? ["  title", ...textsOf(title, 2)] : []),
    ...starts.flatMap((start) => ["  start", ...textsOf(start, 2)]),
    ...topics.map(({ intent }) => `  topic ${quoteValue(intent)}`),
  ].join("\n");
}

function hasWords({ de, en }: Texts): boolean {
  return de !== undefined || en !== undefined;
}

function slotOf({ comments, name, type, like, alwaysAsked }: Slot): string {
  const written = `slot ${name}: ${type}${like === null ? "" : ` like ${like}`}${alwaysAsked ? ", always asked" : ""}`;
  return [...comments.map(commentOf), written].join("\n");
}

function stepOf({ comments, name, statements }: Step): string {
  return [...comments.map(commentOf), `step ${name}`, ...statements.flatMap(statementOf)].join("\n");
}

const pad = (level: number): string => "  ".repeat(level);

function textsOf(texts: Texts, level: number): string[] {
  return (["de", "en"] as const).flatMap((language) => {
    const text = texts[language];
    if (text === undefined) return [];
    if (!text.includes("\n")) return [`${pad(level)}${language}: ${text}`];
    const lines = text.split("\n").map((line) => (line === "" ? "" : `${pad(level + 1)}${line}`));
    return [`${pad(level)}${language}:`, ...lines];
  });
}

function arrow(to: Target | null): string {
  return to === null ? "" : ` -> ${to.step}`;
}

function statementOf(statement: Statement): string[] {
  return [
    ...statement.comments.map((one) => `  ${commentOf(one)}`),
    ...linesOf(statement).map((one) => (one === "" ? "" : `  ${one}`)),
  ];
}

/** Without the step's indent. */
function linesOf(statement: Statement): string[] {
  switch (statement.kind) {
    case "say":
      return [
        "say",
        ...textsOf(statement.texts, 1),
        ...(statement.link === null ? [] : [`  link: ${statement.link}`]),
      ];
    case "sayTopic":
      return ["say topic"];
    case "ask":
      return [`ask ${statement.slot}`, ...askingOf(statement)];
    case "choose":
      return [`choose${statement.slot === null ? "" : ` ${statement.slot}`}`, ...askingOf(statement)];
    case "if":
      return [`if ${statement.conditions.map(conditionOf).join(" and ")}${arrow(statement.to)}`];
    case "go":
      return [`-> ${statement.to.step}`];
    case "set":
      return [`set ${statement.slot} to ${quoteValue(statement.value)}`];
    case "forget":
      return [`forget ${statement.slots.join(", ")}`];
    case "call":
      return callOf(statement);
    case "handOver":
      return [
        "hand over",
        ...(statement.texts ? textsOf(statement.texts, 1) : []),
        ...(statement.summary === null ? [] : [`  summary: ${statement.summary}`]),
      ];
    case "start":
      return [`start flow ${statement.flow}`];
    case "answer":
      return [`answer topic ${quoteValue(statement.intent)}`];
    case "offer":
      return [
        "offer",
        ...textsOf(statement.texts, 1),
        ...statement.words.flatMap((one) => ["  words", ...textsOf(one, 2)]),
      ];
  }
}

function askingOf(asking: Extract<Statement, { kind: "ask" | "choose" }>): string[] {
  const options = asking.kind === "choose" ? asking.options : [];
  return [
    ...textsOf(asking.texts, 1),
    ...(asking.again ? ["  again", ...textsOf(asking.again, 2)] : []),
    ...(asking.tries === DEFAULT_TRIES ? [] : [`  tries ${asking.tries}`]),
    ...(asking.otherwise ? [`  otherwise${arrow(asking.otherwise)}`] : []),
    ...options.flatMap((option) => [
      ...option.comments.map((one) => `  ${commentOf(one)}`),
      `  option ${option.key}${arrow(option.to)}`,
      ...textsOf(option.texts, 2),
    ]),
  ];
}

function conditionOf(condition: Condition): string {
  if (condition.kind === "hours") return condition.open ? "open" : "closed";
  const { slot, test, value } = condition;
  if (test === "known" || test === "missing") return `${slot} is ${test}`;
  return `${slot} ${test} ${quoteValue(value)}`;
}

function callOf(call: Extract<Statement, { kind: "call" }>): string[] {
  return [
    `call ${call.method} "${call.url.replace(/["\\]/g, "\\$&")}"`,
    `  timeout ${call.timeoutMs / 1_000} s`,
    ...(call.retries > 0 ? [`  retries ${call.retries}`] : []),
    ...(call.send.length > 0 ? [`  send ${call.send.join(", ")}`] : []),
    ...call.reads.map(({ path, slot }) => `  read ${quoteValue(path)} as ${slot}`),
    ...call.on.map(({ status, to }) => `  on ${status}${arrow(to)}`),
    ...(call.failed ? [`  failed${arrow(call.failed)}`] : []),
  ];
}

function exampleOf({ comments, name, language, today, isClosed, lines }: Example): string {
  return [
    ...comments.map(commentOf),
    `example ${name}`,
    `  language ${language}`,
    ...(today === null ? [] : [`  today ${today}`]),
    ...(isClosed ? ["  closed"] : []),
    ...lines.map((one) => `  ${lineOf(one)}`),
  ].join("\n");
}

function lineOf(line: Line): string {
  switch (line.kind) {
    case "customer":
      return `customer${line.photo ? " photo" : ""}: ${line.text}`.trimEnd();
    case "bot":
      return `bot: ${line.text}`;
    case "service":
      return line.status === null ? "service: nothing" : `service: ${line.status} ${line.body}`.trimEnd();
    case "step":
      return `step: ${line.step}`;
    case "ends":
      return `ends: ${line.how}`;
  }
}
