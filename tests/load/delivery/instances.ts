import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Public instances and their best known costs; they lie beside the repository, and a clone does not have them. */
const FOLDER = join(import.meta.dirname, "../../../../shared/data/vrp");

export interface BenchInstance {
  readonly name: string;
  readonly file: string;
  /** In the file's unit. */
  readonly best: number;
}

export function areInstancesHere(): boolean {
  return existsSync(FOLDER);
}

const best = new Map<string, number>();

/** Later files correct earlier ones. */
function readBest(): void {
  for (const file of ["BKS-dimacs-2022.csv", "BKS-pyvrp-gh1000-2026-01.csv", "corrections.csv"]) {
    const [, ...rows] = readFileSync(join(FOLDER, file), "utf8").split(/\r?\n/);
    for (const [name = "", cost = ""] of rows.map((row) => row.split(",")))
      if (name !== "") best.set(name.toUpperCase(), Number(cost));
  }
}

/** The instances of a folder such as `homberger/200`, by name. */
export function instancesIn(folder: string): BenchInstance[] {
  if (best.size === 0) readBest();
  return readdirSync(join(FOLDER, folder))
    .filter((name) => /\.(txt|vrp)$/.test(name))
    .sort()
    .map((name) => {
      const file = join(FOLDER, folder, name);
      const id = name.replace(/\.\w+$/, "").toUpperCase();
      return { name: id, file, best: name.endsWith(".vrp") ? publishedCost(file) : (best.get(id) as number) };
    });
}

/** The costs of these solutions count thousandths. */
function publishedCost(file: string): number {
  const text = readFileSync(file.replace(/vrp$/, "sol"), "utf8");
  return Number(/Cost:? (\d+)/.exec(text)?.[1]) / 1_000;
}
