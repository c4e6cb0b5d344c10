import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { check } from "./check.ts";
import { readProblem } from "./read/index.ts";
import { solve } from "./solve/anneal.ts";

/** Public instances for measuring; they lie beside the repository and a clone does not have them. */
const FOLDER = join(import.meta.dirname, "../../../../../shared/data/vrp");
const read = (file: string) => readFileSync(join(FOLDER, file), "utf8");

describe.skipIf(!existsSync(FOLDER))(
  "public instances (skipped where they are not beside the repository)",
  () => {
    test("published solutions with several depots are feasible, at their published cost", () => {
      for (const name of ["PR11A", "PR24A"]) {
        const problem = readProblem(read(`mdvrptw/${name}.vrp`));
        const text = read(`mdvrptw/${name}.sol`);
        // Vehicles are numbered depot by depot; the solution counts nodes from 0.
        const homes = problem.vehicles.flatMap(({ count }, type) => new Array<number>(count).fill(type));
        const routes = [...text.matchAll(/^Route #(\d+):(.*)$/gm)].map(([, vehicle, stops = ""]) => ({
          vehicle: homes[Number(vehicle) - 1] as number,
          customers: (stops.match(/\d+/g) ?? []).map((word) => Number(word) + 1),
        }));
        const { feasible, cost, errors } = check(problem, routes);
        expect(errors).toEqual([]);
        expect(feasible).toBe(true);
        expect(Math.round(cost * 1_000)).toBe(Number(/Cost:? (\d+)/.exec(text)?.[1]));
      }
    });

    // The rest is the benchmark's work.
    test.each([
      ["solomon/R104.txt", 971.5, 6],
      ["homberger/200/c1_2_2.txt", 2_694.3, 4],
    ])("%s comes near its best known cost in four thousand iterations", (file, best, percent) => {
      const problem = readProblem(read(file));
      const solved = solve(problem, { seed: 1, most: 4_000, spent: (done) => done / 4_000 });
      const routes = solved.routes.map(({ vehicle, stops }) => ({
        vehicle,
        customers: stops.map((node) => problem.label[node] as number),
      }));
      const { feasible, cost } = check(problem, routes);
      expect(feasible).toBe(true);
      expect(cost).toBeCloseTo(solved.cost / problem.scale, 6);
      expect(cost).toBeGreaterThanOrEqual(best - 0.05);
      expect(cost).toBeLessThan(best * (1 + percent / 100));
    });
  },
);
