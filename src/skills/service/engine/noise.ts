import { seededRandom } from "./random.ts";

const MOST = 120;
/** Words that at least this share of the examples has say little about a topic: "how", "can", "my". */
const COMMON = 0.015;
const CONSONANTS = "bcdfghjklmnpqrstvwxz";
const VOWELS = "aeiou";

/**
 * Messages about nothing known: examples whose telling words are replaced by words that no language has. They teach
 * that a familiar frame around unknown words is no topic.
 * @param texts reduced to words
 */
export function scramble(texts: readonly string[], seed: number): string[] {
  const random = seededRandom(seed);
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const word of new Set(text.split(" "))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const limit = Math.max(2, COMMON * texts.length);
  const step = Math.max(1, Math.ceil(texts.length / MOST));
  const made: string[] = [];
  for (let index = 0; index < texts.length; index += step) {
    let isChanged = false;
    const words = (texts[index] as string).split(" ").map((word) => {
      if ((counts.get(word) ?? 0) > limit) return word;
      isChanged = true;
      return inventWord(Math.max(3, word.length), random);
    });
    if (isChanged) made.push(words.join(" "));
  }
  return made;
}

function inventWord(length: number, random: () => number): string {
  let word = "";
  while (word.length < length) {
    const letters = random() < 0.3 ? VOWELS : CONSONANTS;
    word += letters[Math.floor(random() * letters.length)];
  }
  return word;
}
