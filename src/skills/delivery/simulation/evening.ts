import type { CourierEvent } from "../api/courier-page.ts";
import { CITY, cityTravel, EventQueue, type Noise } from "../engine/index.ts";
import { record } from "../evening/record.ts";
import { parcelCode } from "../labels/label.ts";
import { choose } from "../routes/live.ts";
import { readEveningState, readFirstTold, readOpenPages, readToCome } from "../store/simulated.ts";
import { inTenant } from "../store/tx.ts";
import type { Customer } from "./booking.ts";
import type { PhoneHabits, Tapped } from "./phone.ts";
import { presenceOf } from "./presence.ts";
import { Rider, type Visit } from "./rider.ts";
import type { Stage } from "./stage.ts";
import type { PlannedEvening, Town } from "./town.ts";

/** An evening: couriers on the engine's noisy streets tell the product what they do, and do what it says; customers answer. */

export interface EveningOptions {
  readonly stage: Stage;
  readonly town: Town;
  readonly evening: PlannedEvening;
  readonly customers: ReadonlyMap<number, Customer>;
  readonly seed: number;
  /** What the couriers are drawn from: they are the same every evening. */
  readonly couriersSeed: number;
  readonly noise: Noise;
  readonly phones: PhoneHabits;
  /** Hears so many visits, now and then. */
  readonly progress: (visits: number) => void;
}

export interface DrivenEvening {
  /** What truly happened, by delivery. */
  readonly visits: ReadonlyMap<number, Visit>;
  /** Couriers who drove. */
  readonly rounds: number;
  readonly events: number;
  /** Of events that were told twice, those that the product knew. */
  readonly known: number;
  /** What was refused, and why: nothing of this should be. */
  readonly refused: readonly string[];
  /** Customers who said that they would not be there. */
  readonly saidAbsent: number;
}

type Happening =
  | { readonly kind: "prepare" | "leave" | "back"; readonly rider: Rider }
  | { readonly kind: "arrive" | "finish"; readonly rider: Rider; readonly customer: Customer }
  | { readonly kind: "send"; readonly rider: Rider; readonly events: readonly CourierEvent[] }
  | { readonly kind: "look" };

const MINUTE_MS = 60_000;
/** Couriers accept and scan so long before their round begins. */
const PREPARED_MS = 20 * MINUTE_MS;
/** Customers look at what they were told so often. */
const LOOK_MS = 5 * MINUTE_MS;
const TOLD_EVERY = 100;

export async function driveRealEvening(options: EveningOptions): Promise<DrivenEvening> {
  return new Evening(options).run();
}

class Evening {
  readonly #options: EveningOptions;
  readonly #queue = new EventQueue<Happening>();
  readonly #visits = new Map<number, Visit>();
  readonly #refused: string[] = [];
  /** Those who will say that they are not there. */
  readonly #absent = new Set<number>();
  #rounds = 0;
  #events = 0;
  #known = 0;
  #saidAbsent = 0;
  #out = 0;

  constructor(options: EveningOptions) {
    this.#options = options;
    for (const customer of options.customers.values())
      if (presenceOf(customer, options.seed).saysSo) this.#absent.add(customer.deliveryId);
  }

  async run(): Promise<DrivenEvening> {
    const { stage, evening, seed, couriersSeed, noise, phones } = this.#options;
    const streets = cityTravel();
    const couriers = evening.shifts.length;
    for (const round of evening.shifts) {
      const rider = new Rider({ round, couriers, seed, couriersSeed, noise, phones, streets });
      this.#queue.add(round.earliestAt - PREPARED_MS, { kind: "prepare", rider });
      this.#out++;
    }
    this.#queue.add(evening.beginsAt, { kind: "look" });
    for (let next = this.#queue.take(); next; next = this.#queue.take()) {
      await stage.goTo(next.at);
      await this.#happen(next.event, stage.clock.now());
    }
    while ((await this.#state()) !== "over" && (await stage.goOn()));
    return {
      visits: this.#visits,
      rounds: this.#rounds,
      events: this.#events,
      known: this.#known,
      refused: this.#refused,
      saidAbsent: this.#saidAbsent,
    };
  }

  #state(): Promise<string> {
    const { stage, town, evening } = this.#options;
    return inTenant(stage.kernel, town.tenantId, (tx) => readEveningState(tx, town.tenantId, evening.id));
  }

  async #happen(event: Happening, now: number): Promise<void> {
    switch (event.kind) {
      case "prepare":
        return this.#prepare(event.rider, now);
      case "leave":
        return this.#leave(event.rider, now);
      case "arrive":
        return this.#arrive(event, now);
      case "finish":
        return this.#finish(event, now);
      case "back":
        this.#out--;
        return this.#tap(event.rider, now, [{ kind: "back" }]);
      case "send":
        return this.#record(event.rider, event.rider.phone.mixed(event.events));
      case "look":
        return this.#look(now);
    }
  }

