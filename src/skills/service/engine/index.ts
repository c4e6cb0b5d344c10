export { type Cluster, cluster } from "./cluster.ts";
export { type Evaluation, evaluate, type Verdict, verdictOf } from "./evaluate.ts";
export {
  type Example,
  MAX_EXAMPLES,
  MAX_INTENTS,
  OUT_OF_SCOPE,
  reduce,
  type TrainOptions,
  type Vectors,
} from "./examples.ts";
export { type Explanation, explain, type Reason } from "./explain.ts";
export { ENOUGH_EXAMPLES, type Health, health, type Share } from "./health.ts";
export { textsToEmbed } from "./learn-meaning.ts";
export { modelKey } from "./lesson.ts";
export {
  bytesOf,
  type Candidate,
  type Correction,
  type Model,
  type Prediction,
  type Zone,
} from "./model.ts";
export type { NearDuplicate } from "./near-duplicates.ts";
export { predict } from "./predict.ts";
export type { IntentReport, TrainingReport } from "./report.ts";
export { decodeModel, encodeModel, MODEL_MARK, ModelFormatError } from "./serialise.ts";
export { fold, MAX_TEXT_LENGTH, tokens } from "./text.ts";
export { train, trainWithReport } from "./train.ts";
