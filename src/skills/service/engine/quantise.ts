import type { Model } from "./model.ts";

/**
 * Turns each intent's weights into steps of 1/127 of the largest weight of a feature, feature by feature, so that one
 * feature's weights for all intents lie side by side.
 * @param borders one entry an intent: a weight a feature, the constant last
 */
export function quantise(
  borders: readonly Float32Array[],
  features: number,
): Pick<Model, "scales" | "weights" | "constants"> {
  const count = borders.length;
  const scales = new Float32Array(features);
  for (const border of borders) {
    for (let row = 0; row < features; row++) {
      scales[row] = Math.max(scales[row] as number, Math.abs(border[row] as number) / 127);
    }
  }
  const weights = new Int8Array(features * count);
  borders.forEach((border, intent) => {
    for (let row = 0; row < features; row++) {
      const scale = scales[row] as number;
      if (scale > 0) weights[row * count + intent] = Math.round((border[row] as number) / scale);
    }
  });
  return { scales, weights, constants: Float32Array.from(borders, (border) => border[features] as number) };
}
