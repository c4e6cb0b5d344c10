import type { StandingTopic } from "./plan-apply.ts";
import { isSameAnswer, keyOf, type Written, type WrittenTopic } from "./written.ts";

export interface RemovePlan {
  /** Topics that nobody touched since. */
  readonly topics: readonly number[];
  /** Examples of topics that stay. */
  readonly examples: readonly number[];
  /** Intents of topics that stay, because the company or its customers wrote in them, or another pack has them. */
  readonly kept: readonly string[];
}

/**
 * What of a pack goes when it is taken away.
 * @param others what other applied packs wrote
 */
export function planRemove(
  written: Written["topics"],
  standing: readonly StandingTopic[],
  others: readonly Written["topics"][],
): RemovePlan {
  const topics: number[] = [];
  const examples: number[] = [];
  const kept: string[] = [];
  for (const there of standing) {
    const ours = written[there.intent];
    if (!ours) continue;
    const shared = others.flatMap((other) => other[there.intent] ?? []);
    if (shared.length === 0 && isUntouched(there, ours)) {
      topics.push(there.id);
      continue;
    }
    kept.push(there.intent);
    const stay = new Set(shared.flatMap((other) => other.examples.map(keyOf)));
    const mine = new Set(ours.examples.map(keyOf));
    examples.push(
      ...there.examples
        .filter((one) => !one.isTaught && mine.has(keyOf(one)) && !stay.has(keyOf(one)))
        .map(({ id }) => id),
    );
  }
  return { topics, examples, kept };
}

function isUntouched(there: StandingTopic, ours: WrittenTopic): boolean {
  const mine = new Set(ours.examples.map(keyOf));
  return (
    ours.title?.de === there.title.de &&
    ours.title.en === there.title.en &&
    ours.flow === there.flow &&
    (["de", "en"] as const).every(
      (language) =>
        !there.answers[language]?.isOwn && isSameAnswer(there.answers[language], ours.answers[language]),
    ) &&
    there.examples.every((one) => !one.isTaught && mine.has(keyOf(one)))
  );
}
