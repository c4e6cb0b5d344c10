import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import { PRESENCE, type SimulatedEvening, type Summary } from "../../../src/skills/delivery/engine/index.ts";
import { attemptRows } from "./attempt-table.ts";
import type { Evenings } from "./evenings.ts";
import { table } from "./markdown-table.ts";
import { plotEvenings } from "./plot.ts";
import { productSectionOf } from "./product-section.ts";
import { percent } from "./solving.ts";

export interface Report {
  readonly normal: Evenings;
  readonly heavy: Evenings;
  /** The heavy tail on rounds that fill the couriers' hours, on a few evenings. */
  readonly full: Evenings;
  readonly seed: number;
  /** Of the machine, before and after. */
  readonly loads: readonly number[];
}

/** Evenings that stand in one row of the long table. */
const TOGETHER = 10;

/** Writes a page of Markdown, and the plot that it shows beside it. @param file ends in .md */
export function writeReport(file: string, report: Report): void {
  const plot = file.replace(/\.md$/, ".svg");
  if (plot === file) throw new Error("--report names a file that ends in .md.");
  writeFileSync(plot, plotEvenings({ normal: report.normal.evenings, heavy: report.heavy.evenings }));
  // What the figure `simulate` wrote at the end stays.
  writeFileSync(file, pageOf(report, basename(plot)) + productSectionOf(file));
}

function pageOf({ normal, heavy, full, seed, loads }: Report, plot: string): string {
  const count = normal.evenings.length;
  return [
    "# Simulated evenings of delivery",
    "",
    `Written by \`npm run bench delivery -- --figure evening --evenings ${count} --seed ${seed} --report FILE\`; not edited by hand.`,
    "",
    `${count} evenings with each tail from seed ${seed}: customers who ask, choose, change and disappear, and couriers on noisy streets, through the plan, the`,
    "optimiser and the rules of the evening. The same seed gives the same evenings on every machine. The city: 16 x 12 km, four depots, five",
    "hours, 38 couriers for four of them, windows of two hours, 150 seconds a stop, 22 km/h. A courier's factor varies by a tenth, legs by a quarter,",
    "services by half; with the heavy tail three stops in a hundred take 5 to 15 minutes longer. Pace, services and buffer are learned from one",
    `evening to the next; the first two (kept ${normal.learning.join(", ")} / ${heavy.learning.join(", ")}) are not counted. Made at a load of ${loads.map((load) => load.toFixed(1)).join(" to ")}, which changes no`,
    "number here.",
    "",
    ...table(
      ["", "normal tail", "heavy tail", "heavy tail, full rounds"],
      summaryRows([normal, heavy, full]),
    ),
    "",
    `![Simulated evenings](${plot})`,
    "",
    "## First attempt",
    "",
    `Expected from presence. Assumed: away ${percent(PRESENCE.nothingAgreed)} where nothing was agreed (what failed in Germany in early 2024), ${percent(PRESENCE.inWindow)} in the window but`,
    `not as told, ${percent(PRESENCE.outsideWindow)} outside the window; address and parcel are right.`,
    "",
    ...table(
      [
        "absent in spite of everything",
        "nothing agreed",
        "window",
        "window and notice",
        "the same, heavy tail",
      ],
      attemptRows(keptOf(normal), keptOf(heavy)).map((row) => row.map(percent)),
    ),
    "",
    "## Kilometres and CO2 for each parcel handed over",
    "",
    "Assumed: 150 g of CO2 a kilometre (an ordinary small car, tank to wheel); 0.7 % are absent in spite of everything. With nothing agreed, whoever",
    "was away gets another attempt, which takes the way of an average stop of the same evenings and fails as often as the first. That rounds without",
    "windows are shorter is not counted, so this says what second attempts cost, not what windows cost.",
    "",
    ...table(["", "attempts", "kilometres", "g of CO2"], footprintRows({ normal, heavy })),
    "",
    `## Evenings by ${TOGETHER}`,
    "",
    ...[normal, heavy].flatMap((world, n) => [
      n === 0 ? "Normal tail:" : "Heavy tail:",
      "",
      ...table(
        ["evenings", "stops", "kept", "worst evening", "notice off by", "inside the half-hour", "buffer"],
        rowsByTens(world.evenings),
      ),
      "",
    ]),
  ].join("\n");
}

