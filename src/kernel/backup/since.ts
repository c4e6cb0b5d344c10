import { withClient } from "../db/client.ts";
import type { DatabaseAddress } from "../db/open.ts";

/** How far the node that works with a database has come: what a backup of it cannot know. */
export interface Worked {
  /** Changes with each start of a worker; nothing is sent, fetched or remembered without one. */
  epoch: number;
  /** Was anything written that people see? */
  hasEvents: boolean;
}

/**
 * @param parts.since ms
 * @param parts.except types of events that an upgrade itself writes
 */
export function readWorked(
  address: DatabaseAddress,
  { since, except }: { since: number; except: readonly string[] },
): Promise<Worked> {
  return withClient(address, "owner", async (client) => {
    const { rows } = await client.query<Worked>(
      `select coalesce((select epoch from kernel.lease where name = 'worker'), 0)::int as epoch,
        exists (select from kernel.event where at > $1 and type <> all($2)) as "hasEvents"`,
      [new Date(since), except],
    );
    return rows[0] ?? { epoch: 0, hasEvents: false };
  });
}
