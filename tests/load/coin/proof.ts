import { loadavg } from "node:os";
import { does } from "../../../src/skills/coin/engine/ledger.fixture.ts";
import type { Figure } from "../dialogue/figure.ts";
import { townOf } from "./town.ts";

const SMALL = { accounts: 10_000, goal_s: 0.5 };
const LARGE = { accounts: 262_144 - 7, goal_s: 4 };

export const proof: Figure = {
  name: "proof",
  title: "publishing what is owed to 10,000 and 262,144 customers, processor time",
  goal: `<= ${SMALL.goal_s} s; <= ${LARGE.goal_s} s`,
  measure: async (bench) => {
    const [small, large] = [SMALL, LARGE].map(({ accounts }) => {
      bench.say(`${accounts} accounts`);
      const { all, people } = townOf(accounts);
      const first_s = seconds(() => does(all, [all.registrar], { kind: "seal" }));
      for (const row of people.slice(0, 1_000).keys()) all.state.accounts.touch(row);
      const again_s = seconds(() => does(all, [all.registrar], { kind: "seal" }));
      return { first_s, again_s };
    }) as [{ first_s: number; again_s: number }, { first_s: number; again_s: number }];
    return {
      measured: `${small.first_s.toFixed(2)} s; ${large.first_s.toFixed(2)} s; 1,000 changed since: ${(large.again_s * 1_000).toFixed(0)} ms`,
      meets: small.first_s <= SMALL.goal_s && large.first_s <= LARGE.goal_s,
      values: { small, large, load: loadavg() },
      notes: ["the check in a phone's browser is measured with the wallet's page"],
    };
  },
};

function seconds(work: () => string): number {
  const before = process.cpuUsage();
  const result = work();
  if (result !== "applied") throw new Error(`Nothing was published: ${result}.`);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
