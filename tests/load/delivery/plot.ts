import type { SimulatedEvening } from "../../../src/skills/delivery/engine/index.ts";

/** A chart of evenings: a dot an evening, one colour a world. */
interface Panel {
  readonly title: string;
  readonly unit: string;
  /** Of the axis; what lies outside is drawn at its edge. */
  readonly least: number;
  readonly most: number;
  readonly lines: readonly number[];
  /** Drawn as the goal. */
  readonly goals: readonly number[];
  readonly value: (evening: SimulatedEvening) => number;
}

type Worlds = Readonly<Record<"normal" | "heavy", readonly SimulatedEvening[]>>;

const WIDTH = 720;
const HEIGHT = 190;
const LEFT = 64;
const RIGHT = 16;
const TOP = 34;
const BOTTOM = 26;
/** Legible on white and on black paper, and apart for those who see no red. */
const COLOURS = { normal: "#2f7ebc", heavy: "#d9782d" } as const;
const INK = "#777777";

const share = (count: number, of: number) => (100 * count) / Math.max(1, of);

const PANELS: readonly Panel[] = [
  {
    title: "Windows kept",
    unit: "%",
    least: 98,
    most: 100,
    lines: [98, 98.5, 99, 99.5, 100],
    goals: [99.7, 99.5],
    value: (one) => 100 * one.windowKept,
  },
  {
    title: "Arrived inside the half-hour that was told",
    unit: "%",
    least: 96,
    most: 100,
    lines: [96, 97, 98, 99, 100],
    goals: [99.5, 98],
    value: (one) => share(one.inside, one.noticed),
  },
  {
    title: "Mean error of the notice",
    unit: "min",
    least: 0,
    most: 5,
    lines: [0, 1, 2, 3, 4, 5],
    goals: [2.5],
    value: (one) => one.noticeError_s / Math.max(1, one.noticed) / 60,
  },
];

/** An SVG with a panel a figure: evenings from left to right, goals as dashed lines. */
export function plotEvenings(worlds: Worlds): string {
  const height = PANELS.length * HEIGHT + 24;
  const panels = PANELS.map((panel, n) => panelOf(panel, worlds, n * HEIGHT));
  const legend = (["normal", "heavy"] as const).map(
    (world, n) =>
      `<circle cx="${LEFT + n * 190}" cy="${height - 12}" r="4" fill="${COLOURS[world]}"/><text x="${LEFT + 10 + n * 190}" y="${height - 8}">${world} tail, ${worlds[world].length} evenings</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12" fill="${INK}" role="img">`,
    "<title>Simulated evenings: windows kept, arrivals inside the told half-hour, error of the notice</title>",
    ...panels.flat(),
    ...legend,
    "</svg>",
    "",
  ].join("\n");
}

function panelOf(
  { title, unit, least, most, lines, goals, value }: Panel,
  worlds: Worlds,
  top: number,
): string[] {
  const y = (amount: number) => {
    const clipped = Math.min(most, Math.max(least, amount));
    return round(top + TOP + ((most - clipped) / (most - least)) * (HEIGHT - TOP - BOTTOM));
  };
  const count = Math.max(1, worlds.normal.length, worlds.heavy.length);
  const x = (n: number) => round(LEFT + ((n + 0.5) / count) * (WIDTH - LEFT - RIGHT));
  const across = (at: number, dash: string) =>
    `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(at)}" y2="${y(at)}" stroke="${INK}" stroke-opacity="${dash ? 0.9 : 0.25}"${dash}/>`;
  return [
    `<text x="${LEFT}" y="${top + 20}" font-weight="bold">${title}</text>`,
    ...lines.map(
      (line) =>
        `${across(line, "")}<text x="${LEFT - 8}" y="${y(line) + 4}" text-anchor="end">${line} ${unit}</text>`,
    ),
    ...goals.map((goal) => across(goal, ' stroke-dasharray="5 4"')),
    ...(["normal", "heavy"] as const).flatMap((world) =>
      worlds[world].map(
        (one, n) =>
          `<circle cx="${x(n)}" cy="${y(value(one))}" r="3" fill="${COLOURS[world]}" fill-opacity="0.75"/>`,
      ),
    ),
  ];
}

function round(value: number): number {
  return Math.round(10 * value) / 10;
}
