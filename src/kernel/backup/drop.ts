import pg from "pg";
import type { MigrationSet } from "../db/migrate.ts";
import type { DatabaseAddress } from "../db/open.ts";
import { quote } from "./catalog.ts";

/** Our rooms' schemas, and that of the list of migrations. */
function ours(sets: readonly MigrationSet[]): string[] {
  return [...new Set(["migration", "auth", ...sets.map(({ room }) => room)])];
}

/** Which schemas of our names stand in a database already: another program's, where there is no installation of ours. */
export async function takenSchemas(
  address: DatabaseAddress,
  sets: readonly MigrationSet[],
): Promise<string[]> {
  const client = new pg.Client(address.config("owner"));
  client.on("error", () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      "select nspname as name from pg_namespace where nspname = any($1) order by 1",
      [ours(sets)],
    );
    return rows.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

/** Removes what a restore that failed had made in a database that was empty of ours before. */
export async function dropSchemas(address: DatabaseAddress, sets: readonly MigrationSet[]): Promise<void> {
  const client = new pg.Client(address.config("owner"));
  client.on("error", () => {});
  await client.connect();
  try {
    for (const name of ours(sets)) await client.query(`drop schema if exists ${quote(name)} cascade`);
  } finally {
    await client.end();
  }
}
