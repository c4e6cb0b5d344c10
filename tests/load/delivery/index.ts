import { parseArgs } from "node:util";
import { type Measured, printTable } from "../table.ts";
import { type DeliveryFigure, figures, type Wishes } from "./figures.ts";

const NAMES = [...new Set(figures.map(({ name }) => name))];
const HELP = `npm run bench delivery -- [--figure NAME]... [--full] [--peers] [--seed S]
                         [--evenings N] [--plot FILE] [--report FILE] [--json]

  --figure NAME   only this one (${NAMES.join(", ")})
  --full          all instances, and a hundred evenings; without it a sample that takes less than five minutes
  --peers         PyVRP and OR-Tools from PyPI (installed into build/peers) on the same instances with the
                  same CPU seconds in the same run, where Python is present
  --seed S        another seed than 1
  --evenings N    simulates so many, instead of 6 or 100
  --plot FILE     draws the simulated evenings (SVG)
  --report FILE   writes a page about them (FILE.md, and FILE.svg beside it); with --figure simulate its last section
  --json          one JSON object on stdout instead of the table`;

/** Measures the figures of the routing engine. @returns the exit code: 1 when a figure misses its goal */
export async function runDelivery(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      figure: { type: "string", multiple: true },
      full: { type: "boolean", default: false },
      peers: { type: "boolean", default: false },
      seed: { type: "string", default: "1" },
      evenings: { type: "string" },
      plot: { type: "string" },
      report: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const unknown = values.figure?.find((name) => !NAMES.includes(name));
  if (unknown) throw new Error(`There is no figure ${unknown}.\n\n${HELP}`);
  const wishes: Wishes = {
    full: values.full,
    peers: values.peers,
    seed: Number(values.seed),
    ...(values.evenings === undefined ? {} : { evenings: Number(values.evenings) }),
    ...(values.plot === undefined ? {} : { plot: values.plot }),
    ...(values.report === undefined ? {} : { report: values.report }),
    say: (sentence) => void process.stderr.write(`${sentence}\n`),
  };
  const measured: Measured[] = [];
  for (const figure of figures)
    if (!values.figure || values.figure.includes(figure.name))
      measured.push(await measureOne(figure, wishes));
  if (values.json)
    process.stdout.write(
      `${JSON.stringify({ bench: "delivery", at: new Date().toISOString(), figures: measured })}\n`,
    );
  else printTable(measured);
  return measured.some(({ meets }) => meets === false) ? 1 : 0;
}

async function measureOne(figure: DeliveryFigure, wishes: Wishes): Promise<Measured> {
  const { name, title, goal } = figure;
  wishes.say(`--- ${name}: ${title}`);
  return { name, title, goal, ...(await figure.measure(wishes)) };
}
