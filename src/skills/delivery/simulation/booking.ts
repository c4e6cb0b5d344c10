import {
  anyOf,
  anyRequest,
  arrivalsOf,
  type BackgroundWork,
  customerChance,
  EventQueue,
  type Habits,
  otherWindow,
  type Place,
  type SecondThought,
  secondThought,
} from "../engine/index.ts";
import type { ChosenWindow } from "../plan/promises.ts";
import { customerFor, grantArrival } from "../store/customers.ts";
import { inTenant } from "../store/tx.ts";
import { faultsOfPromises } from "./certificate.ts";
import type { Stage } from "./stage.ts";
import { coordinatesOf, type PlannedEvening, type Town, windowsOn, writingBegins } from "./town.ts";

/** A day on which the engine's customers ask the product: the same places, the same choices, the same second thoughts. */

export interface Customer {
  /** From 0, in the order in which they came. */
  readonly number: number;
  readonly place: Place;
  readonly deliveryId: number;
  window: ChosenWindow;
}

export interface WrittenDay {
  /** Who has a promise as the evening begins, by delivery. */
  readonly customers: ReadonlyMap<number, Customer>;
  readonly asked: number;
  /** Requests that were answered with at least one window. */
  readonly offered: number;
  /** Bookings and changes that the plan took. */
  readonly booked: number;
  readonly expired: number;
  readonly changed: number;
  readonly cancelled: number;
  /** Windows that were offered and gone as they were chosen. */
  readonly gone: number;
  /** Plans that were judged by the checker, and what it found. */
  readonly plansChecked: number;
  readonly overPromises: readonly string[];
}

export interface DayOptions {
  readonly stage: Stage;
  readonly town: Town;
  readonly evening: PlannedEvening;
  /** The evening's number, from 0. */
  readonly number: number;
  readonly requests: number;
  readonly seed: number;
  readonly habits: Habits;
  readonly background: BackgroundWork | null;
  /** Hears so many wishes after each look of the optimiser. */
  readonly progress: (asked: number) => void;
}

interface Later {
  readonly kind: SecondThought["kind"];
  readonly customer: Customer;
}

/** How often the plan is judged where no optimiser looks at it. */
const CHECKED_EVERY = 50;
const PEOPLE_AT_ONCE = 50;

export async function writeDay(options: DayOptions): Promise<WrittenDay> {
  return new Day(options).run();
}

class Day {
  readonly #options: DayOptions;
  readonly #beginsAt: number;
  readonly #windows: readonly ChosenWindow[];
  readonly #later = new EventQueue<Later>();
  readonly #customers = new Map<number, Customer>();
  readonly #counts = { asked: 0, offered: 0, booked: 0, expired: 0, changed: 0, cancelled: 0, gone: 0 };
  readonly #overPromises: string[] = [];
  readonly #contacts: number[] = [];
  #plansChecked = 0;

  constructor(options: DayOptions) {
    this.#options = options;
    this.#beginsAt = writingBegins(options.number);
    this.#windows = windowsOn(options.evening);
  }

  async run(): Promise<WrittenDay> {
    const { requests, seed, background, progress } = this.#options;
    const every = background?.every ?? CHECKED_EVERY;
    for (const [n, at] of arrivalsOf(requests, seed).entries()) {
      await this.#until(at);
      await this.#ask(n, at);
      if ((n + 1) % every === 0) {
        await this.#improve();
        progress(n + 1);
      }
    }
    await this.#until(Number.POSITIVE_INFINITY);
    await this.#improve();
    return {
      customers: this.#customers,
      ...this.#counts,
      plansChecked: this.#plansChecked,
      overPromises: this.#overPromises,
    };
  }

