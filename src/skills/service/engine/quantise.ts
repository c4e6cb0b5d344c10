import type { Borders } from "./joint-svm.ts";
import type { Model } from "./model.ts";

/** Turns weights into steps of 1/127 of the largest weight of a feature, feature by feature. */
export function quantise(
  borders: Borders,
  features: number,
): Pick<Model, "scales" | "weights" | "constants"> {
  const { topics } = borders;
  const scales = new Float32Array(features);
  const weights = new Int8Array(features * topics);
  for (let row = 0; row < features; row++) {
    const base = row * topics;
    let largest = 0;
    for (let place = base; place < base + topics; place++) {
      largest = Math.max(largest, Math.abs(borders.weights[place] as number));
    }
    if (largest === 0) continue;
    scales[row] = largest / 127;
    for (let place = base; place < base + topics; place++) {
      weights[place] = Math.round(((borders.weights[place] as number) / largest) * 127);
    }
  }
  return { scales, weights, constants: borders.constants };
}
