import { loadavg } from "node:os";
import { decodeBody } from "../../../src/skills/coin/engine/decode.ts";
import { encodeBody } from "../../../src/skills/coin/engine/encode.ts";
import { applyTransaction } from "../../../src/skills/coin/engine/index.ts";
import {
  digestOf,
  NO_REFERENCE,
  nextBlock,
  transactionOf,
} from "../../../src/skills/coin/engine/ledger.fixture.ts";
import type { Figure, Reading } from "../dialogue/figure.ts";
import { townOf } from "./town.ts";

const ACCOUNTS = 10_000;
const TRANSFERS = 100_000;
const BLOCK = 500;
/** Beside 47 us for a signature, so that 15,000/s leave half of a core for PostgreSQL. */
const GOAL_US = 10;

export const core: Figure = {
  name: "core",
  title: "reading and applying a transfer, processor time",
  goal: `<= ${GOAL_US} us`,
  measure: async (bench) => {
    const rounds = Array.from({ length: bench.times(5) }, () => ({ uniform: cost(false), hot: cost(true) }));
    const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] as number;
    const uniform_us = median(rounds.map(({ uniform }) => uniform));
    const hot_us = median(rounds.map(({ hot }) => hot));
    const values = { uniform_us, hot_us, hotToUniform: uniform_us / hot_us, load: loadavg() };
    const reading: Reading = {
      measured: `${uniform_us.toFixed(1)} us; everybody pays one shop: ${hot_us.toFixed(1)} us`,
      meets: uniform_us <= GOAL_US,
      values,
      notes: [
        `${TRANSFERS} transfers between ${ACCOUNTS} accounts in blocks of ${BLOCK}; no signatures, no database`,
      ],
    };
    return reading;
  },
};

/** @returns processor microseconds a transfer */
function cost(isHot: boolean): number {
  const { all, people } = townOf(ACCOUNTS);
  const bodies = Array.from({ length: TRANSFERS }, (_, n) => {
    const from = people[1 + ((n * 7_919) % (ACCOUNTS - 1))] as (typeof people)[number];
    const to = people[isHot ? 0 : (n * 104_729 + 7) % ACCOUNTS] as (typeof people)[number];
    const other = from === to ? (people[0] as typeof to) : to;
    const transfer = {
      kind: "transfer" as const,
      to: other.id,
      amount: 1 + (n % 90),
      reference: NO_REFERENCE,
    };
    const transaction = transactionOf([from], [transfer], { time: all.state.time });
    return { body: encodeBody(transaction), digest: digestOf(transaction) };
  });
  const before = process.cpuUsage();
  for (const [n, { body, digest }] of bodies.entries()) {
    if (n % BLOCK === 0) nextBlock(all);
    const { result } = applyTransaction(all.state, all.block, { transaction: decodeBody(body), digest });
    if (result !== "applied") throw new Error(`A transfer of the bench was refused: ${result}.`);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / TRANSFERS;
}
