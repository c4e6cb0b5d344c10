import { improvePlan } from "../offers/improve.ts";
import { Plan, type Request, type Shift, type Window } from "../offers/plan.ts";
import type { Travel } from "../offers/travel.ts";
import type { Chance } from "./chance.ts";
import { anyRequest, CITY, CITY_WINDOWS, cityTravel, shiftsOf } from "./city.ts";
import {
  anyOf,
  arrivalsOf,
  customerChance,
  type Habits,
  otherWindow,
  type SecondThought,
  secondThought,
} from "./demand.ts";
import { EventQueue } from "./event-queue.ts";

/** How much the optimiser does beside the bookings; null for none. */
export interface BackgroundWork {
  /** It runs after so many requests, */
  readonly every: number;
  /** with so many tries for each of them. */
  readonly tries: number;
}

export const BACKGROUND: BackgroundWork = { every: 50, tries: 30 };

export interface DayOptions {
  readonly couriers: number;
  readonly requests: number;
  readonly seed: number;
  readonly buffer_s: number;
  /** Planned for each stop; the city's own unless more has been learned. */
  readonly service_s?: number;
  readonly habits: Habits;
  readonly background: BackgroundWork | null;
  /** CPU seconds so far: how long the optimiser took is counted where somebody can tell. */
  readonly cpuSeconds?: () => number;
}

export interface BookedDay {
  readonly plan: Plan;
  readonly travel: Travel;
  readonly shifts: readonly Shift[];
  /** The promise of every stop that was booked and kept. */
  readonly promises: ReadonlyMap<number, Window>;
  readonly asked: number;
  /** Requests that were answered with at least one window. */
  readonly offered: number;
  /** Bookings and changes that the plan took. */
  readonly booked: number;
  readonly expired: number;
  readonly changed: number;
  readonly cancelled: number;
  /** CPU seconds of the optimiser. */
  readonly background_s: number;
}

interface Customer {
  readonly number: number;
  readonly request: Request;
  stop: number;
  window: Window;
}

interface Later {
  readonly kind: SecondThought["kind"];
  readonly customer: Customer;
}

/** A day of requests through the plan: asked, chosen, held, changed, called off, with the optimiser at work beside it. */
export function bookDay(options: DayOptions): BookedDay {
  return new Day(options).run();
}

class Day {
  readonly #options: DayOptions;
  readonly #travel = cityTravel();
  readonly #shifts: readonly Shift[];
  readonly #plan: Plan;
  readonly #later = new EventQueue<Later>();
  readonly #customers = new Set<Customer>();
  readonly #counts = { asked: 0, offered: 0, booked: 0, expired: 0, changed: 0, cancelled: 0 };
  #background_s = 0;

  constructor(options: DayOptions) {
    this.#options = options;
    this.#shifts = shiftsOf(options.couriers);
    this.#plan = new Plan({ shifts: this.#shifts, travel: this.#travel, buffer_s: options.buffer_s });
  }

  run(): BookedDay {
    const { requests, seed, background } = this.#options;
    for (const [n, now] of arrivalsOf(requests, seed).entries()) {
      this.#until(now);
      this.#ask(n, now);
      if (background && (n + 1) % background.every === 0) this.#improve(background, n);
    }
    this.#until(Number.POSITIVE_INFINITY);
    if (background) this.#improve(background, requests);
    return {
      plan: this.#plan,
      travel: this.#travel,
      shifts: this.#shifts,
      promises: new Map([...this.#customers].map(({ stop, window }) => [stop, window])),
      ...this.#counts,
      background_s: this.#background_s,
    };
  }

  #ask(number: number, now: number): void {
    const chance = customerChance(this.#options.seed, number);
    const request = anyRequest(() => chance.unit(), this.#options.service_s ?? CITY.serviceSeconds);
    this.#counts.asked++;
    const offers = this.#plan.offers(request, CITY_WINDOWS);
    const windows = CITY_WINDOWS.filter((_, w) => offers[w]);
    const window = anyOf(windows, chance);
    if (!window) return;
    this.#counts.offered++;
    const booking = this.#plan.book(request, window);
    if (!booking) return;
    const customer: Customer = { number, request, stop: booking.stop, window };
    this.#customers.add(customer);
    this.#decide(customer, chance, now);
  }

  /** What becomes of a customer who has chosen. */
  #decide(customer: Customer, chance: Chance, now: number): void {
    const thought = secondThought(this.#options.habits, chance, now);
    if (thought?.kind !== "expire") this.#counts.booked++;
    if (thought) this.#later.add(thought.at, { kind: thought.kind, customer });
  }

  #until(now: number): void {
    while (this.#later.nextAt <= now) {
      const next = this.#later.take();
      if (!next) return;
      const { kind, customer } = next.event;
      if (kind === "change") this.#change(customer);
      else if (this.#leave(customer)) this.#counts[kind === "expire" ? "expired" : "cancelled"]++;
    }
  }

  /** The new window is taken before the old one is given back, so that nobody ends without one. */
  #change(customer: Customer): void {
    const window = otherWindow(CITY_WINDOWS, customer, this.#options.seed);
    const booking = window ? this.#plan.book(customer.request, window) : null;
    if (!window || !booking) return;
    const old = { ...customer };
    customer.stop = booking.stop;
    customer.window = window;
    if (this.#plan.cancel(old.stop)) {
      this.#counts.changed++;
      this.#counts.booked++;
    } else {
      // The old stop holds the way together: it stays, and the new one goes.
      this.#plan.cancel(booking.stop);
      customer.stop = old.stop;
      customer.window = old.window;
    }
  }

  #leave(customer: Customer): boolean {
    if (!this.#plan.cancel(customer.stop)) return false;
    this.#customers.delete(customer);
    return true;
  }

  #improve({ every, tries }: BackgroundWork, n: number): void {
    const { seed, cpuSeconds } = this.#options;
    const from = cpuSeconds?.() ?? 0;
    improvePlan(this.#plan, this.#travel, { seed: seed + n, tries: every * tries });
    this.#background_s += (cpuSeconds?.() ?? 0) - from;
  }
}
