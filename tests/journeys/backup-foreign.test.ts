import { readdirSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate, openPlace, type Progress, readConfig, urlAddress } from "#kernel";
import { testServer } from "#kernel/testing";
import { restoreInto } from "../../src/cli/backup/restore-into.ts";
import { newKeyText } from "../../src/kernel/backup/key.ts";
import { takeBackup } from "../../src/kernel/backup/take.ts";
import { migrationSets } from "../../src/migrations.ts";
import { asOwner, hashTables } from "./backup-world.ts";

/** On a server of somebody else our user is no superuser: row security is forced on it, too. */

const { host, port } = testServer();
const OWNER = `ah_owner_${process.pid}`;
const FROM = `ah_foreign_${process.pid}`;
const INTO = `ah_foreign_into_${process.pid}`;
const urlOf = (database: string): string =>
  `postgres://${OWNER}@${encodeURIComponent(host)}:${port}/${database}`;
const admin = new pg.Client({ host, port, user: "augenhoehe", database: "postgres" });
const keyText = newKeyText();
const FILE = "ab".repeat(16);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ah-foreign-"));
  await admin.connect();
  await admin.query(`create role ${OWNER} login createrole`);
  await admin.query(`grant ah_app, ah_node to ${OWNER} with admin option`);
  for (const name of [FROM, INTO]) await admin.query(`create database ${name} owner ${OWNER}`);
  await migrate(urlAddress(urlOf(FROM)), migrationSets, Date.now());
});
afterAll(async () => {
  for (const name of [FROM, INTO]) await admin.query(`drop database if exists ${name} with (force)`);
  await admin.query(`drop role ${OWNER}`);
  await admin.end();
  await rm(folder, { recursive: true, force: true });
});

const backup = (name: string) =>
  takeBackup({
    address: urlAddress(urlOf(FROM)),
    filesFolder: join(folder, "files"),
    keyText,
    version: "1.0.0-test",
    place: openPlace(folder, { now: Date.now, environment: {} }).place,
    name,
    keep: null,
    now: Date.now,
  });

test("an owner who is no superuser backs up and restores every company's rows", async () => {
  const address = urlAddress(urlOf(FROM));
  const seeding = new pg.Client(address.config("ah_node"));
  await seeding.connect();
  await seeding.query(
    `insert into kernel.tenant (slug, name, settings, created_at) select 'shop-' || n, 'Laden ' || n, '{}', $1 from generate_series(1, 3) n`,
    [new Date()],
  );
  await seeding.end();
  await asOwner(address, async (client) => {
    await client.query("set role ah_app");
    for (const id of [1, 2, 3]) {
      await client.query("select set_config('app.tenant', $1, false)", [String(id)]);
      await client.query(
        "insert into kernel.text_block (tenant_id, title, language, text) values ($1, 'Gruß', 'de', 'Moin')",
        [id],
      );
    }
  });
  await mkdir(join(folder, "files", "1", "ab"), { recursive: true });
  await writeFile(join(folder, "files", "1", FILE.slice(0, 2), FILE), "Rechnung");
  await asOwner(address, async (client) => {
    await client.query("set role ah_app");
    await client.query("select set_config('app.tenant', '1', false)");
    await client.query(
      "insert into kernel.file (tenant_id, id, mime, name, size, sha256, created_at) values (1, $1, 'text/plain', 'r.txt', 8, 'x', $2)",
      [FILE, new Date()],
    );
  });
  const taken = await backup("one.ahb");
  const of = (table: string) => taken.tables.find(({ name }) => name === table)?.rows;
  expect([of("kernel.tenant"), of("kernel.text_block")]).toEqual([3, 3]);
  const before = await hashTables(address);
  const dataDir = join(folder, "into");
  // A restore that breaks off in the middle of the files leaves neither rows nor files, so the next one may begin.
  const whole = await readFile(join(folder, "one.ahb"));
  const broken = Buffer.from(whole);
  broken.writeUInt8(broken.readUInt8(broken.length - 8) ^ 1, broken.length - 8);
  await writeFile(join(folder, "ill.ahb"), broken);
  const config = readConfig({ dataDir, databaseUrl: urlOf(INTO), logLevel: "silent" }, {});
  const { place } = openPlace(folder, { now: Date.now, environment: {} });
  const parts = {
    config,
    dataDir,
    source: { place, name: "one.ahb" },
    keyText,
    replaces: false,
    takebacks: null,
    report: () => {},
    signal: new AbortController().signal,
  };
  await expect(restoreInto({ ...parts, source: { place, name: "ill.ahb" } })).rejects.toMatchObject({
    code: "damaged",
  });
  expect(readdirSync(dataDir)).toEqual([]);
  // Until it is whole, no node begins with it: not on rows without their hold, nor without the attachments.
  const begun: Promise<unknown>[] = [];
  const report = (progress: Progress): void => {
    if (progress.step !== "checks") return;
    const start = migrate(urlAddress(urlOf(INTO)), migrationSets, Date.now());
    begun.push(start.catch((error: Error) => error.message));
  };
  const restored = await restoreInto({ ...parts, report });
  expect(await Promise.all(begun)).toEqual([expect.stringContaining("not whole")]);
  expect(await migrate(urlAddress(urlOf(INTO)), migrationSets, Date.now())).toEqual([]);
  expect(restored.checks.filter(({ level }) => level !== "ok")).toEqual([]);
  const after = await hashTables(urlAddress(urlOf(INTO)));
  expect(Object.keys(before).filter((table) => before[table] !== after[table])).toEqual([
    "business.counter",
    "kernel.backup_run",
    "kernel.restore_hold",
    "pay.counter",
  ]);
  expect(readdirSync(dataDir)).toEqual(["files"]);
  // The database holds an installation now.
  await expect(restoreInto(parts)).rejects.toMatchObject({ code: "not-empty" });
});

test("rows that row security hides from the owner are never left out in silence", async () => {
  await asOwner(urlAddress(urlOf(FROM)), (client) =>
    client.query("drop policy owner_reads on kernel.text_block"),
  );
  await expect(backup("two.ahb")).rejects.toThrow("kernel.text_block");
  await migrate(urlAddress(urlOf(FROM)), migrationSets, Date.now());
  expect((await backup("two.ahb")).rows).toBeGreaterThan(0);
});
