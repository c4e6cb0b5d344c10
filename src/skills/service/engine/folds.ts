import { type Lesson, QUESTION, STRANGER } from "./lesson.ts";
import { seededRandom, shuffle } from "./random.ts";

/** Training texts divided into groups; each group is judged by a model that has not seen it. */
export interface Partition {
  /** One entry a text; -1 for what is never held out. */
  readonly groupOf: Int32Array;
  readonly groups: number;
}

const GROUPS = 5;
/** Where topics have few examples, a fifth fewer is a loss that the finished model does not have. */
const MORE_GROUPS = 9;
const FEW_EXAMPLES = 60;
/** Leaving out whole topics only shows how foreign messages look; fewer groups do. */
const TOPIC_GROUPS = 2;

/** Every topic's questions, and what belongs to no topic, spread evenly over the groups. */
export function divideTexts(lesson: Lesson): Partition {
  const order = shuffledOrder(lesson.texts.length, lesson.seed);
  const wanted = lesson.examples / lesson.intents.length < FEW_EXAMPLES ? MORE_GROUPS : GROUPS;
  const groups = Math.max(1, Math.min(wanted, lesson.examples));
  const groupOf = new Int32Array(lesson.texts.length).fill(-1);
  const next = new Map<number, number>();
  for (const text of order) {
    const kind = lesson.kinds[text];
    if (kind !== QUESTION && kind !== STRANGER) continue;
    const label = lesson.labels[text] as number;
    // Topics with few texts begin at different groups, so that no group is left without them.
    const place = next.get(label) ?? label % groups;
    groupOf[text] = place % groups;
    next.set(label, place + 1);
  }
  return { groupOf, groups };
}

/** Whole topics spread over the groups, with their hints: a group's texts are foreign to the model that judges them. */
export function divideTopics(lesson: Lesson): Partition {
  const count = lesson.intents.length;
  const groups = Math.max(1, Math.min(TOPIC_GROUPS, count));
  const groupOfTopic = new Int32Array(count + 1).fill(-1);
  shuffledOrder(count, lesson.seed).forEach((topic, place) => {
    groupOfTopic[topic] = place % groups;
  });
  const groupOf = Int32Array.from(lesson.labels, (label) => groupOfTopic[label] as number);
  return { groupOf, groups };
}

function shuffledOrder(length: number, seed: number): Int32Array {
  const order = new Int32Array(length);
  for (let i = 0; i < length; i++) order[i] = i;
  shuffle(order, length, seededRandom(seed));
  return order;
}
