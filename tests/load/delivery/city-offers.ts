import { loadavg } from "node:os";
import { cpuSeconds } from "../../../src/cli/delivery/cpu-clock.ts";
import {
  Plan,
  PlaneTravel,
  type Request,
  type Shift,
  type Travel,
  type Window,
} from "../../../src/skills/delivery/engine/index.ts";
import { Barriers } from "../../../src/skills/delivery/travel/barriers.ts";
import { Cells } from "../../../src/skills/delivery/travel/cells.ts";
import { CityTravel, embeddedTable } from "../../../src/skills/delivery/travel/city-travel.ts";
import { inSteps } from "../../../src/skills/delivery/travel/pack-table.ts";
import type { Reading } from "../dialogue/figure.ts";
import { seeded } from "../machine/random.ts";

/** What barriers and zones cost an offer: the facts' city with a river and two lakes, against distance alone. */

const HOUR_S = 3_600;
const EXTENT = { west: 0, south: 0, east: 16_000, north: 12_000 };
const STOPS = 1_000;
const SECONDS = 1;
const ROUNDS = 3;
const WINDOWS: readonly Window[] = [0, 1, 2, 3].map((hour) => ({
  earliest: hour * HOUR_S,
  latest: (hour + 2) * HOUR_S,
}));

const BARRIERS = [
  {
    line: [
      { x: -500, y: 4_000 },
      { x: 6_000, y: 4_500 },
      { x: 16_500, y: 3_500 },
    ],
    crossings: [
      { x: 3_000, y: 4_269 },
      { x: 11_000, y: 4_024 },
    ],
  },
  {
    line: [
      { x: 8_000, y: 7_000 },
      { x: 8_500, y: 9_500 },
    ],
    crossings: [],
  },
];

const ask = (random: () => number): Request => ({
  place: { x: random() * EXTENT.east, y: random() * EXTENT.north },
  service_s: 150,
  demand: 1,
  skills: 0,
});

function planWith(travel: Travel, random: () => number): Plan {
  const shifts = Array.from({ length: STOPS * 0.07 }, (_, n): Shift => {
    const depot = { x: n % 2 === 0 ? 4_000 : 12_000, y: n % 4 < 2 ? 3_000 : 9_000 };
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
  const plan = new Plan({ shifts, travel, buffer_s: 0 });
  for (let tries = 0; plan.open < STOPS && tries < 20 * STOPS; tries++)
    plan.book(ask(random), WINDOWS[Math.floor(random() * WINDOWS.length)] as Window);
  return plan;
}

function perSecond(plan: Plan, requests: readonly Request[]): number {
  let count = 0;
  const from = cpuSeconds();
  while (cpuSeconds() - from < SECONDS)
    for (let n = 0; n < 256; n++) plan.offers(requests[count++ % requests.length] as Request, WINDOWS);
  return count / (cpuSeconds() - from);
}

export function measureCityOffers(): Reading {
  const barriers = new Barriers(BARRIERS);
  const from = cpuSeconds();
  const cells = new Cells(EXTENT, barriers.lines);
  const pace = { circuity: 1.35, metresPerSecond: 22 / 3.6 };
  const table = embeddedTable(cells, { ...pace, barriers, factorOf: (cell) => 1 + (cell % 4) / 20 });
  const made = cpuSeconds() - from;
  const plane = planWith(new PlaneTravel({ ...pace, legSeconds: 0 }), seeded(STOPS));
  const city = planWith(new CityTravel({ cells, steps: inSteps(table), leg_s: 0 }), seeded(STOPS));
  const random = seeded(9);
  const requests = Array.from({ length: 4_096 }, () => ask(random));
  // In turns, so that both have the same machine.
  const rounds = Array.from({ length: ROUNDS }, () => [
    perSecond(plane, requests),
    perSecond(city, requests),
  ]);
  const best = (n: number) => Math.max(...rounds.map((round) => round[n] as number));
  const whole = (value: number) => Math.round(value).toLocaleString("en");
  return {
    measured: `${whole(best(1))} (by distance alone ${whole(best(0))})`,
    meets: best(1) >= 100_000,
    values: { rounds, cells: cells.count, made },
    notes: [
      `${city.open} and ${plane.open} open stops; the best of ${ROUNDS} rounds in turns; ${cells.count} cells, their table made in ${(1_000 * made).toFixed(0)} ms CPU; load ${(loadavg()[0] ?? 0).toFixed(1)}`,
    ],
  };
}
