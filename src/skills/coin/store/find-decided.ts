import pg from "pg";
import type { DatabaseAddress } from "#kernel";

/** Behind version and chain id (engine/encode.ts). */
const ID_AT = 10;

/**
 * What became of a transaction that is too old to be remembered, read from the blocks. Only for what was left undecided.
 * @param since ms; blocks before it are not looked at
 */
export async function findDecided(
  address: Pick<DatabaseAddress, "config">,
  { tenantId, id, since }: { tenantId: number; id: Uint8Array; since: number },
): Promise<{ code: number; height: number } | null> {
  const client = new pg.Client({ ...address.config("ah_coin"), connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("select set_config('app.tenant', $1, false)", [String(tenantId)]);
    const { rows } = await client.query<{ code: number; height: string | number }>(
      `select code, height from coin.transaction where tenant_id = $1 and time_ms >= $2
         and substring(bytes from ${ID_AT} for 16) = $3 order by height limit 1`,
      [tenantId, since, Buffer.from(id)],
    );
    const [row] = rows;
    return row ? { code: row.code, height: Number(row.height) } : null;
  } finally {
    await client.end();
  }
}
