import { readFileSync } from "node:fs";
import { runFigures } from "../run-figures.ts";
import { backupFigure } from "./backup.ts";
import { install } from "./install.ts";
import { packsFigure } from "./packs.ts";
import { proposalsFigure } from "./proposals.ts";
import { readAssumptions } from "./shift/assumptions.ts";
import { shiftFigure } from "./shift.ts";

/** Options that only one figure knows: name -> what it says in the help. */
const OWN_OPTIONS = {
  "--sheet": "proposals: writes what was proposed to this file, to be read by somebody who did not make it",
  "--messages": "backup: so many are stored before it is measured, instead of a million",
  "--trade": "packs: only this one, with the messages that it answers wrongly",
  "--reviewed": "proposals: such a file with every `accept:` answered",
  "--assume": 'shift: a JSON file with a company\'s own numbers instead of ours, e.g. {"casework": 12}',
} as const;
type OwnOption = keyof typeof OWN_OPTIONS;

/** Measures the figures of "a company goes live". @returns the exit code: 1 when a figure misses its goal */
export async function runGolive(args: readonly string[]): Promise<number> {
  const rest = [...args];
  const take = (name: OwnOption): string | null => {
    const place = rest.indexOf(name);
    return place < 0 ? null : (rest.splice(place, 2)[1] ?? null);
  };
  const messages = take("--messages");
  const assumed = take("--assume");
  const figures = [
    install,
    packsFigure(take("--trade")),
    proposalsFigure({ sheet: take("--sheet"), reviewed: take("--reviewed") }),
    backupFigure(messages === null ? undefined : Number(messages)),
    shiftFigure(assumed === null ? {} : readAssumptions(readFileSync(assumed, "utf8"))),
  ];
  if (args.includes("--help"))
    process.stdout.write(
      `${Object.entries(OWN_OPTIONS)
        .map((pair) => pair.join("   "))
        .join("\n")}\n\n`,
    );
  return runFigures("golive", figures, rest);
}
