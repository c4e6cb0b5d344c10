import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { embeddedAddress, migrate, startEmbedded } from "#kernel";
import { namesOf } from "../../src/kernel/db/survey.ts";
import { migrationSets } from "../../src/migrations.ts";
import { type Ended, runCommand } from "../node.ts";
import { asOwner } from "./backup-world.ts";

/** From an older state to this one, with a backup before, and back. */

let folder: string;
let dataDir: string;
let key: string;
let newestMigration: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ah-upgrade-"));
  dataDir = join(folder, "data");
  key = join(folder, "key");
  const names = await namesOf(migrationSets);
  newestMigration = names.at(-1) ?? "";
  const older = new Set(names.slice(0, -1));
  await inDatabase(async (address) => {
    await migrate(address, migrationSets, Date.now(), { only: older });
    await asOwner(address, (client) =>
      client.query(
        "insert into kernel.tenant (slug, name, settings, created_at) values ('before', 'Vorher', '{}', $1)",
        [new Date()],
      ),
    );
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function inDatabase<T>(work: (address: ReturnType<typeof embeddedAddress>) => Promise<T>): Promise<T> {
  const server = await startEmbedded({
    dataDir,
    endsWithProcess: true,
    settings: { shared_buffers: "32MB" },
  });
  try {
    return await work(embeddedAddress(server.connection()));
  } finally {
    await server.stop();
  }
}

const state = () =>
  inDatabase((address) =>
    asOwner(address, async (client) => {
      const { rows } = await client.query<{ name: string }>("select name from migration.applied");
      const tenants = await client.query<{ slug: string }>("select slug from kernel.tenant order by 1");
      return {
        isNew: rows.some(({ name }) => name === newestMigration),
        slugs: tenants.rows.map(({ slug }) => slug),
      };
    }),
  );

const run = (...args: string[]): Promise<Ended> =>
  runCommand(args, {
    AUGENHOEHE_DATA: dataDir,
    SHARED_BUFFERS_MEGABYTES: "32",
    BACKUP_TO: join(folder, "place"),
  });

test("without a key nothing is begun", async () => {
  const { code, stderr } = await run("upgrade");
  expect(code).toBe(2);
  expect(stderr).toContain("augenhoehe backup key");
  expect((await run("backup", "key", "--out", key)).code).toBe(0);
  // A key is never overwritten: older backups may need it.
  expect((await run("backup", "key", "--out", key)).code).toBe(1);
});

test("a backup, the migrations, a start on trial; and the way back", async () => {
  const forward = await run("upgrade", "--key-file", key);
  expect(forward).toMatchObject({ code: 0, stdout: expect.stringContaining("upgrade --back") });
  expect(await state()).toEqual({ isNew: true, slugs: ["before"] });
  expect((await readdir(join(folder, "place"))).filter((name) => name.endsWith(".ahb")).length).toBe(1);
  await inDatabase((address) =>
    asOwner(address, (client) =>
      client.query(
        "insert into kernel.tenant (slug, name, settings, created_at) values ('after', 'Nachher', '{}', $1)",
        [new Date()],
      ),
    ),
  );
  expect(await run("upgrade", "--key-file", key)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("already"),
  });
  const back = await run("upgrade", "--back", "--key-file", key);
  expect(back).toMatchObject({ code: 0, stdout: expect.stringContaining("put the program back") });
  expect(await state()).toEqual({ isNew: false, slugs: ["before"] });
  // Nothing is deleted: what the upgrade had made was put aside.
  expect((await readdir(dataDir)).some((name) => name.startsWith("before-restore-"))).toBe(true);
});
