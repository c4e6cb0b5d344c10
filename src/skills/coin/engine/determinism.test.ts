import { expect, test } from "vitest";
import { applyTransaction } from "./apply.ts";
import { type Association, association, digestOf, nextBlock } from "./ledger.fixture.ts";
import { RandomAsks } from "./random-asks.fixture.ts";
import { restoreSnapshot, stateHash, takeSnapshot } from "./snapshot.ts";
import type { Transaction } from "./transaction.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** A history in blocks, as one ledger met it. */
function history(): { blocks: { time: number; transactions: Transaction[] }[]; last: string; state: string } {
  const all = association("issuer", 1);
  const asks = new RandomAsks(8, { ...all, people: [all.exchange] });
  const blocks: { time: number; transactions: Transaction[] }[] = [];
  let last = "";
  for (let n = 0; n < 120; n++) {
    const transactions = Array.from({ length: 10 }, () => asks.next(all.state.time));
    for (const transaction of transactions) {
      const { result } = applyTransaction(all.state, all.block, {
        transaction,
        digest: digestOf(transaction),
      });
      asks.learn(transaction, result);
    }
    const time = all.state.time + (n % 40 === 39 ? 26 * 3_600_000 : 700);
    blocks.push({ time, transactions });
    last = hex(nextBlock(all, time));
  }
  return { blocks, last, state: hex(stateHash(all.state)) };
}

function replay(all: Association, blocks: ReturnType<typeof history>["blocks"], restoresEvery = 0): string {
  let last = "";
  let current = all;
  for (const [n, { time, transactions }] of blocks.entries()) {
    for (const transaction of transactions)
      applyTransaction(current.state, current.block, { transaction, digest: digestOf(transaction) });
    last = hex(nextBlock(current, time));
    if (restoresEvery > 0 && n % restoresEvery === restoresEvery - 1) {
      const bytes = takeSnapshot(current.state);
      const state = restoreSnapshot(current.genesis, bytes, n);
      expect(hex(takeSnapshot(state))).toBe(hex(bytes));
      current = { ...current, state };
    }
  }
  return `${last} ${hex(stateHash(current.state))}`;
}

test("the same blocks give the same hashes, wherever ids fall and however often it was restored", () => {
  const { blocks, last, state } = history();
  const expected = `${last} ${state}`;
  expect(replay(association("issuer", 12345), blocks)).toBe(expected);
  expect(replay(association("issuer", 1), blocks, 11)).toBe(expected);
});

test("a history that lacks a block's transactions has another hash", () => {
  const { blocks, last } = history();
  const shorter = blocks.map((block, n) => (n === 3 ? { ...block, transactions: [] } : block));
  expect(replay(association("issuer", 1), shorter).startsWith(last)).toBe(false);
});