  /** Accepts the round and scans what lies ready; who has nothing to bring stays at home. */
  async #prepare(rider: Rider, now: number): Promise<void> {
    await this.#read(rider);
    const { page, round } = rider;
    if (page.length === 0) {
      this.#out--;
      return;
    }
    this.#rounds++;
    const { tenantId: carrierId } = this.#options.town;
    const scans = page.map((deliveryId): Tapped => {
      return { kind: "scan", code: parcelCode({ carrierId, deliveryId, parcel: 1 }) };
    });
    await this.#tap(rider, now, [{ kind: "accept" }, ...scans]);
    this.#queue.add(round.earliestAt, { kind: "leave", rider });
  }

  async #leave(rider: Rider, now: number): Promise<void> {
    await this.#tap(rider, now, [{ kind: "leave" }]);
    this.#goOn(rider, now);
  }

  #goOn(rider: Rider, now: number): void {
    const { next } = rider;
    const customer = next === undefined ? undefined : this.#options.customers.get(next);
    if (next !== undefined && !customer)
      throw new Error(`The page sends a courier to ${next}, who has no promise.`);
    const at = rider.leave(now, customer ?? null);
    this.#queue.add(at, customer ? { kind: "arrive", rider, customer } : { kind: "back", rider });
  }

  async #arrive({ rider, customer }: { rider: Rider; customer: Customer }, now: number): Promise<void> {
    const { deliveryId } = customer;
    const visit = rider.arrive(now, customer, CITY.serviceSeconds);
    this.#visits.set(deliveryId, visit);
    if (this.#visits.size % TOLD_EVERY === 0) this.#options.progress(this.#visits.size);
    await this.#tap(rider, now, [{ kind: "arrive", deliveryId }]);
    this.#queue.add(visit.endsAt, { kind: "finish", rider, customer });
  }

  async #finish({ rider, customer }: { rider: Rider; customer: Customer }, now: number): Promise<void> {
    const { stage, town, seed } = this.#options;
    const { deliveryId } = customer;
    const told = await inTenant(stage.kernel, town.tenantId, (tx) =>
      readFirstTold(tx, town.tenantId, deliveryId),
    );
    const begins = this.#visits.get(deliveryId)?.begins ?? now;
    const isThere = presenceOf(customer, seed).isThere(begins, told);
    const ended: Tapped = isThere
      ? { kind: "done", deliveryId, outcome: "handed_over", to: "" }
      : { kind: "not_there", deliveryId };
    await this.#tap(rider, now, [ended]);
    this.#goOn(rider, now);
  }

  /** What is heard at once is recorded at once, and the page is read after it. */
  async #tap(rider: Rider, now: number, tapped: readonly Tapped[]): Promise<void> {
    this.#events += tapped.length;
    for (const { at, events } of rider.phone.tap(now, tapped))
      if (at <= now) await this.#record(rider, events);
      else this.#queue.add(at, { kind: "send", rider, events });
  }

  async #record(rider: Rider, events: readonly CourierEvent[]): Promise<void> {
    const { stage, town } = this.#options;
    const { tenantId } = town;
    const { courierId } = rider.round;
    const within = { house: stage.kernel, book: stage.room.book };
    const results = await record(within, { tenantId, by: "courier", courierId }, events);
    for (const [n, { outcome, why }] of results.entries())
      if (outcome === "known") this.#known++;
      else if (outcome === "refused") this.#refused.push(`${events[n]?.kind}: ${why}`);
    await this.#read(rider);
  }

  async #read(rider: Rider): Promise<void> {
    const { stage, town } = this.#options;
    rider.page = await inTenant(stage.kernel, town.tenantId, (tx) =>
      readToCome(tx, town.tenantId, rider.round.shiftId),
    );
  }

  /** Who was told that somebody comes and will not be there says so on the live page. */
  async #look(now: number): Promise<void> {
    const { stage, town } = this.#options;
    const { tenantId } = town;
    const waiting = [...this.#absent].filter((id) => !this.#visits.has(id));
    const open = await inTenant(stage.kernel, tenantId, (tx) => readOpenPages(tx, tenantId, waiting));
    for (const { id, liveKey } of open) {
      await choose(stage.kernel, { tenantId, liveKey }, { do: "not_home" });
      this.#absent.delete(id);
      this.#saidAbsent++;
    }
    if (this.#out > 0) this.#queue.add(now + LOOK_MS, { kind: "look" });
  }
}
