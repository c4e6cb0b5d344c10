import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { lchown, lstat, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DatabaseAddress, embeddedAddress, migrate, startEmbedded } from "#kernel";
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

async function inDatabase<T>(work: (address: DatabaseAddress) => Promise<T>): Promise<T> {
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

test("the way back", async () => {
  const back = await run("upgrade", "--back", "--key-file", key);
  expect(back).toMatchObject({ code: 0, stdout: expect.stringContaining("put the program back") });
  expect(await inDatabase(stateAt)).toEqual({ isNew: false, slugs: ["before"] });
  // Nothing is deleted: what the upgrade had made was put aside.
  expect((await readdir(dataDir)).some((name) => name.startsWith("before-restore-"))).toBe(true);
});
