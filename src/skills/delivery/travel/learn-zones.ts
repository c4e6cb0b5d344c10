/** How fast parts of a city are, learned from finished stops: robust against single bad evenings, and slow to believe few. */

/** A way that was driven from stop to stop. */
export interface DrivenLeg {
  /** Parts of the city, counted from 0. */
  readonly from: number;
  readonly to: number;
  /** Seconds under way as they were planned before anything was learned, and as it was. */
  readonly planned_s: number;
  readonly driven_s: number;
}

/** So many legs weigh as much as what was believed before. */
const PRIOR_LEGS = 12;
const ROUNDS = 12;
/** A leg outside this is a puncture, a phone left in the van or a clock: it counts as the limit. */
const MOST_RATIO = 4;
const SHORTEST_S = 20;
const LEAST_FACTOR = 0.6;
const MOST_FACTOR = 2.5;

/**
 * A factor for each part of the city; a way's is the geometric mean of its two ends'. Each part's is the median of what its
 * legs say given the other ends (backfitting), drawn towards `prior` the more the fewer legs there are.
 * @param zones how many parts there are
 * @param prior factors believed before, such as last month's; 1 where none is given
 * @returns between 0.6 and 2.5 each; without any leg the prior
 */
export function learnZones(
  legs: readonly DrivenLeg[],
  zones: number,
  prior: readonly number[] = [],
): number[] {
  const before = Array.from({ length: zones }, (_, n) => Math.log(prior[n] ?? 1));
  const said = legs.filter(
    ({ from, to, planned_s, driven_s }) =>
      from >= 0 && from < zones && to >= 0 && to < zones && planned_s >= SHORTEST_S && driven_s > 0,
  );
  const limit = Math.log(MOST_RATIO);
  const ratios = said.map(({ planned_s, driven_s }) =>
    Math.max(-limit, Math.min(limit, Math.log(driven_s / planned_s))),
  );
  const touching: number[][] = before.map(() => []);
  for (const [n, { from, to }] of said.entries()) {
    touching[from]?.push(n);
    if (to !== from) touching[to]?.push(n);
  }
  let logs = [...before];
  for (let round = 0; round < ROUNDS; round++)
    logs = logs.map((old, zone) => {
      const claims = (touching[zone] as number[]).map((n) => {
        const { from, to } = said[n] as DrivenLeg;
        const ratio = ratios[n] as number;
        return from === to ? ratio : 2 * ratio - (logs[from === zone ? to : from] as number);
      });
      // Half a step: both ends of a leg move in the same round.
      return (old + shrunkMedian(claims, before[zone] as number, PRIOR_LEGS)) / 2;
    });
  return logs.map((log) => Math.min(MOST_FACTOR, Math.max(LEAST_FACTOR, Math.exp(log))));
}

/** The median, drawn towards what was believed before as if that were `weight` more values. */
export function shrunkMedian(values: readonly number[], prior: number, weight: number): number {
  if (values.length === 0) return prior;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median =
    sorted.length % 2 === 1
      ? (sorted[middle] as number)
      : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
  return (weight * prior + values.length * median) / (weight + values.length);
}
