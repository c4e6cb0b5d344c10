import type { Clock } from "../clock.ts";

/** Largest body of an API call, bytes; a contract may name its own. */
export const BODY_BYTES = 1_048_576;
/** Time in which a request must have arrived, ms. */
export const REQUEST_TIMEOUT_MS = 30_000;
/** Idle connections are kept this long, ms: longer than usual proxies do, so that the proxy closes first. */
export const KEEP_ALIVE_MS = 72_000;
/** Longest path parameter, characters. */
export const PARAMETER_CHARACTERS = 200;

/** `burst` calls at once, then `perMinute`. */
export interface RateRule {
  burst: number;
  perMinute: number;
}

export interface RateRules {
  /** One API key or one staff member. */
  actor: RateRule;
  /** One address that calls routes without signing in. */
  visitor: RateRule;
  /** Everything from one address; an office with 200 agents has one. */
  address: RateRule;
  /** Failed sign-ins from one address, and to one account. */
  failedSignInByAddress: RateRule;
  failedSignInByAccount: RateRule;
}

export const RATE_RULES: RateRules = {
  actor: { burst: 1_000, perMinute: 3_000 },
  visitor: { burst: 300, perMinute: 600 },
  address: { burst: 3_000, perMinute: 12_000 },
  failedSignInByAddress: { burst: 30, perMinute: 6 },
  failedSignInByAccount: { burst: 10, perMinute: 2 },
};

const BUCKETS = 20_000;

export interface RateLimiter {
  /** @returns null when the call may go on, otherwise the seconds to wait (Retry-After) */
  take(key: string): number | null;
  /** Takes back what `take` counted. */
  giveBack(key: string): void;
}

/** Token buckets in this process's memory; the longest unused are forgotten first. */
export function rateLimiter(rule: RateRule, clock: Clock): RateLimiter {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const perMs = rule.perMinute / 60_000;
  function level(key: string): { tokens: number; at: number } {
    const now = clock.now();
    const bucket = buckets.get(key);
    if (!bucket) return { tokens: rule.burst, at: now };
    return { tokens: Math.min(rule.burst, bucket.tokens + Math.max(0, now - bucket.at) * perMs), at: now };
  }
  const waitFor = (tokens: number) =>
    tokens >= 1 ? null : Math.max(1, Math.ceil((1 - tokens) / perMs / 1_000));
  return {
    giveBack(key) {
      const bucket = buckets.get(key);
      if (bucket) bucket.tokens = Math.min(rule.burst, bucket.tokens + 1);
    },
    take(key) {
      const bucket = level(key);
      const wait = waitFor(bucket.tokens);
      if (wait === null) bucket.tokens -= 1;
      buckets.delete(key);
      buckets.set(key, bucket);
      if (buckets.size > BUCKETS)
        for (const oldest of buckets.keys()) {
          buckets.delete(oldest);
          break;
        }
      return wait;
    },
  };
}
