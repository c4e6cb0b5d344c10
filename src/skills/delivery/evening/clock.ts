import { planZero } from "../plan/stored-evening.ts";

/** Moments (ms) and seconds of the plan's clock, which the engine counts in. */
export interface PlanClock {
  seconds(ms: number): number;
  ms(seconds: number): number;
}

export function planClock(serviceDate: string): PlanClock {
  const zero = planZero(serviceDate);
  return {
    seconds: (ms) => (ms - zero) / 1_000,
    ms: (seconds) => Math.round(zero + seconds * 1_000),
  };
}
