import type { Lesson } from "./examples.ts";
import type { Partition } from "./held-out.ts";
import { seededRandom, shuffle } from "./random.ts";

const GROUPS = 5;

/** Every intent's questions spread evenly over the groups. A text that two intents claim may end in two groups. */
export function divideTexts(lesson: Lesson): Partition {
  const order = shuffledOrder(lesson.examples, lesson.seed);
  const groups = Math.max(1, Math.min(GROUPS, lesson.examples));
  const groupOf = new Int32Array(lesson.texts.length).fill(-1);
  const next = new Map<number, number>();
  for (const text of order) {
    const label = lesson.labels[text] as number;
    // Intents with few texts begin at different groups, so that no group is left without them.
    const place = next.get(label) ?? label % groups;
    groupOf[text] = place % groups;
    next.set(label, place + 1);
  }
  return { groupOf, groups };
}

/** Whole intents spread over the groups: a group's texts are foreign to the model that judges them. */
export function divideIntents(lesson: Lesson): Partition {
  const count = lesson.intents.length;
  const groups = Math.max(1, Math.min(GROUPS, count));
  const groupOfIntent = new Int32Array(count);
  shuffledOrder(count, lesson.seed).forEach((intent, place) => {
    groupOfIntent[intent] = place % groups;
  });
  const groupOf = Int32Array.from(lesson.labels, (label) => groupOfIntent[label] as number);
  return { groupOf, groups, groupOfIntent };
}

function shuffledOrder(length: number, seed: number): Int32Array {
  const order = new Int32Array(length);
  for (let i = 0; i < length; i++) order[i] = i;
  shuffle(order, length, seededRandom(seed));
  return order;
}
