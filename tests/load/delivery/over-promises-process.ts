import { embeddedAddress, readConfig } from "#kernel";
import { openNode, startWork } from "../../../src/main.ts";
import type { ChosenWindow, OfferedWindow } from "../../../src/skills/delivery/plan/promises.ts";
import { roomOf } from "../../../src/skills/delivery/plan/room.ts";
import { seeded } from "../machine/random.ts";
import { somewhere } from "./installed-city.ts";

/** A process of the node that customers or timers run in, on a clock that goes faster for all of them alike. */

export interface HammerOrder {
  readonly work: "customers" | "timers";
  readonly database: { host: string; port: number; user: string; database: string };
  readonly dataDir: string;
  readonly tenantId: number;
  readonly cityId: number;
  readonly seed: number;
  readonly operations: number;
  readonly clock: { readonly fromMs: number; readonly times: number };
}

export interface HammerReport {
  readonly done: number;
  readonly held: number;
  readonly gone: number;
  /** Asked when nothing was free. */
  readonly full: number;
  readonly errors: readonly string[];
  /** Deliveries that this process was told to be booked, and did not take back. */
  readonly booked: readonly number[];
  readonly isOver: boolean;
}

const AT_ONCE = 4;
const REPORT_EVERY = 25;

type Room = ReturnType<typeof roomOf>;

class Customers {
  readonly #order: HammerOrder;
  readonly #room: Room;
  readonly #random: () => number;
  readonly #booked = new Set<number>();
  readonly #held: number[] = [];
  readonly #errors: string[] = [];
  #done = 0;
  #heldCount = 0;
  #gone = 0;
  #full = 0;

  constructor(order: HammerOrder, room: Room) {
    this.#order = order;
    this.#room = room;
    this.#random = seeded(order.seed);
  }

  report(isOver: boolean): HammerReport {
    return {
      done: this.#done,
      held: this.#heldCount,
      gone: this.#gone,
      full: this.#full,
      errors: this.#errors.slice(0, 5),
      booked: [...this.#booked],
      isOver,
    };
  }

  async come(): Promise<void> {
    while (this.#done < this.#order.operations) {
      await this.#one().catch((error: Error) => void this.#errors.push(error.message));
      this.#done++;
      if (this.#done % REPORT_EVERY === 0) process.send?.(this.report(false));
    }
  }

  async #one(): Promise<void> {
    const what = this.#random();
    const id = this.#held.splice(Math.floor(this.#random() * this.#held.length), 1)[0];
    if (id === undefined || what < 0.55) {
      if (id !== undefined) this.#held.push(id);
      await this.#hold();
    } else if (what < 0.75) await this.#book(id);
    else if (what < 0.85) await this.#cancel(id);
    else if (what < 0.95) await this.#change(id);
    // Else it is left to expire.
  }

  async #window(place: { lat: number; lon: number }): Promise<OfferedWindow | undefined> {
    const { tenantId, cityId } = this.#order;
    const { windows } = await this.#room.promises.windows(tenantId, { cityId, place });
    return windows[Math.floor(this.#random() * windows.length)];
  }

  async #hold(): Promise<void> {
    const { tenantId, cityId, seed } = this.#order;
    const place = somewhere(this.#random);
    const key = `hammer ${seed} ${this.#random()}`;
    const window = await this.#window(place);
    if (!window) {
      this.#full++;
      return;
    }
    const ask = () =>
      this.#room.promises.hold(tenantId, { cityId, place }, window, { key, address: "Messweg 3" });
    // Some calls are repeated at once, as impatient clients do.
    const [answer, again] = await Promise.all([ask(), this.#random() < 0.2 ? ask() : null]);
    if (!("held" in answer)) {
      this.#gone++;
      return;
    }
    if (again && !("held" in again && again.held.id === answer.held.id))
      throw new Error("One key was given two answers.");
    this.#heldCount++;
    this.#held.push(answer.held.id);
  }

  async #book(id: number): Promise<void> {
    const answer = await this.#room.promises.book(this.#order.tenantId, id);
    if ("booked" in answer) this.#booked.add(id);
  }

  async #cancel(id: number): Promise<void> {
    await this.#room.promises.cancel(this.#order.tenantId, id);
    this.#booked.delete(id);
  }

  async #change(id: number): Promise<void> {
    const window: ChosenWindow | undefined = await this.#window(somewhere(this.#random));
    if (window) await this.#room.promises.change(this.#order.tenantId, id, window);
    this.#held.push(id);
  }
}

async function run(order: HammerOrder): Promise<void> {
  const { kernel, close } = await openNode(
    readConfig({ dataDir: order.dataDir, logLevel: "error" }, {}),
    embeddedAddress(order.database),
  );
  const { fromMs, times } = order.clock;
  Object.assign(kernel, { clock: { now: () => fromMs + (Date.now() - fromMs) * times } });
  if (order.work === "timers") {
    const worker = startWork(kernel);
    process.once("message", async () => {
      await worker.stop();
      await close();
      process.exit(0);
    });
    return;
  }
  const customers = new Customers(order, roomOf(kernel));
  await Promise.all(Array.from({ length: AT_ONCE }, () => customers.come()));
  process.send?.(customers.report(true), () => process.exit(0));
}

process.once("message", (order: HammerOrder) => void run(order));
process.once("disconnect", () => process.exit(1));
