import type { Kernel } from "#kernel";
import {
  BACKGROUND,
  type BackgroundWork,
  eveningSeed,
  HABITS,
  type Habits,
  NOISE,
  type Noise,
  type SimulatedEvening,
  type Tail,
} from "../engine/index.ts";
import { type WrittenDay, writeDay } from "./booking.ts";
import { type DrivenEvening, driveRealEvening } from "./evening.ts";
import { type Measured, measure } from "./measure.ts";
import { PHONES, type PhoneHabits } from "./phone.ts";
import { Stage } from "./stage.ts";
import { foundTown, momentOf, planDay, type Town, writingBegins } from "./town.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** The product under simulated customers and couriers; nothing of the skill imports this room. */

export { GOOD_PHONES, PHONES, type PhoneHabits } from "./phone.ts";
export { type ProductSummary, summariseProduct } from "./summary.ts";

export interface ProductOptions {
  /** A node on an empty database, whose clock is `clock`. */
  readonly kernel: Kernel;
  readonly clock: VirtualClock;
  readonly seed: number;
  /** Requests for each evening. */
  readonly requests: number;
  readonly couriers: number;
  readonly evenings: number;
  readonly tail: Tail;
  /** null: windows are offered from insertion alone. */
  readonly background?: BackgroundWork | null;
  readonly habits?: Habits;
  /** Of the couriers' streets and doors; without it the tail's. */
  readonly noise?: Noise;
  readonly phones?: PhoneHabits;
  /** CPU seconds of this thread so far. */
  readonly cpuSeconds: () => number;
  readonly signal: AbortSignal;
  /** Hears what goes on, in a few words. */
  readonly progress: (evening: number, what: "asked" | "visited", count: number) => void;
}

/** An evening as the engine's simulation has it, counted from the product's rows, and what only the product can tell. */
export interface ProductEvening extends SimulatedEvening {
  readonly product: ProductFigures;
}

export interface ProductFigures
  extends Pick<Measured, "handedOver" | "notRecorded" | "recordedWrong" | "messages" | "untold">,
    Pick<WrittenDay, "booked" | "expired" | "changed" | "cancelled" | "gone" | "plansChecked">,
    Pick<DrivenEvening, "events" | "known" | "saidAbsent"> {
  /** What the checker found wrong with plans, or promises that stood in none. */
  readonly overPromises: readonly string[];
  /** Events that were refused, and timers that failed. */
  readonly faults: readonly string[];
  /** CPU seconds of the node without the optimiser: of a booking, and of a minute of the evening. */
  readonly cpu: { readonly booking_s: number; readonly minute_s: number };
}

const FIRST_BUFFER_S = 900;
const MINUTE_MS = 60_000;

/** A clock for `ProductOptions`, at the morning of the first evening. */
export const simulationClock = (): VirtualClock => new VirtualClock(momentOf(0, 0));

/**
 * Evenings one after the other through the product's own doors, in which it learns what it learns. The same options give the
 * same evenings but for CPU seconds.
 * @throws AbortError when the signal is aborted
 */
export async function simulateProduct(options: ProductOptions): Promise<ProductEvening[]> {
  const { kernel, clock, couriers, background = BACKGROUND, cpuSeconds, signal } = options;
  const town = await foundTown(kernel, { couriers, buffer_s: FIRST_BUFFER_S });
  const stage = new Stage({ kernel, clock, background, cpuSeconds, signal });
  const evenings: ProductEvening[] = [];
  for (let evening = 0; evening < options.evenings; evening++)
    evenings.push(await oneEvening({ ...options, background }, { stage, town, evening }));
  return evenings;
}

interface Around {
  readonly stage: Stage;
  readonly town: Town;
  readonly evening: number;
}

async function oneEvening(
  options: ProductOptions & { readonly background: BackgroundWork | null },
  { stage, town, evening: number }: Around,
): Promise<ProductEvening> {
  const { requests, tail, background, habits = HABITS, phones = PHONES, cpuSeconds, progress } = options;
  const { clock } = stage;
  const seed = eveningSeed(options.seed, number);
  const faultsBefore = stage.faults.length;
  await stage.goTo(writingBegins(number));
  const evening = await planDay(stage.kernel, stage.room, town, number);
  const common = { stage, town, evening, seed };
  const cpu = [cpuSeconds()];
  const optimised = stage.optimiser_s;
  const day = await writeDay({
    ...common,
    number,
    requests,
    habits,
    background,
    progress: (count) => progress(number, "asked", count),
  });
  const background_s = stage.optimiser_s - optimised;
  cpu.push(cpuSeconds());
  const since = clock.now();
  const driven = await driveRealEvening({
    ...common,
    customers: day.customers,
    couriersSeed: eveningSeed(options.seed, 0),
    noise: options.noise ?? NOISE[tail],
    phones,
    progress: (count) => progress(number, "visited", count),
  });
  cpu.push(cpuSeconds());
  const minutes = Math.max(1, (clock.now() - evening.beginsAt) / MINUTE_MS);
  const { handedOver, notRecorded, recordedWrong, messages, untold, ...measured } = await measure({
    ...common,
    visits: driven.visits,
    since,
  });
  const { booked, expired, changed, cancelled, gone, plansChecked, overPromises } = day;
  const { events, known, saidAbsent, refused } = driven;
  const [begun = 0, written = 0, over = 0] = cpu;
  return {
    evening: number,
    asked: day.asked,
    offered: day.offered,
    backgroundPerBooking_s: background_s / Math.max(1, booked),
    moved: 0,
    ...measured,
    product: {
      ...{ booked, expired, changed, cancelled, gone, plansChecked, overPromises },
      ...{ events, known, saidAbsent, handedOver, notRecorded, recordedWrong, messages, untold },
      faults: [...stage.faults.slice(faultsBefore), ...refused],
      cpu: {
        booking_s: (written - begun - background_s) / Math.max(1, booked),
        minute_s: (over - written) / minutes,
      },
    },
  };
}
