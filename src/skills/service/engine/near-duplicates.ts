import { type Example, OUT_OF_SCOPE, reduce } from "./examples.ts";
import { compareWithAll, openTextSpace } from "./text-space.ts";

/** Two examples of different topics that say nearly the same. */
export interface NearDuplicate {
  readonly a: Example;
  readonly b: Example;
  /** 0 to 1; 1 = the same words. */
  readonly likeness: number;
}

const ALIKE = 0.8;
const MOST = 100;
/** Every text is compared with every other one; beyond this many a part is looked at. */
const MOST_COMPARED = 6_000;

/** @returns the likest pairs across topics, likest first */
export function findNearDuplicates(examples: readonly Example[]): NearDuplicate[] {
  const own = examples.filter(({ intent, text }) => intent !== OUT_OF_SCOPE && reduce(text) !== "");
  const space = openTextSpace(own.map(({ text }) => text));
  const cosines = new Float64Array(own.length);
  const found: NearDuplicate[] = [];
  const step = Math.max(1, Math.ceil(own.length / MOST_COMPARED));
  for (let text = 0; text < own.length; text += step) {
    compareWithAll(space, text, cosines);
    const a = own[text] as Example;
    for (let other = 0; other < own.length; other++) {
      const likeness = cosines[other] as number;
      if (likeness < ALIKE || other === text || (other < text && other % step === 0)) continue;
      const b = own[other] as Example;
      if (b.intent !== a.intent) found.push({ a, b, likeness: Math.min(1, likeness) });
    }
  }
  return found.sort((x, y) => y.likeness - x.likeness).slice(0, MOST);
}
