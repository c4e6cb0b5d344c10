/** What the owner wants of the buffer before a window's end. */
export interface BufferRule {
  /** Share of promises to be kept. */
  readonly goal: number;
  readonly least_s: number;
  readonly most_s: number;
  /** So many promises weigh as much as the buffer of now: few for a longer one, many for a shorter one. */
  readonly longerWeight: number;
  readonly shorterWeight: number;
}

/** A promise that is broken costs more than one that could not be made. */
export const BUFFER_RULE: BufferRule = {
  goal: 0.999,
  least_s: 600,
  most_s: 1_200,
  longerWeight: 500,
  shorterWeight: 5_000,
};

/**
 * The buffer that would have kept the wished share of promises, shrunken towards the one they were made with. Learned for a
 * zone and an hour from the promises there, for a city from all.
 * @param buffer_s the buffer they were made with
 * @param lateness_s for each promise how long after its window's end service began, below 0 for those that were kept
 * @returns seconds, in whole minutes
 */
export function nextBuffer(
  buffer_s: number,
  lateness_s: readonly number[],
  rule: BufferRule = BUFFER_RULE,
): number {
  if (lateness_s.length === 0) return buffer_s;
  const sorted = lateness_s.toSorted((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.floor(rule.goal * sorted.length));
  const missing_s = sorted[at] as number;
  const weight = missing_s > 0 ? rule.longerWeight : rule.shorterWeight;
  const believed = sorted.length / (sorted.length + weight);
  const wished = Math.round((buffer_s + believed * missing_s) / 60) * 60;
  return Math.min(rule.most_s, Math.max(rule.least_s, wished));
}
