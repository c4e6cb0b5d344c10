import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import {
  association,
  attests,
  does,
  EURO,
  mints,
  NO_REFERENCE,
  nextBlock,
  opens,
  pays,
} from "./ledger.fixture.ts";
import type { LiabilityProof } from "./liabilities.ts";
import { restoreSnapshot, takeSnapshot } from "./snapshot.ts";

/** What a customer checks, written from the published description alone. @returns root and sum */
function climb(
  { row, height, sum, path }: LiabilityProof,
  own: { account: Uint8Array; secret: Uint8Array },
): { root: string; total: number } {
  const u64 = (value: number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(BigInt(value));
    return bytes;
  };
  const sha = (...parts: Uint8Array[]) => createHash("sha256").update(Buffer.concat(parts)).digest();
  let node = { sum, hash: sha(Buffer.of(0), own.secret, u64(height), own.account, u64(sum)) };
  let place = row;
  for (const beside of path) {
    const [left, right] = place % 2 === 0 ? [node, beside] : [beside, node];
    const hash = sha(Buffer.of(1), u64(left.sum), left.hash, u64(right.sum), right.hash);
    node = { sum: left.sum + right.sum, hash };
    place = Math.floor(place / 2);
  }
  return { root: node.hash.toString("hex"), total: node.sum };
}

function town() {
  const all = association();
  attests(all, 100_000);
  mints(all, 50_000);
  const people = Array.from({ length: 60 }, (_, n) => opens(all, 100 + n, n < 5 ? "merchant" : "customer"));
  for (const [n, one] of people.entries()) if (n >= 5) pays(all, all.exchange, one, (n + 1) * EURO);
  nextBlock(all);
  expect(does(all, [all.registrar], { kind: "seal" })).toBe("applied");
  return { all, people };
}

test("everybody finds their balance in what was published, and the published sum is the supply", () => {
  const { all, people } = town();
  const { accounts, liabilities, sealed, supply } = all.state;
  expect(sealed?.total).toBe(supply);
  for (const { id: account, secret } of people) {
    const row = accounts.table.find(account);
    const proof = liabilities.proof(accounts, row) as LiabilityProof;
    expect(proof.sum).toBe((accounts.balance[row] as number) + (accounts.held[row] as number));
    const { root, total } = climb(proof, { account, secret });
    expect(root).toBe(Buffer.from(sealed?.root ?? []).toString("hex"));
    expect(total).toBe(supply);
  }
});

test("a balance, a neighbour's sum or a place that was changed leads to another root", () => {
  const { all, people } = town();
  const { accounts, liabilities, sealed } = all.state;
  const { id: account, secret } = people[20] as { id: Uint8Array; secret: Uint8Array };
  const proof = liabilities.proof(accounts, accounts.table.find(account)) as LiabilityProof;
  const root = Buffer.from(sealed?.root ?? []).toString("hex");
  const changed: LiabilityProof[] = [
    { ...proof, sum: proof.sum - 1 },
    { ...proof, row: proof.row ^ 1 },
    { ...proof, height: proof.height + 1 },
    { ...proof, path: proof.path.map((one, n) => (n === 2 ? { ...one, sum: one.sum - EURO } : one)) },
  ];
  for (const one of changed) expect(climb(one, { account, secret }).root).not.toBe(root);
});

test("a later publication says what changed since, also in a ledger that was restored between", () => {
  const { all, people } = town();
  const [merchant, , , , , , payer] = people as [(typeof people)[number], ...typeof people];
  nextBlock(all);
  const restored = { ...all, state: restoreSnapshot(all.genesis, takeSnapshot(all.state), 99) };
  const before = Buffer.from(all.state.sealed?.root ?? []).toString("hex");
  const nonce = payer?.nonce ?? 0;
  const roots = [all, restored].map((one) => {
    if (payer) payer.nonce = nonce;
    one.registrar.nonce = 1_000;
    nextBlock(one, all.genesis.chainId * 1e9);
    const hold = { kind: "hold" as const, to: merchant.id, arbiter: merchant.id, amount: EURO };
    const until = one.state.time + 60_000;
    expect(does(one, [payer as never], { ...hold, until, reference: NO_REFERENCE })).toBe("applied");
    expect(pays(one, payer as never, merchant, 2 * EURO)).toBe("applied");
    expect(does(one, [one.registrar], { kind: "seal" })).toBe("applied");
    expect(one.state.sealed?.total).toBe(one.state.supply);
    return Buffer.from(one.state.sealed?.root ?? []).toString("hex");
  });
  expect(roots[0]).toBe(roots[1]);
  expect(roots[0]).not.toBe(before);
});
