import type { ChannelAccount } from "../channel.ts";
import { type Bucket, refill } from "./buckets.ts";

/**
 * How fast one number sends. Two rules at once: in no sliding second more than its limit, and what the company begins
 * itself goes evenly, so that an answer never waits behind a burst of it. Time is an argument, in ms.
 */
export interface Room {
  /** Messages that may leave now. */
  all: number;
  /** Of these, messages that the company begins. */
  notices: number;
}

/** A second at the provider may be a little shorter than ours: what left later may travel faster. */
const SECOND_MS = 1_015;
/** Notices use this share of the limit; the rest keeps a slot free for the answer that comes next. */
const EVEN_SHARE = 0.988;
/** What the even pace may make up for after a pause, as a share of the limit. */
const CATCH_UP_SHARE = 0.15;
const CATCH_UP_LEAST = 1;

export class Pace {
  /** When the last `perSecond` messages left, as a ring. */
  private readonly times: Float64Array;
  private next = 0;
  private readonly even: Bucket;
  private readonly rule: { perSecond: number; burst: number };

  /** @param perSecond the provider's limit; at least 1 */
  constructor(perSecond: number, now: number) {
    const limit = Math.max(1, Math.floor(perSecond));
    this.times = new Float64Array(limit).fill(Number.NEGATIVE_INFINITY);
    const burst = Math.max(CATCH_UP_LEAST, limit * CATCH_UP_SHARE);
    this.rule = { perSecond: perSecond * EVEN_SHARE, burst };
    this.even = { tokens: burst, at: now };
  }

  room(now: number): Room {
    refill(this.even, this.rule, now);
    const all = this.free(now);
    return { all, notices: Math.min(all, Math.floor(this.even.tokens)) };
  }

  take(now: number, isNotice: boolean): void {
    this.times[this.next] = now;
    this.next = (this.next + 1) % this.times.length;
    if (isNotice) this.even.tokens -= 1;
  }

  /** The oldest of the last ones stand at `next`. A clock that was put back frees everything. */
  private free(now: number): number {
    const { length } = this.times;
    let free = 0;
    while (free < length) {
      const left = this.times[(this.next + free) % length] as number;
      if (left <= now && left > now - SECOND_MS) break;
      free += 1;
    }
    return free;
  }
}

/** Meta gives a number more, or less, than others have: settings.perSecond says so. */
export function rateOf({ settings }: Pick<ChannelAccount, "settings">, usual: number): number {
  const { perSecond } = settings;
  return typeof perSecond === "number" && perSecond >= 1 && perSecond <= RATE_MOST ? perSecond : usual;
}

/** The largest rate that any provider grants. */
const RATE_MOST = 1_000;