  /** Somebody known at the counter, with a mail address, who agreed that they may be told; many are written down at once. */
  async #contact(customer: number): Promise<number> {
    const known = this.#contacts[customer];
    if (known !== undefined) return known;
    const { stage, town, requests, number } = this.#options;
    const { tenantId } = town;
    const now = stage.clock.now();
    const until = Math.min(requests, customer + PEOPLE_AT_ONCE);
    await inTenant(stage.kernel, tenantId, async (tx) => {
      for (let n = customer; n < until; n++) {
        const email = `customer-${number}-${n}@simulation.example`;
        const person = { name: `Kunde ${n + 1}`, email, language: "de" as const };
        const contactId = (await customerFor(tx, tenantId, person, now)) ?? 0;
        await grantArrival(tx, tenantId, { contactId, language: "de", evidence: {} }, now);
        this.#contacts.push(contactId);
      }
    });
    return this.#contact(customer);
  }

  async #ask(number: number, at: number): Promise<void> {
    const { stage, town, seed } = this.#options;
    const { promises } = stage.room;
    const chance = customerChance(seed, number);
    const { place } = anyRequest(() => chance.unit());
    const wish = { cityId: town.cityId, place: coordinatesOf(place), days: 1 };
    this.#counts.asked++;
    await stage.goTo(this.#ms(at));
    const offers = await promises.windows(town.tenantId, wish);
    const starts = new Set(offers.windows.map(({ earliestAt }) => earliestAt));
    const window = anyOf(
      this.#windows.filter(({ earliestAt }) => starts.has(earliestAt)),
      chance,
    );
    if (!window) return;
    this.#counts.offered++;
    const held = await promises.hold(town.tenantId, wish, window, {
      key: `simulation ${this.#options.number} ${number}`,
      address: `Messweg ${number + 1}, 20000 Messstadt`,
      contactId: await this.#contact(number),
    });
    if (!("held" in held)) {
      this.#counts.gone++;
      return;
    }
    const customer: Customer = { number, place, deliveryId: held.held.id, window };
    this.#customers.set(customer.deliveryId, customer);
    const thought = secondThought(this.#options.habits, chance, at);
    if (thought) this.#later.add(thought.at, { kind: thought.kind, customer });
    if (thought?.kind === "expire") return;
    const booked = await promises.book(town.tenantId, customer.deliveryId);
    if ("booked" in booked) this.#counts.booked++;
    else this.#leave(customer, "gone");
  }

  async #until(seconds: number): Promise<void> {
    while (this.#later.nextAt <= seconds) {
      const next = this.#later.take();
      if (!next) return;
      // The product's own timer ends a hold at this very moment, and is waited for.
      await this.#options.stage.goTo(this.#ms(next.at));
      await this.#think(next.event);
    }
  }

  async #think({ kind, customer }: Later): Promise<void> {
    const { stage, town, seed } = this.#options;
    const { promises } = stage.room;
    if (kind === "expire") this.#leave(customer, "expired");
    else if (kind === "cancel") {
      const answer = await promises.cancel(town.tenantId, customer.deliveryId);
      if ("cancelled" in answer) this.#leave(customer, "cancelled");
    } else {
      const window = otherWindow(this.#windows, customer, seed);
      if (!window) return;
      const answer = await promises.change(town.tenantId, customer.deliveryId, window);
      if (!("changed" in answer)) return;
      customer.window = window;
      this.#counts.changed++;
      this.#counts.booked++;
    }
  }

  #leave({ deliveryId }: Customer, how: "expired" | "cancelled" | "gone"): void {
    if (this.#customers.delete(deliveryId)) this.#counts[how]++;
  }

  async #improve(): Promise<void> {
    const { stage, town, evening, background } = this.#options;
    if (background) await stage.improve();
    const place = { tenantId: town.tenantId, eveningId: evening.id };
    this.#overPromises.push(...(await faultsOfPromises(stage.kernel, place)));
    this.#plansChecked++;
  }

  #ms(seconds: number): number {
    return Math.round(this.#beginsAt + 1_000 * seconds);
  }
}
