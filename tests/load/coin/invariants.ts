import type { Profile } from "../../../src/skills/coin/engine/index.ts";
import { applyTransaction } from "../../../src/skills/coin/engine/index.ts";
import { faultsOf } from "../../../src/skills/coin/engine/invariants.fixture.ts";
import { association, digestOf, nextBlock } from "../../../src/skills/coin/engine/ledger.fixture.ts";
import { Oracle } from "../../../src/skills/coin/engine/oracle.fixture.ts";
import { RandomAsks } from "../../../src/skills/coin/engine/random-asks.fixture.ts";
import type { Figure } from "../dialogue/figure.ts";

/** The goal's size; without --times a sample that takes minutes. */
const GOAL = { seeds: 100, transactions: 1_000_000 };
const SAMPLE_SEEDS = 4;
const SAMPLE_TRANSACTIONS = 100_000;
const BLOCK = 7;

export const invariants: Figure = {
  name: "invariants",
  title: "random transactions against the invariants and a sequential oracle that shares no code",
  goal: `0 of ${GOAL.transactions.toLocaleString("en")} x ${GOAL.seeds} seeds (--times 100)`,
  measure: async (bench) => {
    const seeds = bench.times(SAMPLE_SEEDS);
    const transactions = seeds >= GOAL.seeds ? GOAL.transactions : SAMPLE_TRANSACTIONS;
    let applied = 0;
    const faults: string[] = [];
    for (let seed = 1; seed <= seeds; seed++) {
      const one = run(seed, seed % 2 ? "voucher" : "issuer", transactions);
      applied += one.applied;
      faults.push(...one.faults);
      bench.say(`seed ${seed}: ${one.applied} of ${transactions} applied, ${one.faults.length} faults`);
    }
    const all = seeds * transactions;
    return {
      measured: `${faults.length} of ${all.toLocaleString("en")} (${((applied / all) * 100).toFixed(0)} % applied)`,
      meets: faults.length > 0 ? false : seeds >= GOAL.seeds ? true : null,
      values: { seeds, transactions, applied, faults: faults.slice(0, 20) },
      notes: faults.slice(0, 5),
    };
  },
};

function run(seed: number, profile: Profile, transactions: number): { applied: number; faults: string[] } {
  const all = association(profile, seed);
  const oracle = new Oracle(all.genesis);
  oracle.block(all.state.time);
  const asks = new RandomAsks(seed, { ...all, people: [all.exchange] });
  const faults: string[] = [];
  let applied = 0;
  for (let n = 0; n < transactions && faults.length === 0; n++) {
    if (n % BLOCK === 0) {
      const time = all.state.time + (n % (BLOCK * 500) === 0 ? 30 * 3_600_000 : n % 21);
      nextBlock(all, time);
      oracle.block(time);
      faults.push(...faultsOf(all.state).map((fault) => `seed ${seed}, transaction ${n}: ${fault}`));
    }
    const transaction = asks.next(all.state.time);
    const digest = digestOf(transaction);
    const { result } = applyTransaction(all.state, all.block, { transaction, digest });
    const expected = oracle.apply(transaction, digest);
    if (result !== expected)
      faults.push(`seed ${seed}, transaction ${n}: ${result}, the oracle says ${expected}`);
    if (result === "applied") applied++;
    asks.learn(transaction, result);
  }
  if (BigInt(all.state.supply) !== oracle.world.supply) faults.push(`seed ${seed}: the supplies differ`);
  return { applied, faults };
}
