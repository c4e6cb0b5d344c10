import { admitPair } from "./buckets.ts";

/** Pairs remembered; the oldest are forgotten (their buckets have refilled long ago). */
const PAIRS_MAX = 50_000;

/** When each person was written to by each number. */
export class Pairs {
  private readonly states = new Map<string, number>();

  /** @returns 0 when the next message may go now, which then counts; otherwise the moment from which it may, ms */
  admit(pair: string, limits: { pairIntervalMs: number; pairBurst: number }, now: number): number {
    const rule = { intervalMs: limits.pairIntervalMs, burst: limits.pairBurst };
    const answer = admitPair(this.states.get(pair) ?? 0, rule, now);
    if (!answer.admitted) return answer.from;
    this.states.delete(pair);
    this.states.set(pair, answer.state);
    if (this.states.size > PAIRS_MAX)
      for (const oldest of this.states.keys()) {
        this.states.delete(oldest);
        break;
      }
    return 0;
  }
}
