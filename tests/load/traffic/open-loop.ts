import { setTimeout as sleep } from "node:timers/promises";

export interface Schedule {
  perSecond: number;
  seconds: number;
}

/**
 * Calls `emit` at the scheduled moments whatever became of earlier ones (an open loop): latencies count from
 * the schedule, so a stalled server cannot hide what it made others wait.
 * @param emit n counts from 0, dueAt is a moment of performance.now()
 * @param shouldStop looked at every millisecond
 * @returns how many were emitted, and how far the generator itself was behind at worst (ms)
 */
export async function openLoop(
  schedule: Schedule,
  emit: (n: number, dueAt: number) => void,
  shouldStop: () => boolean = () => false,
): Promise<{ emitted: number; latestMs: number }> {
  const total = Math.round(schedule.perSecond * schedule.seconds);
  const gap = 1000 / schedule.perSecond;
  const start = performance.now();
  let n = 0;
  let latestMs = 0;
  while (n < total && !shouldStop()) {
    const now = performance.now();
    latestMs = Math.max(latestMs, now - (start + n * gap));
    for (; n < total && start + n * gap <= now; n++) emit(n, start + n * gap);
    await sleep(1);
  }
  return { emitted: n, latestMs };
}

/** The moment of performance.now() as ms since the epoch, for comparing with another process's clock. */
export function epochMs(at: number): number {
  return performance.timeOrigin + at;
}
