import {
  type ProductEvening,
  type ProductOptions,
  simulateProduct,
  simulationClock,
} from "../../skills/delivery/simulation/index.ts";
import { interruption } from "../backup/settings.ts";
import { inThrowAwayNode } from "../throw-away.ts";
import { cpuSeconds } from "./cpu-clock.ts";

export type ProductOrders = Omit<
  ProductOptions,
  "kernel" | "clock" | "cpuSeconds" | "signal" | "progress"
> & {
  /** Hears what goes on, at most every few seconds. */
  readonly say: (sentence: string) => void;
  /** Without one Ctrl+C breaks it off in order. */
  readonly signal?: AbortSignal;
};

const TELL_EVERY_MS = 3_000;

/**
 * Evenings through the whole product: bookings, optimiser, evening and messages on a PostgreSQL that is made for them and removed.
 * @throws AbortError after Ctrl+C, when everything is removed
 */
export async function simulateInNode({ say, signal, ...orders }: ProductOrders): Promise<ProductEvening[]> {
  const clock = simulationClock();
  const broken = signal ?? interruption();
  let next = 0;
  const progress: ProductOptions["progress"] = (evening, what, count) => {
    if (performance.now() < next) return;
    next = performance.now() + TELL_EVERY_MS;
    const of = what === "asked" ? ` of ${orders.requests} wishes were asked` : " doors were reached";
    say(`Evening ${evening + 1} of ${orders.evenings}: ${count}${of}.`);
  };
  return inThrowAwayNode({ clock, log: say }, (kernel) =>
    simulateProduct({ ...orders, kernel, clock, cpuSeconds, signal: broken, progress }),
  );
}
