import pg from "pg";
import type { DatabaseAddress } from "#kernel";
import { openLedger } from "../engine/apply.ts";
import type { Genesis } from "../engine/genesis.ts";
import { encodeGenesis } from "../engine/genesis-bytes.ts";

/**
 * Makes the ledger of a company, once. What it begins with is never changed.
 * @param now ms
 * @returns false where it has one already
 * @throws RangeError where the councils of the genesis do not fit
 */
export async function createLedger(
  address: Pick<DatabaseAddress, "config">,
  { tenantId, genesis, now }: { tenantId: number; genesis: Genesis; now: number },
): Promise<boolean> {
  const { chainHash } = openLedger(genesis);
  const client = new pg.Client({ ...address.config("ah_coin"), connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("select set_config('app.tenant', $1, false)", [String(tenantId)]);
    const { rowCount } = await client.query(
      `insert into coin.ledger (tenant_id, genesis, chain_hash, created_at) values ($1, $2, $3, $4) on conflict do nothing`,
      [tenantId, Buffer.from(encodeGenesis(genesis)), Buffer.from(chainHash), new Date(now)],
    );
    return rowCount === 1;
  } finally {
    await client.end();
  }
}
