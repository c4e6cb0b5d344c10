import { type Example, OUT_OF_SCOPE, type TrainOptions } from "../../engine/index.ts";
import type { Pack } from "./pack.ts";
import { PACK_LANGUAGES } from "./read-pack.ts";
import { wantedTopics } from "./written.ts";

const SEED = 1;

/** What a company that applied the pack in both languages, and filled in the examples of its facts, trains on. */
export function packLesson(pack: Pack): { examples: Example[]; options: TrainOptions } {
  const facts = new Map(pack.placeholders.map(({ name, example }) => [name, example]));
  const topics = wantedTopics(pack, PACK_LANGUAGES, facts);
  const examples = [
    ...topics.flatMap(({ intent, examples: own }) => own.map((one) => ({ ...one, intent }))),
    ...pack.outOfScope.map((one) => ({ ...one, intent: OUT_OF_SCOPE })),
  ];
  const hints = topics.flatMap(({ intent, title, answers }) =>
    [title.de, title.en, answers.de?.text ?? "", answers.en?.text ?? ""].map((text) => ({ text, intent })),
  );
  const costs = new Map(topics.filter(({ cost }) => cost > 1).map(({ intent, cost }) => [intent, cost]));
  return { examples, options: { seed: SEED, hints, costs } };
}
