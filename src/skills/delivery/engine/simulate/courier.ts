import { NO_TALLY, type PaceTally, type Took } from "../evening/pace.ts";
import type { Round, RoundStop } from "../evening/round.ts";
import { Chance } from "./chance.ts";

/** How the world differs from the plan. */
export interface Noise {
  /** Standard deviations: of the couriers' own factor, and of the logarithms of single legs and services. */
  readonly courier: number;
  readonly leg: number;
  readonly service: number;
  /** The chance that a stop takes much longer, and by how much. */
  readonly delayChance: number;
  readonly delayLeast_s: number;
  readonly delayMost_s: number;
}

export type Tail = "normal" | "heavy";

const NORMAL: Noise = {
  courier: 0.1,
  leg: 0.25,
  service: 0.5,
  delayChance: 0,
  delayLeast_s: 0,
  delayMost_s: 0,
};

/** The two worlds of the facts; factors have mean 1, so the plan is right on average but for the delays. */
export const NOISE: Readonly<Record<Tail, Noise>> = {
  normal: NORMAL,
  heavy: { ...NORMAL, delayChance: 0.03, delayLeast_s: 300, delayMost_s: 900 },
};

const LEAST_FACTOR = 0.6;
const MOST_FACTOR = 1.6;

/** What a courier's legs and services truly take, which nobody may look at before it has happened. */
export class TrueTimes {
  readonly #factor: number;
  readonly #noise: Noise;
  readonly #seed: number;

  /** @param who a number of their own, and the seed that their own factor is drawn from */
  constructor(noise: Noise, seed: number, who: { readonly courier: number; readonly seed: number }) {
    this.#noise = noise;
    this.#seed = seed;
    const drawn = 1 + noise.courier * new Chance(who.seed, 11, who.courier).normal();
    this.#factor = Math.min(MOST_FACTOR, Math.max(LEAST_FACTOR, drawn));
  }

  /** Seconds of a leg. @param planned_s as the streets would have it; `to` numbers the place */
  leg(planned_s: number, to: number): number {
    return planned_s * this.#factor * new Chance(this.#seed, 12, to).factor(this.#noise.leg);
  }

  /** Seconds at a door. @param stop its number */
  service(usual_s: number, stop: number): number {
    const { service, delayChance, delayLeast_s, delayMost_s } = this.#noise;
    const chance = new Chance(this.#seed, 13, stop);
    const took = usual_s * chance.factor(service);
    const delay = chance.isTrue(delayChance) ? chance.between(delayLeast_s, delayMost_s) : 0;
    return took + delay;
  }
}

/** A courier on the evening's streets. */
export class Courier {
  round: Round;
  tally: PaceTally = NO_TALLY;
  /** When the round was last put in order. */
  replannedAt = Number.NEGATIVE_INFINITY;
  /** When the last leg began, and what was planned for it. */
  #leftAt: number;
  #leg_s = 0;
  #arrivedAt = 0;
  readonly #times: TrueTimes;

  constructor(round: Round, noise: Noise, seed: number) {
    this.round = round;
    this.#leftAt = round.doing.kind === "leaving" ? round.doing.at : 0;
    this.#times = new TrueTimes(noise, seed, { courier: round.shift, seed });
  }

  /** Leaves where the last event was. @returns when the next place will be reached, by the planned seconds to it */
  leave(now: number, leg_s: number, to: number): number {
    this.#leftAt = now;
    this.#leg_s = leg_s;
    return now + this.#times.leg(leg_s, to);
  }

  /** At the next stop's door; waits for the window. @returns when service begins and ends */
  arrive(now: number): { stop: RoundStop; begins: number; ends: number } | null {
    const [stop, ...rest] = this.round.stops;
    if (!stop) return null;
    const begins = Math.max(now, stop.earliest);
    this.#arrivedAt = now;
    this.round = {
      ...this.round,
      at: stop.stop,
      doing: { kind: "serving", since: begins, service_s: stop.service_s },
      stops: rest,
    };
    return { stop, begins, ends: begins + this.#times.service(stop.service_s, stop.stop) };
  }

  /** Done at a stop. @returns what it took, for whoever learns from it */
  finish(now: number): Took | null {
    const { doing } = this.round;
    if (doing.kind !== "serving") return null;
    this.round = { ...this.round, doing: { kind: "leaving", at: now } };
    return {
      leg_s: this.#leg_s,
      legTook_s: this.#arrivedAt - this.#leftAt,
      service_s: doing.service_s,
      serviceTook_s: now - doing.since,
    };
  }
}
