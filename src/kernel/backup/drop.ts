import pg from "pg";
import type { MigrationSet } from "../db/migrate.ts";
import type { DatabaseAddress } from "../db/open.ts";
import { quote } from "./catalog.ts";

/** Removes what a restore that failed had made in a database that was empty of ours before. */
export async function dropSchemas(address: DatabaseAddress, sets: readonly MigrationSet[]): Promise<void> {
  const client = new pg.Client(address.config("owner"));
  client.on("error", () => {});
  await client.connect();
  try {
    for (const name of new Set(["migration", "auth", ...sets.map(({ room }) => room)]))
      await client.query(`drop schema if exists ${quote(name)} cascade`);
  } finally {
    await client.end();
  }
}
