import { reduce } from "../../engine/index.ts";
import { sentencesOf } from "../cutting/index.ts";

/**
 * Sentences that stand beside everything say nothing about anything: "thank you for your message", "I could not get
 * through on the phone", a footer. A template's own sentence stands beside the same few others, however often it is sent.
 */

/** Said so often, with so many different neighbours. */
const TIMES = 5;
const NEIGHBOURS = 5;
/** Different neighbours among all. */
const SPREAD = 0.15;

/** @param texts without greeting and signature @returns such sentences, reduced */
export function learnBoilerplate(texts: Iterable<string>): ReadonlySet<string> {
  const seen = new Map<string, { times: number; neighbours: Set<string> }>();
  for (const text of texts) {
    const sentences = sentencesOf(text)
      .map(reduce)
      .filter((one) => one !== "");
    if (sentences.length < 2) continue;
    sentences.forEach((sentence, place) => {
      const known = seen.get(sentence) ?? { times: 0, neighbours: new Set() };
      known.times++;
      known.neighbours.add((sentences[place + 1] ?? sentences[place - 1]) as string);
      seen.set(sentence, known);
    });
  }
  const found = [...seen].filter(
    ([, { times, neighbours }]) =>
      times >= TIMES && neighbours.size >= NEIGHBOURS && neighbours.size >= SPREAD * times,
  );
  return new Set(found.map(([sentence]) => sentence));
}

/** The text without them; whole where nothing else was said. */
export function withoutBoilerplate(text: string, boilerplate: ReadonlySet<string>): string {
  if (boilerplate.size === 0) return text;
  const kept = sentencesOf(text)
    .filter((sentence) => !boilerplate.has(reduce(sentence)))
    .map((sentence) => (/^\s*\n/.test(sentence) ? `\n${sentence.trim()}` : sentence.trim()))
    .join(" ")
    .replace(/ \n/g, "\n")
    .trim();
  return kept === "" ? text : kept;
}
