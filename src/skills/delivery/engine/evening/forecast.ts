import { wayAt } from "../offers/travel.ts";
import { chanceBelow, laterOf, notBefore } from "./normal.ts";
import type { Pace } from "./pace.ts";
import { hasPromise, type Round, type RoundStop, type Ways } from "./round.ts";

/** When service at a stop is expected to begin, in seconds of the plan's clock, and its standard deviation. */
export interface Expected {
  readonly begins: number;
  readonly sd: number;
}

/**
 * Carries a moment and its uncertainty along a round: legs and services add their variances, what is not known about the
 * courier's factor adds up linearly, and waiting for a window to open takes uncertainty away.
 */
export class Advance {
  mean = 0;
  variance = 0;
  /** Planned legs since the moment was last certain: the courier's factor is the same on all of them. */
  doubted_s = 0;
  readonly #pace: Pace;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  get sd(): number {
    return Math.sqrt(this.variance + (this.doubted_s * this.#pace.legDoubt) ** 2);
  }

  /** As the last event left the courier. */
  begin({ doing, pace }: Round, now: number): void {
    this.variance = 0;
    this.doubted_s = 0;
    if (doing.kind === "leaving") {
      this.mean = doing.at;
      return;
    }
    const planned = doing.service_s;
    const free = notBefore(doing.since + planned * pace.serviceFactor, planned * pace.serviceSpread, now);
    this.mean = free.mean;
    this.variance = free.sd ** 2;
  }

  drive(leg_s: number): void {
    const { legFactor, legSpread } = this.#pace;
    this.mean += leg_s * legFactor;
    this.variance += (leg_s * legSpread) ** 2;
    this.doubted_s += leg_s;
  }

  /** It has not happened yet. */
  notBefore(now: number): void {
    const { sd } = this;
    if (this.mean - now < 4 * sd) this.#set(notBefore(this.mean, sd, now));
  }

  /** Nobody rings before the window opens. */
  wait(earliest: number): void {
    const { sd } = this;
    if (this.mean - earliest < 4 * sd) this.#set(laterOf(this.mean, sd, earliest));
  }

  serve(service_s: number): void {
    const { serviceFactor, serviceSpread } = this.#pace;
    this.mean += service_s * serviceFactor;
    this.variance += (service_s * serviceSpread) ** 2;
  }

  #set({ mean, sd }: { mean: number; sd: number }): void {
    this.mean = mean;
    this.variance = sd * sd;
    this.doubted_s = 0;
  }
}

/** For each stop of a round when its service is expected to begin, from what has happened up to now. */
export function forecast(round: Round, ways: Ways, now: number): Expected[] {
  const advance = new Advance(round.pace);
  advance.begin(round, now);
  let at = round.at;
  return round.stops.map((stop, n) => {
    advance.drive(wayAt(ways, at, stop.stop, advance.mean));
    if (n === 0) advance.notBefore(now);
    advance.wait(stop.earliest);
    const expected = { begins: advance.mean, sd: advance.sd };
    advance.serve(stop.service_s);
    at = stop.stop;
    return expected;
  });
}

/** The chance that a promise is broken; 0 where nothing was promised. */
export function lateChance(stop: RoundStop, { begins, sd }: Expected): number {
  if (!hasPromise(stop)) return 0;
  if (sd < 1) return begins > stop.latest ? 1 : 0;
  return chanceBelow((begins - stop.latest) / sd);
}
