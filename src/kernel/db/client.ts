import pg from "pg";
import type { DatabaseAddress, Role } from "./open.ts";

/** One connection for one piece of work, for commands that have no pool. @throws Error of the driver, and what `work` throws */
export async function withClient<T>(
  address: DatabaseAddress,
  role: Role,
  work: (client: pg.Client) => Promise<T>,
  limits: Pick<pg.ClientConfig, "statement_timeout"> = {},
): Promise<T> {
  const client = new pg.Client({ ...address.config(role), connectionTimeoutMillis: 10_000, ...limits });
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
