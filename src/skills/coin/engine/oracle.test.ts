import { expect, test } from "vitest";
import { applyTransaction } from "./apply.ts";
import type { Profile } from "./genesis.ts";
import { faultsOf } from "./invariants.fixture.ts";
import { association, digestOf, nextBlock, opens } from "./ledger.fixture.ts";
import { Oracle } from "./oracle.fixture.ts";
import { RandomAsks } from "./random-asks.fixture.ts";

const TRANSACTIONS = 3_000;

/** @returns how often each result came */
function compare(seed: number, profile: Profile): Map<string, number> {
  const all = association(profile, seed);
  const people = [20, 21, 22, 23, 24, 25].map((n) => opens(all, n, n < 22 ? "merchant" : "customer"));
  nextBlock(all);
  const oracle = oracleLike(
    all,
    people.map(({ n }) => n),
  );
  const asks = new RandomAsks(seed, { ...all, people });
  const seen = new Map<string, number>();
  for (let n = 0; n < TRANSACTIONS; n++) {
    if (n % 7 === 0) {
      const time = all.state.time + (n % 350 === 0 ? 30 * 3_600_000 : n % 21);
      nextBlock(all, time);
      oracle.block(time);
    }
    const transaction = asks.next(all.state.time);
    const digest = digestOf(transaction);
    const { result } = applyTransaction(all.state, all.block, { transaction, digest });
    expect(oracle.apply(transaction, digest), `transaction ${n} of seed ${seed}`).toBe(result);
    asks.learn(transaction, result);
    seen.set(result, (seen.get(result) ?? 0) + 1);
  }
  expect(faultsOf(all.state)).toEqual([]);
  for (const [id, account] of oracle.world.accounts) {
    const row = all.state.accounts.table.find(Buffer.from(id, "hex"));
    expect(BigInt(all.state.accounts.balance[row] as number)).toBe(account.balance);
    expect(BigInt(all.state.accounts.held[row] as number)).toBe(account.held);
  }
  expect(BigInt(all.state.supply)).toBe(oracle.world.supply);
  return seen;
}

/** The oracle after the same opening: it is told the same transactions. */
function oracleLike(all: ReturnType<typeof association>, numbers: readonly number[]): Oracle {
  const oracle = new Oracle(all.genesis);
  const again = association(all.genesis.profile);
  oracle.block(again.state.time);
  for (const n of numbers) {
    const one = opens(again, n, n < 22 ? "merchant" : "customer");
    oracle.world.accounts.set(Buffer.from(one.id).toString("hex"), openedAs(oracle, one, n < 22));
  }
  const registrar = oracle.world.accounts.get(Buffer.from(all.registrar.id).toString("hex"));
  if (registrar) registrar.low = numbers.length;
  oracle.block(all.state.time);
  return oracle;
}

function openedAs(oracle: Oracle, { key }: { key: Uint8Array }, isMerchant: boolean) {
  const [like] = [...oracle.world.accounts.values()];
  if (!like) throw new Error("an association has accounts");
  return {
    ...structuredClone(like),
    key: Buffer.from(key).toString("hex"),
    role: isMerchant ? "merchant" : "customer",
  };
}

test.each([
  [1, "voucher"],
  [2, "issuer"],
  [3, "voucher"],
  [4, "issuer"],
] as const)("the ledger answers as the oracle does (seed %i, %s)", (seed, profile) => {
  const seen = compare(seed, profile);
  // A comparison in which nearly everything is refused would say little.
  expect(seen.get("applied")).toBeGreaterThan(TRANSACTIONS / 5);
  expect(seen.size).toBeGreaterThan(15);
});
