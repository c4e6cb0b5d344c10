/** The normal distribution, as far as forecasts need it: to four digits. */

const INVERSE_ROOT_TWO_PI = 0.3989422804014327;

/** Density at z. */
function density(z: number): number {
  return INVERSE_ROOT_TWO_PI * Math.exp(-0.5 * z * z);
}

/** The chance to be at most z (Abramowitz and Stegun 26.2.17, error below 1e-7). */
export function chanceBelow(z: number): number {
  if (z < -8) return 0;
  if (z > 8) return 1;
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail =
    density(z) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z > 0 ? 1 - tail : tail;
}

export interface Moment {
  readonly mean: number;
  readonly sd: number;
}

/** The later of a random and a fixed moment (Clark 1961). */
export function laterOf(mean: number, sd: number, fixed: number): Moment {
  if (sd <= 0) return { mean: Math.max(mean, fixed), sd: 0 };
  const z = (mean - fixed) / sd;
  if (z > 4) return { mean, sd };
  if (z < -4) return { mean: fixed, sd: 0 };
  const above = chanceBelow(z);
  const at = density(z);
  const first = fixed + sd * (z * above + at);
  const second = (z * z + 1) * above + z * at;
  const shift = (first - fixed) / sd;
  return { mean: first, sd: sd * Math.sqrt(Math.max(0, second - shift * shift)) };
}

/** A random moment of which only is known that it has not come yet. */
export function notBefore(mean: number, sd: number, now: number): Moment {
  if (sd <= 0) return { mean: Math.max(mean, now), sd: 0 };
  const z = (now - mean) / sd;
  if (z < -4) return { mean, sd };
  // Far beyond what was expected the rest is nearly exponential, with this mean and deviation.
  if (z > 4) return { mean: now + sd / z, sd: sd / z };
  const hazard = density(z) / Math.max(1e-9, chanceBelow(-z));
  const share = Math.max(0.01, 1 + z * hazard - hazard * hazard);
  return { mean: mean + sd * hazard, sd: sd * Math.sqrt(share) };
}
