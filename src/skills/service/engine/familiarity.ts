import type { Corpus } from "./corpus.ts";
import type { Familiarity } from "./evidence.ts";
import type { SparseVector } from "./vector.ts";

export function familiarityOf(vector: SparseVector): Familiarity {
  return compare({
    words: vector.wordEnd,
    unknownWords: vector.unknownWords,
    letters: vector.end - vector.phraseEnd,
    unknownLetters: vector.unknownLetters,
  });
}

/** @param lost features of the text that count as unknown */
export function familiarityIn(corpus: Corpus, text: number, lost = { words: 0, letters: 0 }): Familiarity {
  const start = corpus.starts[text] as number;
  const words = (corpus.wordEnds[text] as number) - start;
  const letters = (corpus.starts[text + 1] as number) - (corpus.phraseEnds[text] as number);
  return compare({
    words: words - lost.words,
    unknownWords: (corpus.unknownWords[text] as number) + lost.words,
    letters: letters - lost.letters,
    unknownLetters: (corpus.unknownLetters[text] as number) + lost.letters,
  });
}

function compare(counts: {
  words: number;
  unknownWords: number;
  letters: number;
  unknownLetters: number;
}): Familiarity {
  const length = counts.words + counts.unknownWords;
  const sequences = counts.letters + counts.unknownLetters;
  return {
    words: length === 0 ? 0 : counts.words / length,
    letters: sequences === 0 ? 0 : counts.letters / sequences,
    length,
  };
}
