import { instantOf } from "#kernel";
import type { HourlyStep } from "../travel/hourly-clock.ts";

/** From this minute of the city's clock on, ways are driven at so many percent of the city's speed. */
export interface HourlySpeed {
  /** Since midnight of the evening's day; 1440 and more is the next morning. */
  readonly fromMinute: number;
  readonly percent: number;
}

/**
 * The hours of a day as steps of its plan's clock. In the night when the clock changes an hour may come twice or be left out; what
 * would begin before the step ahead of it is left out.
 * @param zero of the plan's clock, ms
 */
export function stepsOn(
  speeds: readonly HourlySpeed[],
  {
    serviceDate,
    timeZone,
    zero,
  }: { readonly serviceDate: string; readonly timeZone: string; readonly zero: number },
): HourlyStep[] {
  const steps: HourlyStep[] = [];
  for (const { fromMinute, percent } of speeds) {
    const from_s = (instantOf(timeZone, serviceDate, fromMinute) - zero) / 1_000;
    if (from_s > (steps.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY)) steps.push([from_s, percent]);
  }
  return steps;
}

/** @returns a sentence about what is wrong, or null */
export function hourlyFault(speeds: readonly HourlySpeed[]): string | null {
  const isInOrder = speeds.every(
    ({ fromMinute }, n) => n === 0 || fromMinute > (speeds[n - 1] as HourlySpeed).fromMinute,
  );
  return isInOrder ? null : "The hours of hourlySpeeds stand in order, each once.";
}
