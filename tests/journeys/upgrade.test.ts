import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { lchown, lstat, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DatabaseAddress, embeddedAddress, migrate, startEmbedded } from "#kernel";
import { stayOld } from "../../src/cli/backup/stay-old.ts";
import { namesOf } from "../../src/kernel/db/survey.ts";
import { migrationSets } from "../../src/migrations.ts";
import { type Ended, runCommand } from "../node.ts";
import { asOwner } from "./backup-world.ts";

/**
 * From an older state to this one, with a backup before, and back. Where the tests run as root, the data are another
 * user's and the key is root's, as on a machine that `setup` made: what root makes there, that user's node must be able to read.
 */

const service = serviceAccount();
let folder: string;
/** A second data folder, at the state of an earlier program. */
let older: string;
let dataDir: string;
let key: string;
let newestMigration: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ah-upgrade-"));
  older = await mkdtemp(join(tmpdir(), "ah-older-"));
  dataDir = join(folder, "data");
  key = join(folder, "key");
  const names = await namesOf(migrationSets);
  newestMigration = names.at(-1) ?? "";
  const earlier = new Set(names.slice(0, -1));
  await inDatabase(async (address) => {
    await migrate(address, migrationSets, Date.now(), { only: earlier });
    await seedWaiting(address);
  });
});
afterAll(async () => {
  for (const path of [folder, older]) await rm(path, { recursive: true, force: true });
});

async function inDatabase<T>(work: (address: DatabaseAddress) => Promise<T>, folderOf = dataDir): Promise<T> {
  const server = await startEmbedded({
    dataDir: folderOf,
    endsWithProcess: true,
    settings: { shared_buffers: "32MB" },
  });
  try {
    return await work(embeddedAddress(server.connection()));
  } finally {
    await server.stop();
  }
}

function stateAt(address: DatabaseAddress): Promise<{ isNew: boolean; slugs: string[] }> {
  return asOwner(address, async (client) => {
    const { rows } = await client.query<{ name: string }>("select name from migration.applied");
    const tenants = await client.query<{ slug: string }>("select slug from kernel.tenant order by 1");
    return {
      isNew: rows.some(({ name }) => name === newestMigration),
      slugs: tenants.rows.map(({ slug }) => slug),
    };
  });
}

async function run(...args: string[]): Promise<Ended> {
  if (service) await giveTo(service);
  const ended = await runCommand(args, {
    AUGENHOEHE_DATA: dataDir,
    SHARED_BUFFERS_MEGABYTES: "32",
    BACKUP_TO: join(folder, "place"),
  });
  if (service) expect(await namesOfOthers(service.uid)).toEqual(existsSync(key) ? [key] : []);
  return ended;
}

interface Account {
  uid: number;
  gid: number;
}

/** @returns null where the tests are no root, or the program lies where nobody else may read it */
function serviceAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const [uid, gid] = ["-u", "-g"].map((flag) => Number(spawnSync("id", [flag, "nobody"]).stdout.toString()));
  if (!(uid && gid)) return null;
  const program = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
  const canRead = spawnSync(
    "/bin/sh",
    ["-c", 'test -r "$1" && test -x "$2"', "sh", program, process.execPath],
    {
      uid,
      gid,
      cwd: "/",
    },
  );
  return canRead.status === 0 ? { uid, gid } : null;
}

/** All but the key, which stays root's own. */
async function giveTo({ uid, gid }: Account): Promise<void> {
  for (const path of await pathsBelow()) if (path !== key) await lchown(path, uid, gid);
}

async function namesOfOthers(uid: number): Promise<string[]> {
  const paths = await pathsBelow();
  const found = await Promise.all(paths.map(async (path) => ((await lstat(path)).uid === uid ? [] : [path])));
  return found.flat();
}

async function pathsBelow(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return [folder, ...entries.map((entry) => join(entry.parentPath, entry.name))];
}

