import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { embeddedAddress, migrate } from "#kernel";
import { type EmbeddedPostgres, startEmbedded } from "../../../src/kernel/db/embedded.ts";
import { migrationSets } from "../../../src/migrations.ts";
import { T0 } from "../../../src/skills/coin/engine/ledger.fixture.ts";
import type { Town } from "../../../src/skills/coin/single/town.fixture.ts";
import { createLedger } from "../../../src/skills/coin/store/create-ledger.ts";

/** PostgreSQL as a node has it (fsync and synchronous commit on), with a ledger whose town is not open yet. */
export interface LedgerServer {
  readonly server: EmbeddedPostgres;
  readonly address: ReturnType<typeof embeddedAddress>;
  readonly dataDir: string;
  asOwner(text: string, values?: unknown[]): Promise<pg.QueryResult>;
  ledger(town: Town): Promise<number>;
  close(): Promise<void>;
}

export async function startLedgerServer(): Promise<LedgerServer> {
  const dataDir = await mkdtemp(join(tmpdir(), "ah-coin-"));
  const server = await startEmbedded({
    dataDir,
    endsWithProcess: true,
    settings: { shared_buffers: "256MB" },
  });
  const address = embeddedAddress(server.connection());
  await migrate(address, migrationSets, T0);
  const client = new pg.Client(server.connection());
  client.on("error", () => {});
  await client.connect();
  let count = 0;
  return {
    server,
    address,
    dataDir,
    asOwner: (text, values = []) => client.query(text, values),
    async ledger(town) {
      const { rows } = await client.query<{ id: number }>(
        "insert into kernel.tenant (slug, name, settings, created_at) values ($1, 'Coin', '{}', $2) returning id",
        [`coin-${++count}`, new Date(T0)],
      );
      const tenantId = (rows[0] as { id: number }).id;
      await createLedger(address, { tenantId, genesis: town.genesis, now: T0 });
      return tenantId;
    },
    async close() {
      await client.end().catch(() => {});
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Clock ticks a second in /proc; 100 on every Linux that Node runs on. */
const TICKS = 100;

/** Processor seconds of the server and everything that it started; 0 where there is no /proc. */
export async function serverCpu({ server }: LedgerServer): Promise<number> {
  let ticks = 0;
  for (const name of await readdir("/proc").catch(() => [])) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, "latin1").catch(() => "");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [parent, user, system] = [fields[1], fields[11], fields[12]].map(Number);
    if (Number(name) === server.pid || parent === server.pid) ticks += (user ?? 0) + (system ?? 0);
  }
  return ticks / TICKS;
}
