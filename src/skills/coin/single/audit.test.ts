import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type LedgerDatabase, type LedgerWorld, ledgerDatabase } from "../../../../tests/coin-world.ts";
import { applyTransaction, beginBlock, endBlock, openLedger } from "../engine/apply.ts";
import { decodeSigned } from "../engine/decode.ts";
import { decodeGenesis, encodeGenesis } from "../engine/genesis-bytes.ts";
import { auditLedger } from "./audit.ts";
import { writeSnapshot } from "./snapshots.ts";
import { verifierHere } from "./verifier.ts";

let database: LedgerDatabase;
let w: LedgerWorld;
beforeAll(async () => {
  database = await ledgerDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  w = await database.ledger();
});
afterEach(() => w.close());

async function filled(): Promise<number[]> {
  const engine = await w.engine();
  await Promise.all(w.town.opening(4, 10).map((bytes) => engine.submit(bytes)));
  const heights = [];
  for (let n = 1; n < 5; n++) heights.push((await engine.submit(w.town.nthPayment(n))).height);
  return heights;
}

test("a ledger that nobody touched holds, snapshots included, and its hash is the engine's", async () => {
  await filled();
  await writeSnapshot(w.store());
  const engine = await w.engine();
  const audit = await auditLedger(w.store(), verifierHere());
  expect(audit).toMatchObject({ transactions: 2 + 8 + 4, accounts: 7 + 4, supply: 40_000_000, snapshots: 1 });
  expect(audit.faults).toEqual([]);
  expect(audit.chainHash).toBe(Buffer.from(engine.state.chainHash).toString("hex"));
});

test("a payment that somebody wrote in without its owner's signature is found, hashes made anew or not", async () => {
  const heights = await filled();
  const engine = await w.engine();
  const { attestors, governors, exchange } = w.town.all;
  expect(attestors.length + governors.length).toBe(5);
  // Written by whoever owns the database: rules kept, hash made anew, only the signature cannot be made.
  const forged = w.town.pays(w.town.people[0] as never, exchange, 5_000_000).slice();
  forged[forged.length - 5] = (forged[forged.length - 5] as number) ^ 1;
  const { state } = engine;
  const block = beginBlock(state, state.time + 1);
  const { transaction, body } = decodeSigned(forged);
  const digest = createHash("sha256").update(body).digest();
  expect(applyTransaction(state, block, { transaction, digest }).result).toBe("applied");
  const chainHash = Buffer.from(endBlock(state, block));
  const height = (heights.at(-1) as number) + 1;
  await database.asOwner(
    `insert into coin.block (tenant_id, height, time_ms, chain_hash, lengths, codes, bytes) values ($1, $2, $3, $4, $5, '{0}', $6)`,
    [w.tenantId, height, block.time, chainHash, [forged.length], Buffer.from(forged)],
  );
  await database.asOwner("update coin.ledger set height = $2, chain_hash = $3 where tenant_id = $1", [
    w.tenantId,
    height,
    chainHash,
  ]);
  const { faults } = await auditLedger(w.store(), verifierHere());
  expect(faults).toEqual([
    expect.stringContaining(`Block ${height} is not what was committed: the signature`),
  ]);
});

test("a snapshot that says something else is named", async () => {
  await filled();
  const height = await writeSnapshot(w.store());
  await database.asOwner("update coin.snapshot set state_hash = sha256('other') where tenant_id = $1", [
    w.tenantId,
  ]);
  const { faults, snapshots } = await auditLedger(w.store(), verifierHere());
  expect(snapshots).toBe(0);
  expect(faults).toEqual([`The snapshot at block ${height} is not the state that the blocks lead to.`]);
});

test("a genesis is read as it was written", () => {
  const bytes = encodeGenesis(w.town.genesis);
  const read = decodeGenesis(bytes);
  expect(Buffer.from(encodeGenesis(read)).equals(bytes)).toBe(true);
  expect(read.governors).toEqual({ needed: 2, members: w.town.all.governors.map(({ id }) => id) });
  expect(read.backing).toEqual([{ asset: "EUR", minor: 1, per: 10_000 }]);
  expect(openLedger(read).accounts.size).toBe(7);
  expect(() => decodeGenesis(bytes.slice(0, -1))).toThrow("it ends too early");
});
