/** Flows as a readable text: read, check, print, draw, play and run. Pure; see docs/guide/flows.md for the grammar. */

export { type Beat, Dialogue, type Input } from "./dialogue.ts";
export { type FlowDocument, LIMITS } from "./document.ts";
export { type ExampleResult, runExamples } from "./examples.ts";
export { describeFault, type Fault, locatedFault } from "./faults.ts";
export { formatFlow } from "./format.ts";
export { waysFrom } from "./graph.ts";
export { type Inspection, inspectFlow, missesOf } from "./inspect.ts";
export { drawFlow, NODE } from "./layout.ts";
export { parseFlow } from "./parse.ts";
export { type Outcome, type RunState, statementAt } from "./proceed.ts";
export {
  askAgain,
  backRun,
  canGoBack,
  continueRun,
  repeatRun,
  servedRun,
  startRun,
} from "./run.ts";
export { requestOf, type ServiceAnswer, type ServiceRequest } from "./service-call.ts";
export { bareWords, type RunContext, type Said, showValue, type Values } from "./slot-values.ts";
export { type DraftSummary, summariseFlow } from "./summary.ts";
export type { Surroundings } from "./surroundings.ts";
export { validateFlow } from "./validate.ts";
