import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { embeddedAddress, startEmbedded } from "#kernel";
import { drill } from "../../src/cli/backup/drill.ts";
import { restoreInto } from "../../src/cli/backup/restore-into.ts";
import { BACKUP_LOCK } from "../../src/kernel/backup/dump.ts";
import { readBackupState } from "../../src/kernel/backup/runs.ts";
import { asOwner, type BackupWorld, backupWorld, hashTables } from "./backup-world.ts";

/** A backup of a node that works, what can be wrong with it, and the way back. */

let b: BackupWorld;
let quiet: string;

beforeAll(async () => {
  b = await backupWorld();
});
afterAll(() => b.close());

const report = (): void => {};
const signal = new AbortController().signal;
const source = (name: string) => ({ place: b.place, name });
const pathOf = (name: string): string => join(b.folder, "place", name);

function restore(name: string, more: { into?: string; keyText?: string; replaces?: boolean } = {}) {
  const dataDir = join(b.folder, more.into ?? "restored");
  return restoreInto({
    config: b.config(dataDir),
    dataDir,
    source: source(name),
    keyText: more.keyText ?? b.keyText,
    replaces: more.replaces ?? false,
    takebacks: null,
    report,
    signal,
  });
}

/** Webhooks come in, and persons with them, until told to stop. */
function busyNode(): { stop(): Promise<number> } {
  const { db } = b.w.kernel;
  let isStopped = false;
  let count = 0;
  const run = (async () => {
    while (!isStopped) {
      await b.w.ingest.enqueue({
        appId: "wa1",
        channelId: b.channelId,
        tenantId: b.tenantId,
        body: Buffer.from(`{"n":${count}}`),
      });
      await db.node.query(
        `with c as (insert into kernel.contact (tenant_id, name, first_seen_at) values ($1, 'Neu', $2) returning id)
          insert into kernel.identity (tenant_id, kind, value, contact_id, first_seen_at, last_seen_at) select $1, 'phone', '+49' || id, id, $2, $2 from c`,
        [b.tenantId, new Date(b.w.clock.now())],
      );
      count += 1;
    }
  })();
  return {
    async stop() {
      isStopped = true;
      await run;
      return count;
    },
  };
}

describe("a backup while the node works", () => {
  test("shows one moment in every table, and a drill proves it", async () => {
    const node = busyNode();
    const taken = await b.take();
    expect(await node.stop()).toBeGreaterThan(0);
    const { name } = taken;
    const of = (table: string): number => taken.tables.find((one) => one.name === table)?.rows ?? -1;
    expect(of("kernel.inbox")).toBe(of("kernel.inbox_queue"));
    expect(of("kernel.contact") - 400).toBe(of("kernel.identity"));
    expect(taken.files).toEqual({ count: 1, bytes: b.file.bytes.length, missing: 0, changed: 0 });
    const config = { ...b.config(join(b.folder, "drill")) };
    const drilled = await drill({ config, source: source(name), keyText: b.keyText, report, signal });
    expect(drilled.checks.filter(({ level }) => level !== "ok")).toEqual([]);
    expect(drilled.isGood).toBe(true);
    expect(readdirSync(join(b.folder, "drill"))).toEqual([]);
    expect(readdirSync(join(b.folder, "place")).filter((one) => one.endsWith(".part"))).toEqual([]);
    const state = await readBackupState(b.w.kernel.db.node);
    expect(state.lastBackup).toMatchObject({ isGood: true, note: pathOf(name) });
    expect(state.failedBackup).toBeNull();
  });

  test("one at a time: the other says so and leaves nothing behind", async () => {
    await asOwner(b.w.kernel.db.address, async (client) => {
      await client.query("select pg_advisory_lock($1)", [BACKUP_LOCK]);
      await expect(b.take()).rejects.toMatchObject({ code: "busy" });
    });
    expect(readdirSync(join(b.folder, "place")).filter((one) => one.endsWith(".part"))).toEqual([]);
  });

  test("broken off, it leaves nothing behind and says so", async () => {
    const controller = new AbortController();
    const taking = b.take(controller.signal);
    controller.abort();
    await expect(taking).rejects.toMatchObject({ code: "refused" });
    expect(readdirSync(join(b.folder, "place")).filter((one) => one.endsWith(".part"))).toEqual([]);
    expect((await readBackupState(b.w.kernel.db.node)).failedBackup?.note).toContain("broken off");
  });
});

