import { withClient } from "../db/client.ts";
import { RESTORING } from "../db/migrate.ts";
import type { DatabaseAddress } from "../db/open.ts";

/**
 * A restore into a database of somebody else's server cannot make everything beside and rename: until rows, hold and
 * files are in place it stands there half done, under its name. So it carries a mark, and no node begins with it.
 */
export function markUnfinished(address: DatabaseAddress): Promise<void> {
  return withClient(address, "owner", async (client) => {
    await client.query(`create schema if not exists migration; create table ${RESTORING} ()`);
  });
}

/** The restore is whole, with its files. */
export function markFinished(address: DatabaseAddress): Promise<void> {
  return withClient(address, "owner", async (client) => {
    await client.query(`drop table ${RESTORING}`);
  });
}
