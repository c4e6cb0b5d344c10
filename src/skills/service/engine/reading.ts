import { addWordLetters, extractFeatures, type FeatureList } from "./features.ts";
import type { Correction, Model } from "./model.ts";
import { correct, isCorrectable, openSpeller, type Speller } from "./spelling.ts";
import { tokens } from "./text.ts";
import { findRow } from "./vocabulary.ts";

const spellers = new WeakMap<Uint8Array, Speller>();

function spellerOf(model: Model): Speller {
  const known = spellers.get(model.bytes);
  if (known) return known;
  const speller = openSpeller(new TextDecoder().decode(model.lexicon).split("\n"));
  spellers.set(model.bytes, speller);
  return speller;
}

const UNCORRECTED: readonly Correction[] = [];

/**
 * The features of a message as the model reads it: unknown words count as the known ones they were meant to be, and
 * their own letters still count beside.
 * @param normal prepared by `normalise`
 * @param list is overwritten
 * @returns what was read as something else
 */
export function readMessage(model: Model, normal: string, list: FeatureList): readonly Correction[] {
  extractFeatures(normal, list);
  let unknown = 0;
  for (let word = 0; word < list.wordCount; word++) {
    if (findRow(model, list.hashes[word] as number) < 0) unknown++;
  }
  if (unknown === 0 || model.lexicon.length === 0) return UNCORRECTED;
  const words = tokens(normal);
  const corrected: Correction[] = [];
  const read = words.map((from, word) => {
    if (!isCorrectable(from) || findRow(model, list.hashes[word] as number) >= 0) return from;
    const to = correct(spellerOf(model), from);
    if (to === undefined) return from;
    corrected.push({ from, to });
    return to;
  });
  if (corrected.length === 0) return UNCORRECTED;
  extractFeatures(read.join(" "), list);
  for (const { from } of corrected) addWordLetters(from, list);
  return corrected;
}
