import type { ChannelAccount, ChannelLimits } from "../channel.ts";
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

/** A second, and a little for clocks that count whole milliseconds. */
const SECOND_MS = 1_004;
/** The shortest way to the provider and back is forgotten slowly, should the way have become longer. */
const WAY_GROWTH = 1.0002;
/** Notices use this share of the limit; the rest keeps a slot free for the answer that comes next. */
const EVEN_SHARE = 0.988;
/** What the even pace may make up for after a pause, as a share of the limit. */
const CATCH_UP_SHARE = 0.15;
const CATCH_UP_LEAST = 1;

export class Pace {
  /** When the last `perSecond` messages left, or reached the provider as far as their answers tell; a ring. */
  private readonly times: Float64Array;
  private next = 0;
  private readonly even: Bucket;
  private readonly rule: { perSecond: number; burst: number };
  /** Shortest time from sending to the answer, ms. */
  private way = Number.POSITIVE_INFINITY;

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

  /** @returns the message's place, for `answered` */
  take(now: number, isNotice: boolean): number {
    const place = this.next;
    this.times[place] = now;
    this.next = (place + 1) % this.times.length;
    if (isNotice) this.even.tokens -= 1;
    return place;
  }

  /**
   * The provider answered. What was long on its way reached the provider late, so its second ends late too: messages
   * that were held up together must not arrive together with those after them.
   */
  answered(place: number, sentAt: number, now: number): void {
    const took = Math.max(0, now - sentAt);
    this.way = Math.min(took, Math.max(1, this.way * WAY_GROWTH));
    if (this.times[place] === sentAt) this.times[place] = Math.max(sentAt, now - this.way);
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

/** A number that may send more a second has as much more under way; each answer takes as long as before. */
export function concurrencyOf(limits: ChannelLimits, perSecond: number): number {
  return Math.ceil(limits.concurrency * Math.max(1, perSecond / limits.perAccountPerSecond));
}
