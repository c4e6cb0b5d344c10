import { END, type FlowDocument, PERSON, type Statement, type Step, type Target } from "./document.ts";

/** Where a statement may lead, with what decides it. */
export interface Way {
  readonly to: Target;
  readonly by: "go" | "option" | "if" | "otherwise" | "service" | "failed";
  /** Option key, status or condition's words; "" for a plain way. */
  readonly label: string;
}

export interface Edge extends Way {
  readonly from: string;
}

/** All ways out of a statement. */
export function waysOf(statement: Statement): Way[] {
  switch (statement.kind) {
    case "go":
      return [{ to: statement.to, by: "go", label: "" }];
    case "if":
      return [{ to: statement.to, by: "if", label: statement.conditions.map(conditionWords).join(" & ") }];
    case "ask":
    case "choose":
      return [
        ...(statement.kind === "choose"
          ? statement.options.flatMap(({ key, to }): Way[] => (to ? [{ to, by: "option", label: key }] : []))
          : []),
        ...(statement.otherwise ? [{ to: statement.otherwise, by: "otherwise" as const, label: "" }] : []),
      ];
    case "call":
      return [
        ...statement.on.map(({ status, to }): Way => ({ to, by: "service", label: String(status) })),
        ...(statement.failed ? [{ to: statement.failed, by: "failed" as const, label: "" }] : []),
      ];
    default:
      return [];
  }
}

function conditionWords(condition: Extract<Statement, { kind: "if" }>["conditions"][number]): string {
  if (condition.kind === "hours") return condition.open ? "open" : "closed";
  return `${condition.slot} ${condition.test === "known" || condition.test === "missing" ? "is " : ""}${condition.test} ${condition.value}`.trim();
}

/** Does nothing after this statement run? */
export function isLast(statement: Statement): boolean {
  if (statement.kind === "choose")
    return statement.options.length > 0 && statement.options.every(({ to }) => to !== null);
  return ["go", "handOver", "start", "answer", "offer"].includes(statement.kind);
}

/** Statements that a run can come to; what stands after the last one never runs. */
export function liveStatements({ statements }: Step): readonly Statement[] {
  const last = statements.findIndex(isLast);
  return last < 0 ? statements : statements.slice(0, last + 1);
}

export function edgesOf(document: FlowDocument): Edge[] {
  return document.steps.flatMap((step) =>
    liveStatements(step)
      .flatMap(waysOf)
      .map((way) => ({ ...way, from: step.name })),
  );
}

/** Steps that a customer can come to, from the first one on. */
export function reachable(document: FlowDocument): Set<string> {
  const byFrom = Map.groupBy(edgesOf(document), ({ from }) => from);
  const found = new Set<string>();
  const waiting = document.steps.slice(0, 1).map(({ name }) => name);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    for (const { to } of byFrom.get(name) ?? []) if (!found.has(to.step)) waiting.push(to.step);
  }
  found.delete(END);
  found.delete(PERSON);
  return found;
}

/** Where a step may lead, in words for a list; what ends it is a way too. */
export function waysFrom(step: Step): { to: string; label: string }[] {
  return liveStatements(step).flatMap((statement) => {
    const ways = waysOf(statement).map(({ to, by, label }) => ({
      to: to.step,
      label: label || (by === "go" ? "" : by),
    }));
    return [...ways, ...endOf(statement)];
  });
}

function endOf(statement: Statement): { to: string; label: string }[] {
  if (statement.kind === "handOver") return [{ to: PERSON, label: "" }];
  if (statement.kind === "start") return [{ to: statement.flow, label: "flow" }];
  if (statement.kind === "answer") return [{ to: statement.intent, label: "topic" }];
  return statement.kind === "offer" ? [{ to: END, label: "" }] : [];
}
