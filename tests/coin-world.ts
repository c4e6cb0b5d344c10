import pg from "pg";
import { cloneDatabase } from "#kernel/testing";
import { T0 } from "../src/skills/coin/engine/ledger.fixture.ts";
import { type Engine, type EngineParts, openEngine } from "../src/skills/coin/single/engine.ts";
import type { LedgerStore } from "../src/skills/coin/single/ledger-store.ts";
import { Town } from "../src/skills/coin/single/town.fixture.ts";
import { verifierHere } from "../src/skills/coin/single/verifier.ts";
import { createLedger } from "../src/skills/coin/store/create-ledger.ts";
import { openPgLedgerStore } from "../src/skills/coin/store/pg-ledger-store.ts";

/** A company's ledger in a real database, and engines on it. */
export interface LedgerWorld {
  readonly town: Town;
  readonly tenantId: number;
  store(): LedgerStore;
  engine(parts?: Partial<EngineParts>): Promise<Engine>;
  close(): Promise<void>;
}

export interface LedgerDatabase {
  readonly address: Awaited<ReturnType<typeof cloneDatabase>>["address"];
  /** As the owner of the database, who may do everything. */
  asOwner<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** A company with a ledger of its own. */
  ledger(): Promise<LedgerWorld>;
  close(): Promise<void>;
}

export async function ledgerDatabase(): Promise<LedgerDatabase> {
  const { address, drop } = await cloneDatabase();
  const owner = new pg.Client(address.config("owner"));
  owner.on("error", () => {});
  await owner.connect();
  let count = 0;
  return {
    address,
    asOwner: async (text, values = []) => (await owner.query(text, values)).rows,
    async ledger() {
      const { rows } = await owner.query<{ id: number }>(
        "insert into kernel.tenant (slug, name, settings, created_at) values ($1, 'Coin', '{}', $2) returning id",
        [`coin-${++count}`, new Date(T0)],
      );
      return ledgerWorld(address, (rows[0] as { id: number }).id);
    },
    async close() {
      await owner.end();
      await drop();
    },
  };
}

async function ledgerWorld(address: LedgerDatabase["address"], tenantId: number): Promise<LedgerWorld> {
  const town = new Town();
  await createLedger(address, { tenantId, genesis: town.genesis, now: T0 });
  const stores: LedgerStore[] = [];
  const engines: Engine[] = [];
  const world: LedgerWorld = {
    town,
    tenantId,
    store() {
      const store = openPgLedgerStore({ address, tenantId, now: () => T0 });
      stores.push(store);
      return store;
    },
    async engine(parts = {}) {
      const store = parts.store ?? world.store();
      const engine = await openEngine({
        verifier: verifierHere(),
        now: () => town.time,
        ...parts,
        store,
      });
      engines.push(engine);
      return engine;
    },
    async close() {
      await Promise.all(engines.map((engine) => engine.close()));
      await Promise.all(stores.map((store) => store.close()));
    },
  };
  return world;
}
