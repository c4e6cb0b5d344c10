import { loadavg } from "node:os";
import { cpuSeconds } from "../../../src/cli/delivery/cpu-clock.ts";
import {
  Plan,
  PlaneTravel,
  type Request,
  type Shift,
  type Window,
} from "../../../src/skills/delivery/engine/index.ts";
import type { Reading } from "../dialogue/figure.ts";
import { seeded } from "../machine/random.ts";

/** The facts' city: 16 x 12 km, four depots, five hours, couriers for four of them, windows of two hours. */
const HOUR_S = 3_600;
const WIDTH_M = 16_000;
const HEIGHT_M = 12_000;
const DEPOTS = [
  { x: 4_000, y: 3_000 },
  { x: 12_000, y: 3_000 },
  { x: 4_000, y: 9_000 },
  { x: 12_000, y: 9_000 },
];
const WINDOWS: readonly Window[] = [0, 1, 2, 3].map((hour) => ({
  earliest: hour * HOUR_S,
  latest: (hour + 2) * HOUR_S,
}));
const SECONDS = 2;
const WARM_UP = 2_000;

const ask = (random: () => number): Request => ({
  place: { x: random() * WIDTH_M, y: random() * HEIGHT_M },
  service_s: 150,
  demand: 1,
  skills: 0,
});

function planWith(stops: number, random: () => number): Plan {
  const couriers = Math.round(stops * 0.06);
  const shifts = Array.from({ length: couriers }, (_, n): Shift => {
    const depot = DEPOTS[n % DEPOTS.length] as (typeof DEPOTS)[number];
    const begin = (n % 2) * HOUR_S;
    return {
      start: depot,
      end: depot,
      earliest: begin,
      latest: begin + 4 * HOUR_S,
      capacity: 1_000,
      skills: 0,
    };
  });
  const travel = new PlaneTravel({ circuity: 1.35, metresPerSecond: 22 / 3.6, legSeconds: 0 });
  const plan = new Plan({ shifts, travel, buffer_s: 0 });
  for (let tries = 0; plan.open < stops && tries < 20 * stops; tries++)
    plan.book(ask(random), WINDOWS[Math.floor(random() * WINDOWS.length)] as Window);
  return plan;
}

interface OffersMeasured {
  open: number;
  perSecond: number;
  p50_us: number;
  p99_us: number;
}

function measure(stops: number): OffersMeasured {
  const random = seeded(stops);
  const plan = planWith(stops, random);
  const requests = Array.from({ length: 4_096 }, () => ask(random));
  const offer = (n: number) => plan.offers(requests[n % requests.length] as Request, WINDOWS);
  for (let n = 0; n < WARM_UP; n++) offer(n);
  let count = 0;
  const from = cpuSeconds();
  while (cpuSeconds() - from < SECONDS) for (let n = 0; n < 256; n++) offer(count++);
  const perSecond = count / (cpuSeconds() - from);
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
      `load ${(loadavg()[0] ?? 0).toFixed(1)}; memory of the process ${Math.round(process.memoryUsage.rss() / 1e6)} MB`,
    ],
  };
}