const keptOf = ({ evenings }: Evenings) => evenings.flatMap(({ kept }) => kept);

function summaryRows(worlds: readonly Evenings[]): string[][] {
  const row = (name: string, measure: (summary: Summary, evenings: Evenings) => string) => [
    name,
    ...worlds.map((world) => measure(world.summary, world)),
  ];
  return [
    row("evenings", (_, { evenings }) => `${evenings.length}`),
    row("wishes on the last evening", (_, { evenings }) => `${evenings.at(-1)?.asked ?? 0}`),
    row("stops an evening", ({ stops }) => `${stops}`),
    row("wishes that were offered a window", ({ acceptance }) => percent(acceptance)),
    row("windows kept", ({ windowKept }) => percent(windowKept)),
    row("on the worst evening", (_, { evenings }) =>
      percent(Math.min(...evenings.map(({ windowKept }) => windowKept))),
    ),
    row("broken promises announced before the window's end", ({ lateAnnounced }) =>
      lateAnnounced === null ? "none broken" : percent(lateAnnounced),
    ),
    row("notice: mean error", ({ notice }) => `${notice.meanError_min} min`),
    row("arrived inside the half-hour first told", ({ notice }) => percent(notice.inside)),
    row("inside the one last told", ({ notice }) => percent(notice.insideLast)),
    row("notice: so long ahead on average", ({ notice }) => `${notice.lead_min} min`),
    row("said again", ({ notice }) => percent(notice.again)),
    row("first attempt at 0.7 % absent", ({ firstAttempt }) => percent(firstAttempt)),
    row(
      "minutes a stop, under way",
      ({ costPerStop }) => `${costPerStop.minutes}, ${costPerStop.underWay_min}`,
    ),
    row(
      "orders changed, customers moved, an evening",
      ({ replans }) => `${replans.perEvening}, ${replans.movedCustomersPerEvening}`,
    ),
    row("buffer in the end", ({ buffers_min }) => `${buffers_min.at(-1) ?? 0} min`),
  ];
}

function footprintRows({ normal, heavy }: Pick<Report, "normal" | "heavy">): string[][] {
  const row = (name: string, one: { attempts: number; kilometres: number; co2_g: number }) => [
    name,
    one.attempts.toFixed(3),
    one.kilometres.toFixed(2),
    one.co2_g.toFixed(0),
  ];
  const worlds = { "normal tail": normal, "heavy tail": heavy };
  return Object.entries(worlds).flatMap(([name, { summary }]) => [
    row(`${name}, window and notice`, summary.footprint.notice),
    row(`${name}, nothing agreed`, summary.footprint.nothing),
  ]);
}

function rowsByTens(evenings: readonly SimulatedEvening[]): string[][] {
  const rows: string[][] = [];
  for (let from = 0; from < evenings.length; from += TOGETHER) {
    const some = evenings.slice(from, from + TOGETHER);
    const sum = (measure: (evening: SimulatedEvening) => number) =>
      some.reduce((total, one) => total + measure(one), 0);
    const stops = Math.max(
      1,
      sum((one) => one.stops),
    );
    const noticed = Math.max(
      1,
      sum((one) => one.noticed),
    );
    rows.push([
      `${from + 1} to ${from + some.length}`,
      (stops / some.length).toFixed(0),
      percent(1 - sum((one) => one.broken) / stops),
      percent(Math.min(...some.map(({ windowKept }) => windowKept))),
      `${(sum((one) => one.noticeError_s) / noticed / 60).toFixed(2)} min`,
      percent(sum((one) => one.inside) / noticed),
      `${((some.at(-1)?.buffer_s ?? 0) / 60).toFixed(0)} min`,
    ]);
  }
  return rows;
}
