import { withClient } from "../db/client.ts";
import type { MigrationSet } from "../db/migrate.ts";
import type { DatabaseAddress } from "../db/open.ts";
import { quote } from "./catalog.ts";

/** Our rooms' schemas, and that of the list of migrations. */
function ours(sets: readonly MigrationSet[]): string[] {
  return [...new Set(["migration", "auth", ...sets.map(({ room }) => room)])];
}

/** Which schemas of our names stand in a database already: another program's, where there is no installation of ours. */
export function takenSchemas(address: DatabaseAddress, sets: readonly MigrationSet[]): Promise<string[]> {
  return withClient(address, "owner", async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "select nspname as name from pg_namespace where nspname = any($1) order by 1",
      [ours(sets)],
    );
    return rows.map(({ name }) => name);
  });
}

/** Removes what a restore that failed had made in a database that was empty of ours before. */
export function dropSchemas(address: DatabaseAddress, sets: readonly MigrationSet[]): Promise<void> {
  return withClient(address, "owner", async (client) => {
    for (const name of ours(sets)) await client.query(`drop schema if exists ${quote(name)} cascade`);
  });
}
