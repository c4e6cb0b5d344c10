import { Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import pg from "pg";
import type { KernelTables } from "./tables.ts";

// int8 fits a double here (ids and counts stay far below 2^53).
pg.types.setTypeParser(20, Number);

export type Tx<Own = unknown> = Transaction<KernelTables & Own>;
/** ah_coin reads the coin's ledger and nothing else; the others never do (docs/decisions/0037). */
export type Role = "ah_app" | "ah_node" | "ah_coin" | "owner";

/** How to reach PostgreSQL as a role: the embedded one by socket and user, a foreign one by DATABASE_URL and SET ROLE. */
export interface DatabaseAddress {
  config(role: Role): pg.ClientConfig;
}

export function embeddedAddress(server: { host: string; port: number; database: string }): DatabaseAddress {
  return {
    config: (role) => ({ ...server, user: role === "owner" ? "augenhoehe" : role }),
  };
}

export function urlAddress(connectionString: string): DatabaseAddress {
  return {
    config: (role) => ({ connectionString, ...(role === "owner" ? {} : { options: `-c role=${role}` }) }),
  };
}

export interface Database {
  address: DatabaseAddress;
  /** For set-wise SQL across tenants on the message's way; row security shows only those tables. */
  node: pg.Pool;
  /** Runs `work` in one transaction that sees one tenant only. */
  tenant<T, Own = unknown>(tenantId: number, work: (tx: Tx<Own>) => Promise<T>): Promise<T>;
  /** Runs `work` in one transaction of the node role (registry, sign-in, message path). */
  registry<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface PoolSizes {
  app: number;
  node: number;
}

export function openDatabase(address: DatabaseAddress, sizes: PoolSizes = { app: 8, node: 6 }): Database {
  const common = { idleTimeoutMillis: 30_000, connectionTimeoutMillis: 10_000, statement_timeout: 30_000 };
  const app = new pg.Pool({ ...address.config("ah_app"), ...common, max: sizes.app });
  const node = new pg.Pool({ ...address.config("ah_node"), ...common, max: sizes.node });
  // A dying server drops idle connections; the pool replaces them, callers see errors only on their own queries.
  app.on("error", () => {});
  node.on("error", () => {});
  const appDb = new Kysely<KernelTables>({ dialect: new PostgresDialect({ pool: app }) });
  const nodeDb = new Kysely<KernelTables>({ dialect: new PostgresDialect({ pool: node }) });
  return {
    address,
    node,
    tenant: (tenantId, work) =>
      appDb.transaction().execute(async (tx) => {
        await sql`select set_config('app.tenant', ${String(tenantId)}, true)`.execute(tx);
        return work(tx as unknown as Parameters<typeof work>[0]);
      }),
    registry: (work) => nodeDb.transaction().execute(work),
    async close() {
      await Promise.all([app.end(), node.end()]);
    },
  };
}
