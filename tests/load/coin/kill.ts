import { loadavg } from "node:os";
import type { Figure } from "../dialogue/figure.ts";
import { killRounds } from "./kill-rounds.ts";

const KILLS = 100;
const READY_GOAL_MS = 5_000;

export const kill: Figure = {
  name: "kill",
  title: `kill -9 of node and of PostgreSQL in turn, at random moments under load`,
  goal: `0 acknowledged lost, 0 applied twice in ${KILLS}`,
  measure: async (bench) => {
    const times = bench.times(KILLS);
    const report = await killRounds(times, { random: Math.random, say: bench.say });
    const { acknowledged, lost, twice, faults, readyMs } = report;
    return {
      measured: `${lost} of ${acknowledged} lost, ${twice} twice, ${faults.length} faults in ${times} kills; answering after ${readyMs} ms at most`,
      meets: lost === 0 && twice === 0 && faults.length === 0,
      values: { ...report, load: loadavg() },
      notes: [
        `the goal of ${READY_GOAL_MS} ms for a million accounts is the figure start's; here the time is that of a new process`,
      ],
    };
  },
};