test("without a key nothing is begun", async () => {
  const { code, stderr } = await run("upgrade");
  expect(code).toBe(2);
  expect(stderr).toContain("augenhoehe backup key");
  expect((await runCommand(["backup", "key", "--out", key])).code).toBe(0);
  // A key is never overwritten: older backups may need it.
  expect((await runCommand(["backup", "key", "--out", key])).code).toBe(1);
});

test("a backup, the migrations, a start on trial", async () => {
  const forward = await run("upgrade", "--key-file", key);
  expect(forward).toMatchObject({ code: 0, stdout: expect.stringContaining("upgrade --back") });
  expect((await readdir(join(folder, "place"))).filter((name) => name.endsWith(".ahb")).length).toBe(1);
  const found = await inDatabase(async (address) => {
    const upgraded = await stateAt(address);
    await asOwner(address, (client) =>
      client.query(
        "insert into kernel.tenant (slug, name, settings, created_at) values ('after', 'Nachher', '{}', $1)",
        [new Date()],
      ),
    );
    return upgraded;
  });
  expect(found).toEqual({ isNew: true, slugs: ["before"] });
});

test("a second upgrade has nothing to do, and a database of another server has another way back", async () => {
  expect(await run("upgrade", "--key-file", key)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("already"),
  });
  const elsewhere = { AUGENHOEHE_DATA: dataDir, DATABASE_URL: "postgres://127.0.0.1:1/none" };
  expect(await runCommand(["upgrade", "--back", "--key-file", key], elsewhere)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/make an empty database.*--replace/s),
  });
});

test("the way back before the node has worked: as it was, and nothing is held", async () => {
  const back = await run("upgrade", "--back", "--key-file", key);
  expect(back).toMatchObject({ code: 0, stdout: expect.stringContaining("put the program back") });
  expect(back.stdout).toContain("had not worked");
  expect(await inDatabase(stateAt)).toEqual({ isNew: false, slugs: ["before"] });
  expect(await inDatabase(lookAfter)).toMatchObject({ outbox: ["queued"], holds: 0, last: 3 });
  // Nothing is deleted: what the upgrade had made was put aside.
  expect((await readdir(dataDir)).some((name) => name.startsWith("before-restore-"))).toBe(true);
});

test("the way back after it has: what may have left is held, no number comes twice, who was erased stays it", async () => {
  // What a worker does when it takes over; it needs no event to send.
  await inDatabase((address) => asOwner(address, (client) => workOn(client)));
  const { code, stdout } = await run("upgrade", "--back", "--key-file", key);
  expect(code).toBe(0);
  expect(stdout).toContain("1 messages that waited to be sent are held");
  expect(stdout).toContain("restore --release send");
  const { persons, ...rest } = await inDatabase(lookAfter);
  expect(rest).toEqual({ outbox: ["uncertain"], holds: 1, last: 200 });
  // A room's newest tables may be missing here: then it is told, and nobody writes to that person.
  const isTold = stdout.includes("contact 1 of company 1");
  expect(persons).toEqual([
    { erased: !isTold, stopped: isTold },
    { erased: false, stopped: true },
  ]);
});

test("a program before that knows less: its counters move, and whom it alone can erase is written to by nobody", async () => {
  const names = await namesOf(migrationSets);
  const old = names.filter(
    (name) =>
      (name.startsWith("kernel/") && name <= "kernel/013_backup.sql") || name === "business/001_business.sql",
  );
  const { back, after } = await inDatabase(async (address) => {
    await migrate(address, migrationSets, Date.now(), { only: new Set(old) });
    await seedWaiting(address);
    const at = new Date().toISOString();
    const erased = [{ tenantId: 1, contactId: 1, at }];
    const takebacks = { until: at, erased, stopped: [], withdrawn: [] };
    const header = { takenAt: at, migrations: old } as Parameters<typeof stayOld>[1]["header"];
    const back = await stayOld({ address }, { header }, { worked: null, takebacks });
    return { back, after: await lookAfter(address) };
  }, older);
  expect(back).toEqual({
    fate: "held",
    held: 1,
    takenBack: { erased: 0, stopped: 0, withdrawn: 0 },
    toErase: [{ tenantId: 1, contactId: 1 }],
  });
  expect(after).toEqual({
    outbox: ["uncertain"],
    holds: 1,
    last: 200,
    persons: [
      { erased: false, stopped: true },
      { erased: false, stopped: false },
    ],
  });
});

