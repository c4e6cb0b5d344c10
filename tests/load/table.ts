import type { Reading } from "./dialogue/figure.ts";

/** A figure with what came out. */
export interface Measured extends Reading {
  name: string;
  title: string;
  goal: string;
}

/** Prints a Markdown table and, below it, what must be known to read it. */
export function printTable(figures: readonly Measured[]): void {
  const verdict = (meets: boolean | null): string =>
    meets === null ? "not measured" : meets ? "yes" : "MISSES";
  const lines = [
    "| figure | goal | measured | meets |",
    "|---|---|---|---|",
    ...figures.map((f) => `| ${f.title} | ${f.goal} | ${f.measured} | ${verdict(f.meets)} |`),
    "",
    ...figures.flatMap((f) => f.notes.map((note) => `${f.name}: ${note}`)),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}
