import type { RawBuilder } from "kysely";
import { sql } from "kysely";
import pg from "pg";
import pino from "pino";
import {
  createKernel,
  type DatabaseAddress,
  embeddedAddress,
  grantConsent,
  localDate,
  migrate,
  openDatabase,
  openRegistry,
  openWire,
  readConfig,
} from "#kernel";
import { startEmbedded } from "../../../src/kernel/db/embedded.ts";
import { testSettings } from "../../../src/kernel/testing/world.ts";
import { migrationSets } from "../../../src/migrations.ts";
import type { Fact } from "../../../src/skills/advocate/api.ts";
import { runRound } from "../../../src/skills/advocate/jobs.ts";
import { putFacts } from "../../../src/skills/advocate/store/facts.ts";
import { PURPOSE } from "../../../src/skills/advocate/store/round.ts";
import type { AdvocateTables } from "../../../src/skills/advocate/tables.ts";
import type { PlainContract } from "../../outside/contract-calendar.ts";

/** A kernel on a PostgreSQL of its own whose clock is set by hand: no real node can live through a year in minutes. */
export interface AdvocateNode {
  setTime(ms: number): void;
  /** Contract n is C-n, of a customer of its own who agreed to be warned. */
  seed(rows: readonly PlainContract[], atOnce: number): Promise<void>;
  /** Everything that is due at this time. */
  round(): Promise<void>;
  read<T>(query: RawBuilder<T>): Promise<{ rows: T[] }>;
  close(): Promise<void>;
}

const CHANNEL = "telegram";

export async function openAdvocateNode(dataDir: string, startMs: number): Promise<AdvocateNode> {
  let now = startMs;
  const settings = { shared_buffers: "512MB", max_wal_size: "4GB" };
  const server = await startEmbedded({ dataDir, endsWithProcess: true, settings });
  const address = embeddedAddress(server.connection());
  await migrate(address, migrationSets, startMs);
  const log = pino({ level: "silent" });
  const db = openDatabase(address);
  const wire = openWire(address, log);
  const registry = await openRegistry(db, wire, log);
  const config = readConfig({ dataDir }, {});
  const kernel = createKernel({ config, db, clock: { now: () => now }, log, wire, registry, adapters: [] });
  const tenantId = await company(db, startMs);
  await registry.reload();
  const channelId = await channel(db, tenantId, startMs);
  return {
    setTime(ms) {
      now = ms;
    },
    async seed(rows, atOnce) {
      for (let at = 0; at < rows.length; at += atOnce)
        await seedSome(db, { tenantId, channelId, now, first: at, rows: rows.slice(at, at + atOnce) });
      await analyse(address);
    },
    async round() {
      const due = sql<{
        due: boolean;
      }>`select exists (select from advocate.fact where next_on <= ${localDate(now, "Europe/Berlin")}) as due`;
      // A round stops after some pages and puts itself on again; here nobody runs its timer.
      do await runRound(kernel, tenantId, null);
      while ((await db.tenant(tenantId, (tx) => due.execute(tx))).rows[0]?.due);
    },
    read: (query) => db.tenant(tenantId, (tx) => query.execute(tx)),
    async close() {
      registry.close();
      await wire.close();
      await db.close();
      await server.stop();
    },
  };
}

/** What a database of some days knows of its tables already. */
async function analyse(address: DatabaseAddress): Promise<void> {
  const owner = new pg.Client(address.config("owner"));
  await owner.connect();
  await owner.query("analyze");
  await owner.end();
}

type Db = ReturnType<typeof openDatabase>;

async function company(db: Db, startMs: number): Promise<number> {
  const { rows } = await db.node.query<{ id: number }>(
    "insert into kernel.tenant (slug, name, settings, created_at) values ('contracts', 'Contracts', $1, $2) returning id",
    [JSON.stringify(testSettings), new Date(startMs)],
  );
  const id = rows[0]?.id ?? 0;
  await db.node.query("insert into kernel.tenant_seq (tenant_id) values ($1)", [id]);
  return id;
}

async function channel(db: Db, tenantId: number, startMs: number): Promise<number> {
  await db.node.query(
    "insert into kernel.provider_app (id, kind, secret, verify_token, created_at) values ('bench', $1, 'secret', 'verify', $2)",
    [CHANNEL, new Date(startMs)],
  );
  const { rows } = await db.node.query<{ id: number }>(
    `insert into kernel.channel (tenant_id, kind, app_id, address, name, api_base, token, settings, created_at)
      values ($1, $2, 'bench', 'bench', 'Bench', '', 'token', '{}', $3) returning id`,
    [tenantId, CHANNEL, new Date(startMs)],
  );
  return rows[0]?.id ?? 0;
}

async function seedSome(
  db: Db,
  some: { tenantId: number; channelId: number; now: number; first: number; rows: readonly PlainContract[] },
): Promise<void> {
  const { tenantId, channelId, now, first, rows } = some;
  const at = new Date(now);
  await db.tenant<void, AdvocateTables>(tenantId, async (tx) => {
    const { rows: made } = await sql<{ id: number }>`
      insert into kernel.contact (tenant_id, name, first_seen_at) select ${tenantId}, 'K' || n, ${at}
      from generate_series(1, ${rows.length}::int) n returning id`.execute(tx);
    const ids = made.map(({ id }) => id);
    await sql`insert into kernel.identity (tenant_id, kind, value, contact_id, first_seen_at, last_seen_at)
      select ${tenantId}, ${CHANNEL}, 't' || id, id, ${at}, ${at} from unnest(${ids}::bigint[]) id`.execute(
      tx,
    );
    const facts = rows.map((row, n) => ({
      reference: `C${first + n}`,
      contactId: ids[n] ?? 0,
      title: `Vertrag ${first + n}`,
      fact: factOf(row),
    }));
    const today = localDate(now, "Europe/Berlin");
    await putFacts(tx, { tenantId, kind: "contract", facts, came: "api", today, now });
    const words = {
      language: "de" as const,
      text: "Ja, bitte warnen.",
      how: "import" as const,
      expiresAt: null,
    };
    const grants = ids.map((contactId, n) => ({
      contactId,
      channelId,
      purpose: PURPOSE,
      topic: "contract_end",
      evidence: { row: first + n },
      ...words,
    }));
    await grantConsent(tx, { tenantId, grants, now });
  });
}

function factOf({ start, minimumMonths, noticePeriod, renewalMonths, postTermNotice }: PlainContract): Fact {
  return {
    kind: "contract",
    start,
    minimumMonths,
    noticePeriod,
    renewalMonths: renewalMonths === "indefinite" ? "indefinite" : Number(renewalMonths),
    postTermNotice,
    cancelled: null,
    monthlyCents: 2_500,
    tariff: null,
  };
}