const YEAR = new Date().getUTCFullYear();

/** Company 1 with two persons; one waits for an answer that is queued. Three quotations were made this year. */
function seedWaiting(address: DatabaseAddress): Promise<void> {
  return asOwner(address, async (client) => {
    const at = new Date(Date.now() - 3_600_000);
    await client.query(
      `with t as (insert into kernel.tenant (slug, name, settings, created_at) values ('before', 'Vorher', '{}', $1) returning id)
        insert into kernel.tenant_seq (tenant_id) select id from t`,
      [at],
    );
    await client.query(
      "insert into kernel.contact (tenant_id, name, first_seen_at) values (1, 'Anna', $1), (1, 'Ben', $1)",
      [at],
    );
    await client.query(
      "insert into kernel.channel (tenant_id, kind, address, name, created_at) values (1, 'whatsapp', '10', 'WhatsApp', $1)",
      [at],
    );
    await client.query(
      `insert into kernel.conversation (tenant_id, channel_id, contact_id, reply_address, language, last_message_at, last_day, created_at)
        values (1, 1, 2, '4915', 'de', $1, $1::timestamptz::date, $1)`,
      [at],
    );
    await client.query(
      `with q as (insert into kernel.message (tenant_id, conversation_id, id, author, content, status, sent_at, received_at, processed_at)
          values (1, 1, gen_random_uuid(), 'customer', '{"type":"text","text":"Wann?"}', 'received', $1, $1, $1) returning id),
        m as (insert into kernel.message (tenant_id, conversation_id, id, author, content, status, purpose, basis_message, sent_at, received_at, processed_at)
          select 1, 1, gen_random_uuid(), 'bot', '{"type":"text","text":"Heute."}', 'queued', 'service.answer', id, $1, $1, $1 from q returning id, basis_message)
        insert into kernel.outbox (tenant_id, id, conversation_id, contact_id, channel_id, reply_address, content, purpose, basis_kind, basis_id, basis_at, due_at)
        select 1, id, 1, 2, 1, '4915', '{"type":"text","text":"Heute."}', 'service.answer', 'customer_message', basis_message::text, $1, $1 from m`,
      [at],
    );
    await client.query(
      "insert into business.counter (tenant_id, kind, year, last) values (1, 'quotation', $1, 3)",
      [YEAR],
    );
  });
}

async function workOn(client: pg.Client): Promise<void> {
  await client.query(
    "insert into kernel.lease (name, epoch) values ('worker', 1) on conflict (name) do update set epoch = lease.epoch + 1",
  );
  await client.query("update kernel.contact set erased_at = $1 where id = 1", [new Date()]);
  await client.query("update kernel.contact set stopped_at = $1 where id = 2", [new Date()]);
}

interface After {
  outbox: string[];
  holds: number;
  last: number;
  persons: { erased: boolean; stopped: boolean }[];
}

function lookAfter(address: DatabaseAddress): Promise<After> {
  return asOwner(address, async (client) => {
    const { rows } = await client.query<Omit<After, "persons">>(
      `select array(select state from kernel.outbox) as outbox, (select count(*)::int from kernel.restore_hold) as holds,
        (select last from business.counter where kind = 'quotation' and year = $1) as last`,
      [YEAR],
    );
    const persons = await client.query<After["persons"][number]>(
      "select erased_at is not null as erased, stopped_at is not null as stopped from kernel.contact order by id",
    );
    return { ...(rows[0] as Omit<After, "persons">), persons: persons.rows };
  });
}
