export { checkPack } from "./check.ts";
export { missingFacts, suggestValues } from "./facts.ts";
export { fill, isFit, isUnfilled, type PlaceholderValues, placeholdersIn } from "./fill.ts";
export { packLesson } from "./lesson.ts";
export type { Pack, PackExample, PackFault, PackFiles, PackFlow, PackMessage, Placeholder } from "./pack.ts";
export {
  type ApplyPlan,
  planApply,
  type StandingTopic,
  type TopicChange,
} from "./plan-apply.ts";
export { planRemove } from "./plan-remove.ts";
export { PACK_LANGUAGES, readPack } from "./read-pack.ts";
export { type PackAnswer, type WantedTopic, type Written, wantedTopics } from "./written.ts";
