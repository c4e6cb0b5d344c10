import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { type BackupPlace, type DatabaseAddress, openFiles, openPlace, readConfig } from "#kernel";
import { type World, world } from "#kernel/testing";
import { newKeyText } from "../../src/kernel/backup/key.ts";
import { backupName } from "../../src/kernel/backup/rules.ts";
import { type Taken, takeBackup } from "../../src/kernel/backup/take.ts";

/** A world with a past that is worth a backup, and a folder for backups. */
export interface BackupWorld {
  w: World;
  tenantId: number;
  channelId: number;
  folder: string;
  place: BackupPlace;
  keyText: string;
  /** Bytes of an attachment and its id. */
  file: { id: string; bytes: Buffer };
  take(signal?: AbortSignal): Promise<Taken>;
  /** Settings of a node whose data folder is the given one. */
  config(dataDir: string): ReturnType<typeof readConfig>;
  close(): Promise<void>;
}

const CUSTOMERS = 400;
let taken = 0;

export async function backupWorld(): Promise<BackupWorld> {
  const w = await world();
  const folder = await mkdtemp(join(tmpdir(), "ah-backup-"));
  const tenantId = (await w.tenant()).id;
  const channelId = await w.channel(tenantId, {
    kind: "whatsapp",
    address: "10",
    appId: "wa1",
    secret: "tulip",
  });
  await seed(w.kernel.db.address, tenantId, channelId);
  const bytes = Buffer.from("Rechnung 4711, bezahlt.\n".repeat(100_000));
  const source = (async function* () {
    yield bytes;
  })();
  const { fileId } = await openFiles(w.kernel).receive(
    { tenantId, name: "rechnung.txt", limitBytes: 10_000_000 },
    source,
  );
  const { place } = openPlace(join(folder, "place"), { now: Date.now, environment: {} });
  const keyText = newKeyText();
  return {
    w,
    tenantId,
    channelId,
    folder,
    place,
    keyText,
    file: { id: fileId, bytes },
    take: (signal) =>
      takeBackup({
        address: w.kernel.db.address,
        filesFolder: join(w.kernel.config.dataDir, "files"),
        keyText,
        version: "1.0.0-test",
        place,
        name: backupName(Date.UTC(2026, 0, ++taken)),
        keep: null,
        now: Date.now,
        ...(signal ? { signal } : {}),
      }),
    config: (dataDir) => readConfig({ dataDir, logLevel: "silent", sharedBuffersMegabytes: 32 }, {}),
    async close() {
      await w.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Customers with one message each, an answer that waits to be sent, and a webhook that waits for the pump. */
async function seed(address: DatabaseAddress, tenantId: number, channelId: number): Promise<void> {
  await asOwner(address, async (client) => {
    const at = new Date("2026-11-24T08:00:00Z");
    await client.query(
      "insert into kernel.contact (tenant_id, name, first_seen_at) select $1, 'Kundin ' || n, $2 from generate_series(1, $3::int) n",
      [tenantId, at, CUSTOMERS],
    );
    await client.query(
      `insert into kernel.conversation (tenant_id, channel_id, contact_id, reply_address, language, last_message_at, last_day, created_at)
        select tenant_id, $2, id, '49151' || id, 'de', $3::timestamptz, $3::timestamptz::date, $3 from kernel.contact where tenant_id = $1`,
      [tenantId, channelId, at],
    );
    await client.query(
      `insert into kernel.message (tenant_id, conversation_id, id, author, content, status, sent_at, received_at, processed_at)
        select tenant_id, id, gen_random_uuid(), 'customer', jsonb_build_object('type', 'text', 'text', 'Wo bleibt Paket ' || id || '? Größe "XL"'), 'received', $2, $2, $2
        from kernel.conversation where tenant_id = $1`,
      [tenantId, at],
    );
    await client.query(
      `with m as (insert into kernel.message (tenant_id, conversation_id, id, author, content, status, purpose, basis_message, sent_at, received_at, processed_at)
          select tenant_id, conversation_id, gen_random_uuid(), 'bot', '{"type":"text","text":"Heute."}', 'queued', 'service.answer', id, $2, $2, $2
          from kernel.message where tenant_id = $1 order by conversation_id limit 3 returning *)
        insert into kernel.outbox (tenant_id, id, conversation_id, contact_id, channel_id, reply_address, content, purpose, basis_kind, basis_id, basis_at, due_at)
        select m.tenant_id, m.id, m.conversation_id, c.contact_id, c.channel_id, c.reply_address, m.content, m.purpose, 'customer_message', m.basis_message::text, $2, $2
        from m join kernel.conversation c on c.tenant_id = m.tenant_id and c.id = m.conversation_id`,
      [tenantId, at],
    );
    await client.query(
      `with u as (insert into auth."user" (id, name, email, "createdAt", "updatedAt") values ('u', 'Anna', 'anna@example.org', $1, $1) returning id)
        insert into auth.session (id, "expiresAt", token, "createdAt", "updatedAt", "userId") select 's', $1, 'token', $1, $1, id from u`,
      [at],
    );
  });
}

export async function asOwner<T>(
  address: DatabaseAddress,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(address.config("owner"));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A hash of every row of every table, whatever their order on the disk. */
export async function hashTables(address: DatabaseAddress): Promise<Record<string, string>> {
  return asOwner(address, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
        where schemaname !~ '^pg_' and schemaname <> 'information_schema' and tablename !~ '^inbox_[0-9]' order by 1`,
    );
    const hashes: Record<string, string> = {};
    for (const { name } of rows) {
      const all = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
      const sorted = all.rows.map(({ row }) => row).sort();
      hashes[name] =
        `${sorted.length} ${createHash("sha256").update(sorted.join("\n")).digest("hex").slice(0, 16)}`;
    }
    return hashes;
  });
}
