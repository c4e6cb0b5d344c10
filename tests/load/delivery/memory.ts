import { loadavg } from "node:os";
import type { Reading } from "../dialogue/figure.ts";
import { inProcess } from "./in-process.ts";
import type { MemoryOrder, MemoryReport } from "./memory-process.ts";

const STOPS = 5_000;
const TRIES = 500;
const MOST_MB = 150;

/** What a process takes that holds a plan and answers from it; what the optimiser takes in its own is told beside it. */
export async function measureMemory(): Promise<Reading> {
  const module = new URL("./memory-process.ts", import.meta.url);
  const run = (order: MemoryOrder) => inProcess<MemoryReport>(module, order);
  const plan = await run({ stops: STOPS, tries: 0 });
  const optimiser = await run({ stops: STOPS, tries: TRIES });
  return {
    measured: `${plan.most_mb.toFixed(0)} MB`,
    meets: plan.open >= STOPS && plan.most_mb <= MOST_MB,
    values: { plan, optimiser },
    notes: [
      `${plan.open} open stops in a process of their own that has answered 20,000 wishes; Node alone takes ${plan.before_mb.toFixed(0)} MB of it`,
      `not judged: ${optimiser.most_mb.toFixed(0)} MB where the optimiser runs in it, ${TRIES} tries on all stops at once, whose matrix grows with their square; the product runs it in a process of its own; load ${(loadavg()[0] ?? 0).toFixed(1)}`,
    ],
  };
}
