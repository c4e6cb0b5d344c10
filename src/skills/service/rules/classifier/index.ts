export {
  type Example,
  MAX_EXAMPLES,
  MAX_INTENTS,
  modelKey,
  type TrainOptions,
} from "./examples.ts";
export { type Explanation, explain, type Reason } from "./explain.ts";
export { bytesOf, type Candidate, type Model, type Prediction, type Zone, zone } from "./model.ts";
export { predict } from "./predict.ts";
export type { IntentReport, TrainingReport } from "./report.ts";
export { deserialise, serialise } from "./serialise.ts";
export { train, trainWithReport } from "./train.ts";
