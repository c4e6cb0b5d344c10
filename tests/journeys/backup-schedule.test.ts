import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newKeyText } from "../../src/kernel/backup/key.ts";
import { type RunningNode, runCommand, startNode } from "../node.ts";

/** The node makes its backups itself, and says how old they are. */

let folder: string;
let node: RunningNode;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ah-schedule-"));
  await writeFile(join(folder, "key"), newKeyText(), { mode: 0o600 });
  node = await startNode({
    args: ["--no-demo"],
    env: {
      BACKUP_TO: join(folder, "place"),
      BACKUP_KEY_FILE: join(folder, "key"),
      SHARED_BUFFERS_MEGABYTES: "32",
      AUGENHOEHE_PROCESSES: "1",
    },
  });
});
afterAll(async () => {
  await node?.discard();
  await rm(folder, { recursive: true, force: true });
});

test("the first backup comes with the first start, and a list of what persons took back beside it", async () => {
  const health = async () =>
    (await (await fetch(node.report.health)).json()) as { backup: { ageSeconds: number | null } };
  await expect.poll(async () => (await health()).backup.ageSeconds, { timeout: 90_000 }).not.toBeNull();
  const names = (await readdir(join(folder, "place"))).sort();
  expect(names).toEqual([
    expect.stringMatching(/^augenhoehe-\d{8}T\d{6}Z\.ahb$/),
    "augenhoehe-takebacks.json",
  ]);
  const list = JSON.parse(await readFile(join(folder, "place", "augenhoehe-takebacks.json"), "utf8"));
  expect(list).toMatchObject({ erased: [], stopped: [], withdrawn: [] });
  const metrics = await (await fetch(node.report.health.replace("/health", "/metrics"))).text();
  expect(metrics).toMatch(/^ah_backup_age_seconds \d+$/m);
  expect(metrics).toMatch(/^ah_backup_failing 0$/m);
});

test("whoever restores into the running node's folder is told to stop it", async () => {
  const { code, stderr } = await runCommand(
    [
      "restore",
      join(folder, "place"),
      "--data",
      node.dataDir,
      "--key-file",
      join(folder, "key"),
      "--replace",
    ],
    {},
  );
  expect(code).toBe(1);
  expect(stderr).toContain("stop it first");
});
