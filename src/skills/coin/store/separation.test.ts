import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type LedgerDatabase, ledgerDatabase } from "../../../../tests/coin-world.ts";

/** No login of a running node reads both the ledger and who is behind an account (docs/decisions/0037). */

let database: LedgerDatabase;
beforeAll(async () => {
  database = await ledgerDatabase();
  const ledger = await database.ledger();
  await (await ledger.engine()).submit(ledger.town.opening(1, 10)[0] as Uint8Array);
  await ledger.close();
});
afterAll(() => database.close());

async function tryRead(role: "ah_app" | "ah_node" | "ah_coin", table: string): Promise<string> {
  const client = new pg.Client(database.address.config(role));
  await client.connect();
  try {
    await client.query(`select * from ${table} limit 1`);
    return "reads";
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await client.end();
  }
}

const DENIED = "42501";

test("each login reads its own side and is refused at the other", async () => {
  const ledger = ["coin.ledger", "coin.block", "coin.transaction", "coin.snapshot", "coin.snapshot_piece"];
  for (const table of ledger) {
    expect([table, await tryRead("ah_coin", table)]).toEqual([table, "reads"]);
    expect([table, await tryRead("ah_app", table)]).toEqual([table, DENIED]);
    expect([table, await tryRead("ah_node", table)]).toEqual([table, DENIED]);
  }
  for (const table of [
    "wallet.account_place",
    "wallet.account",
    "wallet.movement",
    "kernel.contact",
    "kernel.message",
    "kernel.event",
  ])
    expect([table, await tryRead("ah_coin", table)]).toEqual([table, DENIED]);
  expect(await tryRead("ah_app", "wallet.account_place")).toBe("reads");
});

test("PostgreSQL itself says of every login that is no superuser: never both sides, and no way to the other", async () => {
  const rows = await database.asOwner<{ role: string; ledger: boolean; others: boolean }>(
    `select r.rolname as role,
        coalesce(bool_or(has_table_privilege(r.oid, c.oid, 'select')) filter (where n.nspname = 'coin'), false) as ledger,
        coalesce(bool_or(has_table_privilege(r.oid, c.oid, 'select')) filter (where n.nspname <> 'coin'), false) as others
      from pg_roles r cross join pg_class c join pg_namespace n on n.oid = c.relnamespace
      where r.rolcanlogin and not r.rolsuper and c.relkind in ('r', 'p', 'v') and n.nspname !~ '^(pg_|information_schema)'
        and has_schema_privilege(r.oid, n.oid, 'usage')
      group by 1 order by 1`,
  );
  expect(rows.filter(({ ledger, others }) => ledger && others)).toEqual([]);
  expect(rows.find(({ role }) => role === "ah_coin")).toEqual({
    role: "ah_coin",
    ledger: true,
    others: false,
  });
  const ways = await database.asOwner(
    `select a.rolname, b.rolname from pg_roles a, pg_roles b where a.rolname ~ '^ah_' and b.rolname ~ '^ah_' and a <> b
      and pg_has_role(a.oid, b.oid, 'member')`,
  );
  expect(ways).toEqual([]);
});

test("the engine's own role cannot change or remove a block, nor see another company's", async () => {
  const client = new pg.Client(database.address.config("ah_coin"));
  await client.connect();
  try {
    await expect(client.query("update coin.block set codes = '{}'")).rejects.toMatchObject({ code: DENIED });
    await expect(client.query("delete from coin.block")).rejects.toMatchObject({ code: DENIED });
    expect((await client.query("select 1 from coin.block")).rowCount).toBe(0);
    await client.query("select set_config('app.tenant', '987654', false)");
    expect((await client.query("select 1 from coin.block")).rowCount).toBe(0);
  } finally {
    await client.end();
  }
});
