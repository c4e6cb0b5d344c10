import type { Corpus } from "./corpus.ts";
import type { Familiarity } from "./evidence.ts";
import { familiarityIn } from "./familiarity.ts";
import type { Partition } from "./folds.ts";
import { LETTERS_LENGTH, WORDS_LENGTH } from "./vector.ts";

/** Training texts as a model sees them that was made without their group. */
export interface StrangeTexts {
  readonly corpus: Corpus;
  readonly familiar: readonly Familiarity[];
}

/** Features that only a text's own group has are taken out of it, as if unknown, and the rest gets its length. */
export function estrange(corpus: Corpus, partition: Partition, features: number): StrangeTexts {
  const isOwn = ownFeatures(corpus, partition, features);
  const { starts, rows } = corpus;
  const values = new Float32Array(corpus.values);
  const familiar = Array.from({ length: corpus.size }, (_, text): Familiarity => {
    const group = partition.groupOf[text] as number;
    if (group < 0) return familiarityIn(corpus, text);
    const start = starts[text] as number;
    const middle = corpus.phraseEnds[text] as number;
    const end = starts[text + 1] as number;
    const isLost = (i: number) => isOwn(rows[i] as number, group);
    const words = countLost(start, corpus.wordEnds[text] as number, isLost);
    const letters = countLost(middle, end, isLost);
    drop(values, { from: start, to: middle, length: WORDS_LENGTH }, isLost);
    drop(values, { from: middle, to: end, length: LETTERS_LENGTH }, isLost);
    return familiarityIn(corpus, text, { words, letters });
  });
  return { corpus: { ...corpus, values }, familiar };
}

function ownFeatures(corpus: Corpus, { groupOf, groups }: Partition, features: number) {
  const { starts, rows } = corpus;
  const total = new Int32Array(features);
  const inGroup = new Int32Array(features * groups);
  for (let text = 0; text < corpus.size; text++) {
    const group = groupOf[text] as number;
    for (let i = starts[text] as number; i < (starts[text + 1] as number); i++) {
      const row = rows[i] as number;
      total[row] = (total[row] as number) + 1;
      if (group < 0) continue;
      inGroup[row * groups + group] = (inGroup[row * groups + group] as number) + 1;
    }
  }
  return (row: number, group: number): boolean => total[row] === inGroup[row * groups + group];
}

function countLost(from: number, to: number, isLost: (i: number) => boolean): number {
  let lost = 0;
  for (let i = from; i < to; i++) if (isLost(i)) lost++;
  return lost;
}

function drop(
  values: Float32Array,
  { from, to, length }: { from: number; to: number; length: number },
  isLost: (i: number) => boolean,
): void {
  let squares = 0;
  for (let i = from; i < to; i++) {
    if (isLost(i)) values[i] = 0;
    squares += (values[i] as number) ** 2;
  }
  if (squares === 0) return;
  const scale = length / Math.sqrt(squares);
  for (let i = from; i < to; i++) values[i] = (values[i] as number) * scale;
}
