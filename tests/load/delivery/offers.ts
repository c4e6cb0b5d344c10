import { loadavg } from "node:os";
import { cpuSeconds } from "../../../src/cli/delivery/cpu-clock.ts";
import {
  anyRequest,
  CITY_WINDOWS,
  cityTravel,
  Plan,
  type Request,
  shiftsOf,
  type Travel,
  type Window,
} from "../../../src/skills/delivery/engine/index.ts";
import type { Reading } from "../dialogue/figure.ts";
import { seeded } from "../machine/random.ts";

const SECONDS = 2;
const WARM_UP = 2_000;
const COURIERS_PER_STOP = 0.06;
const REQUESTS = 4_096;

/** A plan of the facts' city that is filled by cheapest insertion, every window as likely. */
export function planWith(stops: number, travel: Travel, random: () => number): Plan {
  const plan = new Plan({ shifts: shiftsOf(Math.round(stops * COURIERS_PER_STOP)), travel, buffer_s: 0 });
  for (let tries = 0; plan.open < stops && tries < 20 * stops; tries++)
    plan.book(anyRequest(random), CITY_WINDOWS[Math.floor(random() * CITY_WINDOWS.length)] as Window);
  return plan;
}

export function requestsOf(random: () => number): Request[] {
  return Array.from({ length: REQUESTS }, () => anyRequest(random));
}

/** Offers for the four windows in a CPU second. */
export function offersPerSecond(plan: Plan, requests: readonly Request[], seconds: number): number {
  let count = 0;
  const from = cpuSeconds();
  while (cpuSeconds() - from < seconds)
    for (let n = 0; n < 256; n++) plan.offers(requests[count++ % requests.length] as Request, CITY_WINDOWS);
  return count / (cpuSeconds() - from);
}

interface OffersMeasured {
  open: number;
  perSecond: number;
  p50_us: number;
  p99_us: number;
}

function measure(stops: number): OffersMeasured {
  const random = seeded(stops);
  const plan = planWith(stops, cityTravel(), random);
  const requests = requestsOf(random);
  const offer = (n: number) => plan.offers(requests[n % requests.length] as Request, CITY_WINDOWS);
  for (let n = 0; n < WARM_UP; n++) offer(n);
  const perSecond = offersPerSecond(plan, requests, SECONDS);
  const single = Float64Array.from({ length: 100_000 }, (_, n) => {
    const start = performance.now();
    offer(n);
    return 1_000 * (performance.now() - start);
  }).sort();
  const at = (share: number) => single[Math.floor(share * single.length)] as number;
  return { open: plan.open, perSecond, p50_us: at(0.5), p99_us: at(0.99) };
}

export function measureOffers(): Reading {
  const [small, large] = [measure(1_000), measure(5_000)];
  const whole = (value: number) => Math.round(value).toLocaleString("en");
  return {
    measured: `${whole(small.perSecond)} / ${whole(large.perSecond)}; ${small.p99_us.toFixed(1)} us`,
    meets: small.perSecond >= 100_000 && large.perSecond >= 20_000 && small.p99_us <= 50,
    values: { small, large },
    notes: [
      `${small.open} and ${large.open} open stops; p50 ${small.p50_us.toFixed(1)} and ${large.p50_us.toFixed(1)} us, p99 at the second ${large.p99_us.toFixed(1)} us (wall time, 100,000 single offers)`,
      `load ${(loadavg()[0] ?? 0).toFixed(1)}`,
    ],
  };
}
