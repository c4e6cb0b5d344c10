import { loadavg } from "node:os";
import { cpuSeconds } from "../../../src/cli/delivery/cpu-clock.ts";
import { CITY, cityTravel } from "../../../src/skills/delivery/engine/index.ts";
import { Barriers } from "../../../src/skills/delivery/travel/barriers.ts";
import { Cells } from "../../../src/skills/delivery/travel/cells.ts";
import { CityTravel, embeddedTable } from "../../../src/skills/delivery/travel/city-travel.ts";
import { inSteps } from "../../../src/skills/delivery/travel/pack-table.ts";
import type { Reading } from "../dialogue/figure.ts";
import { seeded } from "../machine/random.ts";
import { offersPerSecond, planWith, requestsOf } from "./offers.ts";

/** What barriers and zones cost an offer: the facts' city with a river and two lakes, against distance alone. */

const EXTENT = { west: 0, south: 0, east: CITY.widthMetres, north: CITY.heightMetres };
const STOPS = 1_000;
const SECONDS = 1;
const ROUNDS = 3;

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

export function measureCityOffers(): Reading {
  const barriers = new Barriers(BARRIERS);
  const from = cpuSeconds();
  const cells = new Cells(EXTENT, barriers.lines);
  const pace = { circuity: CITY.circuity, metresPerSecond: CITY.kilometresAnHour / 3.6 };
  const table = embeddedTable(cells, { ...pace, barriers, factorOf: (cell) => 1 + (cell % 4) / 20 });
  const made = cpuSeconds() - from;
  const plane = planWith(STOPS, cityTravel(), seeded(STOPS));
  const city = planWith(STOPS, new CityTravel({ cells, steps: inSteps(table), leg_s: 0 }), seeded(STOPS));
  const requests = requestsOf(seeded(9));
  // In turns, so that both have the same machine.
  const rounds = Array.from({ length: ROUNDS }, () => [
    offersPerSecond(plane, requests, SECONDS),
    offersPerSecond(city, requests, SECONDS),
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
