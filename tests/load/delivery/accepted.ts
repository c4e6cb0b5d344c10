import { loadavg } from "node:os";
import { cpuSeconds } from "../../../src/cli/delivery/cpu-clock.ts";
import { BACKGROUND, bookDay, check, KEEN, planProblem } from "../../../src/skills/delivery/engine/index.ts";
import type { Reading } from "../dialogue/figure.ts";
import type { Wishes } from "./figures.ts";

const COURIERS = 38;
const REQUESTS = 2_000;
const BUFFER_S = 900;
const GOAL = 1_850;
const MOST_MS = 10;

/** The facts' city on several seeds: every request takes any of the windows it is offered, nobody leaves. */
export function measureAccepted({ seed, full, say }: Wishes): Reading {
  const seeds = Array.from({ length: full ? 10 : 2 }, (_, n) => seed + n);
  const runs = seeds.map((one) => {
    const day = bookDay({ ...city(one), background: BACKGROUND });
    const booked = day.plan.open;
    const ms = (1_000 * day.background_s) / booked;
    say(`seed ${one}: ${booked} accepted, ${ms.toFixed(2)} ms of the optimiser for each`);
    mustHold(day);
    return { seed: one, booked, ms };
  });
  const alone = bookDay({ ...city(seed), background: null }).plan.open;
  const least = Math.min(...runs.map(({ booked }) => booked));
  const most = Math.max(...runs.map(({ ms }) => ms));
  return {
    measured: `${runs.map(({ booked }) => booked).join(", ")} at ${most.toFixed(1)} ms`,
    meets: least >= GOAL && most <= MOST_MS,
    values: { runs, alone },
    notes: [
      `seeds ${seeds.join(", ")}; by cheapest insertion alone ${alone} (seed ${seed}); a customer takes any of the windows that are offered`,
      `CPU of the optimiser for each booking, at the worst seed; load ${(loadavg()[0] ?? 0).toFixed(1)}; every plan judged by the independent checker`,
    ],
  };
}

const city = (seed: number) => ({
  couriers: COURIERS,
  requests: REQUESTS,
  seed,
  buffer_s: BUFFER_S,
  habits: KEEN,
  cpuSeconds,
});

function mustHold({ plan, travel }: ReturnType<typeof bookDay>): void {
  const { problem, start } = planProblem(plan.rows(), travel);
  const routes = start.routes.map(({ vehicle, stops }) => ({
    vehicle,
    customers: stops.map((node) => problem.label[node] as number),
  }));
  const { errors } = check(problem, routes);
  if (errors.length > 0) throw new Error(`The plan was found wrong by the checker: ${errors[0]}`);
}