describe("a restore", () => {
  test("brings back every row and file, and holds what may have been sent since", async () => {
    const taken = await b.take();
    quiet = taken.name;
    const before = await hashTables(b.w.kernel.db.address);
    const restored = await restore(quiet);
    expect(restored.held).toBe(3);
    expect(restored.checks.filter(({ level }) => level !== "ok")).toEqual([]);
    const dataDir = join(b.folder, "restored");
    expect(readdirSync(dataDir).sort()).toEqual(["files", "pg"]);
    const path = join(dataDir, "files", String(b.tenantId), b.file.id.slice(0, 2), b.file.id);
    expect(readFileSync(path).equals(b.file.bytes)).toBe(true);
    const server = await startEmbedded({
      dataDir,
      endsWithProcess: true,
      settings: { shared_buffers: "32MB" },
    });
    try {
      const address = embeddedAddress(server.connection());
      const after = await hashTables(address);
      const differing = Object.keys(before).filter((table) => before[table] !== after[table]);
      // Sessions are not kept; the rest is what holding wrote.
      expect(differing.sort()).toEqual(
        [
          "auth.session",
          "business.counter",
          "kernel.event",
          "kernel.message",
          "kernel.outbox",
          "kernel.restore_hold",
          "kernel.tenant_seq",
          "pay.counter",
        ]
          .concat("kernel.backup_run")
          .sort(),
      );
      await asOwner(address, async (client) => {
        const { rows } = await client.query(
          `select (select count(*)::int from kernel.outbox where state = 'uncertain') as held,
            (select count(*)::int from kernel.message where status = 'uncertain') as doubtful,
            (select count(*)::int from kernel.inbox_queue q join kernel.inbox i using (id)) as waiting,
            (select secret from kernel.provider_app where id = 'wa1') as secret,
            (select nextval(pg_get_serial_sequence('kernel.contact', 'id')) > max(id) + 1000 from kernel.contact) as apart`,
        );
        const [waiting] = (
          await b.w.kernel.db.node.query("select count(*)::int as n from kernel.inbox_queue")
        ).rows;
        expect(rows[0]).toEqual({ held: 3, doubtful: 3, waiting: waiting.n, secret: "tulip", apart: true });
      });
    } finally {
      await server.stop();
    }
  });

  test("refuses a folder that holds data, and a running node's, and changes nothing", async () => {
    await expect(restore(quiet)).rejects.toMatchObject({ code: "not-empty" });
    const dataDir = join(b.folder, "restored");
    const server = await startEmbedded({
      dataDir,
      endsWithProcess: true,
      settings: { shared_buffers: "32MB" },
    });
    try {
      await expect(restore(quiet, { replaces: true })).rejects.toMatchObject({ code: "running" });
    } finally {
      await server.stop();
    }
  });

  test("with --replace the former data are put aside", async () => {
    const { aside } = await restore(quiet, { replaces: true });
    expect(readdirSync(aside ?? "").sort()).toEqual(["files", "pg"]);
    expect(existsSync(join(b.folder, "restored", "pg", "PG_VERSION"))).toBe(true);
  });

  test.each([
    ["a wrong key", () => quiet, { keyText: "another key than the one" }, "wrong-key"],
    [
      "a file in the middle of which a bit changed",
      damage((file) => file.writeUInt8(file.readUInt8(file.length >> 1) ^ 4, file.length >> 1)),
      {},
      "damaged",
    ],
    ["a file that is none of ours", foreign, {}, "no-backup"],
    ["no file", () => "augenhoehe-20200101T000000Z.ahb", {}, "no-backup"],
  ])("of %s ends with a sentence and nothing half done", async (_, make, more, code) => {
    await expect(restore(make(), { into: "ill", ...more })).rejects.toMatchObject({ code });
    expect(readdirSync(join(b.folder, "ill"))).toEqual([]);
  });
});

function damage(change: (file: Buffer) => void): () => string {
  return () => {
    const file = readFileSync(pathOf(quiet));
    change(file);
    return put(file);
  };
}

function foreign(): string {
  return put(Buffer.from("PK no backup at all".repeat(1000)));
}

function put(file: Buffer): string {
  writeFileSync(pathOf("ill.ahb"), file);
  return "ill.ahb";
}
