import { type Noise, type Place, type PlaneTravel, shiftsOf, TrueTimes } from "../engine/index.ts";
import type { Customer } from "./booking.ts";
import { Phone, type PhoneHabits } from "./phone.ts";
import type { PlannedRound } from "./town.ts";

/** When a courier was truly where, ms. */
export interface Visit {
  readonly arrivedAt: number;
  readonly begins: number;
  readonly endsAt: number;
}

export interface RiderOptions {
  readonly round: PlannedRound;
  readonly couriers: number;
  /** Of this evening's streets and doors, and of the couriers, who are the same every evening. */
  readonly seed: number;
  readonly couriersSeed: number;
  readonly noise: Noise;
  readonly phones: PhoneHabits;
  /** The streets as they are planned with, which are the city's own and not the product's. */
  readonly streets: PlaneTravel;
}

const SHIFT_MS = 4 * 3_600_000;

/** A courier who does what the page says, as far as the phone has heard of it. */
export class Rider {
  readonly round: PlannedRound;
  readonly phone: Phone;
  /** Deliveries to come, in the page's order. */
  page: readonly number[] = [];
  readonly #streets: PlaneTravel;
  readonly #times: TrueTimes;
  readonly #depot: number;
  readonly #firstCustomer: number;
  readonly #done = new Set<number>();
  #at: number;

  constructor({ round, couriers, seed, couriersSeed, noise, phones, streets }: RiderOptions) {
    const { courier, shiftId, earliestAt } = round;
    this.round = round;
    this.#streets = streets;
    this.#times = new TrueTimes(noise, seed, { courier, seed: couriersSeed });
    this.#depot = 2 * courier;
    this.#at = this.#depot;
    this.#firstCustomer = 2 * couriers;
    const start = shiftsOf(couriers)[courier]?.start as Place;
    streets.put(this.#depot, start);
    this.phone = new Phone({
      seed,
      courier,
      shiftId,
      habits: phones,
      from: earliestAt,
      until: earliestAt + SHIFT_MS,
    });
  }

  /** The next door as far as this phone knows; undefined when all is done. */
  get next(): number | undefined {
    return this.page.find((id) => !this.#done.has(id));
  }

  /** Leaves for a customer, or for home. @returns when they are there, ms */
  leave(now: number, customer: Customer | null): number {
    const to = customer ? this.#nodeOf(customer) : this.#depot;
    if (customer) this.#streets.put(to, customer.place);
    const planned_s = this.#streets.between(this.#at, to);
    this.#at = to;
    return Math.round(now + 1_000 * this.#times.leg(planned_s, to));
  }

  /** At the door; nobody rings before the window opens. @param usual_s what a visit usually takes */
  arrive(now: number, customer: Customer, usual_s: number): Visit {
    this.#done.add(customer.deliveryId);
    const begins = Math.max(now, customer.window.earliestAt);
    const service_s = this.#times.service(usual_s, this.#nodeOf(customer));
    return { arrivedAt: now, begins, endsAt: Math.round(begins + 1_000 * service_s) };
  }

  #nodeOf({ number }: Customer): number {
    return this.#firstCustomer + number;
  }
}
