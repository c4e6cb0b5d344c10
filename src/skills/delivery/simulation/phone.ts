import { randomUUID } from "node:crypto";
import type { CourierEvent } from "../api/courier-page.ts";
import { Chance } from "../engine/index.ts";

/** How a courier's phone carries on what is tapped on it. */
export interface PhoneHabits {
  /** The chance that something reaches the node only after a while, and after how long at most. */
  readonly late: number;
  readonly lateMost_s: number;
  /** The chance that it is told a second time, within that while. */
  readonly twice: number;
  /** The chance that a phone is out of reach once in an evening, and how long. */
  readonly offline: number;
  readonly offlineLeast_s: number;
  readonly offlineMost_s: number;
}

export const PHONES: PhoneHabits = {
  late: 0.05,
  lateMost_s: 120,
  twice: 0.02,
  offline: 0.1,
  offlineLeast_s: 900,
  offlineMost_s: 2_700,
};
/** Everything is heard at once, and once. */
export const GOOD_PHONES: PhoneHabits = { ...PHONES, late: 0, twice: 0, offline: 0 };

type Without<T, K extends string> = T extends unknown ? Omit<T, K> : never;
/** What was done, without when and by whom. */
export type Tapped = Without<CourierEvent, "key" | "at" | "shiftId">;

/** Something that reaches the node at a moment, ms. */
export interface Sending {
  readonly at: number;
  readonly events: readonly CourierEvent[];
}

export interface PhoneOptions {
  readonly seed: number;
  /** The courier's number. */
  readonly courier: number;
  readonly shiftId: number;
  readonly habits: PhoneHabits;
  /** The round's first and last moment, ms. */
  readonly from: number;
  readonly until: number;
}

/** A courier's phone: late, twice, out of order, and out of reach for a while, as its seed says. */
export class Phone {
  readonly #options: PhoneOptions;
  readonly #chance: Chance;
  readonly #offline: { readonly from: number; readonly until: number } | null;
  #waiting: CourierEvent[] = [];

  constructor(options: PhoneOptions) {
    this.#options = options;
    const { seed, courier, habits, from, until } = options;
    this.#chance = new Chance(seed, 15, courier);
    const chance = new Chance(seed, 16, courier);
    const isOnce = chance.isTrue(habits.offline);
    const begin = chance.between(from, until);
    const length_s = chance.between(habits.offlineLeast_s, habits.offlineMost_s);
    this.#offline = isOnce ? { from: begin, until: begin + 1_000 * length_s } : null;
  }

  /** @returns what reaches the node when; empty while the phone is out of reach and somebody is told already when it is back */
  tap(now: number, tapped: readonly Tapped[]): Sending[] {
    const events = tapped.map((one) => this.#event(one, now));
    const { habits } = this.#options;
    const isOffline = this.#offline !== null && now >= this.#offline.from && now < this.#offline.until;
    if (isOffline) {
      const isFirst = this.#waiting.length === 0;
      this.#waiting.push(...events);
      return isFirst ? [{ at: Math.ceil(this.#offline?.until ?? now), events: this.#waiting }] : [];
    }
    // What waited has left with the sending that was announced when it began to.
    this.#waiting = [];
    const isLate = this.#chance.isTrue(habits.late);
    const at = isLate ? now + this.#after() : now;
    const again = this.#chance.isTrue(habits.twice) ? [{ at: at + this.#after(), events }] : [];
    return [{ at, events }, ...again];
  }

  /** In any order, as a phone may send what has waited. */
  mixed(events: readonly CourierEvent[]): CourierEvent[] {
    return events
      .map((event) => ({ event, place: this.#chance.unit() }))
      .toSorted((a, b) => a.place - b.place)
      .map(({ event }) => event);
  }

  #after(): number {
    return Math.ceil(1_000 * this.#chance.between(1, this.#options.habits.lateMost_s));
  }

  #event(tapped: Tapped, now: number): CourierEvent {
    const { shiftId } = this.#options;
    return { ...tapped, key: randomUUID(), at: new Date(now).toISOString(), shiftId } as CourierEvent;
  }
}
