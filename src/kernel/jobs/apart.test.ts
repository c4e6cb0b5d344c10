import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test, vi } from "vitest";
import { ApartError, workApart } from "./apart.ts";

const file = join(tmpdir(), `apart-${process.pid}.mjs`);
writeFileSync(
  file,
  `import { renameSync, writeFileSync } from "node:fs";
   import { getPriority } from "node:os";
   const works = {
     double: ({ numbers }) => numbers.map((n) => 2 * n),
     refuse: () => { throw new RangeError("too much of it"); },
     crash: () => process.kill(process.pid, "SIGSEGV"),
     hang: () => { for (;;) ; },
     hangTold: ({ file }) => { writeFileSync(file + ".part", String(process.pid)); renameSync(file + ".part", file); for (;;) ; },
     look: () => ({ priority: getPriority(), environment: Object.keys(process.env) }),
   };
   export const work = (order) => works[order.what](order);`,
);
afterAll(() => rmSync(file));

const apart = <Result>(order: object, signal?: AbortSignal, timeLimit_ms = 30_000) =>
  workApart<Result>(pathToFileURL(file), order, { timeLimit_ms, maxHeap_mb: 64, signal });

test("typed arrays go there and come back", async () => {
  const doubled = await apart({ what: "double", numbers: new Float32Array([1, 2.5]) });
  expect(doubled).toEqual(new Float32Array([2, 5]));
});

test("what the work throws is thrown here, of the same kind", async () => {
  const refused = apart({ what: "refuse" });
  await expect(refused).rejects.toThrow(RangeError);
  await expect(refused).rejects.toThrow("too much of it");
});

test("a crash there is an error here", async () => {
  await expect(apart({ what: "crash" })).rejects.toMatchObject({ reason: "crashed" });
  await expect(
    workApart(new URL("file:///nowhere.mjs"), {}, { timeLimit_ms: 30_000, maxHeap_mb: 64 }),
  ).rejects.toThrow();
});

test("work without an end is ended: by its limit, and by whoever ordered it", async () => {
  await expect(apart({ what: "hang" }, undefined, 500)).rejects.toMatchObject({ reason: "tookTooLong" });
  const controller = new AbortController();
  const running = apart({ what: "hang" }, controller.signal);
  setTimeout(() => controller.abort(), 200);
  await expect(running).rejects.toThrow(ApartError);
  await expect(apart({ what: "hang" }, AbortSignal.abort())).rejects.toMatchObject({ reason: "cancelled" });
});

test("it gives way to customers, and has none of the node's secrets", async () => {
  const seen = await apart<{ priority: number; environment: string[] }>({ what: "look" });
  expect(seen.priority).toBeGreaterThan(0);
  expect(
    seen.environment.filter((name) => name !== "NODE_CHANNEL_FD" && !name.startsWith("NODE_CHANNEL")),
  ).toEqual([]);
});

/** Resolves with the process' id once the work is under way. */
async function pidIn(path: string): Promise<number> {
  await vi.waitUntil(() => existsSync(path), { timeout: 30_000, interval: 50 });
  return Number(readFileSync(path, "utf8"));
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test("work without an end does not outlive the node that was killed", async () => {
  const told = join(tmpdir(), `apart-${process.pid}.orphan`);
  const orderer = `import { workApart } from ${JSON.stringify(new URL("./apart.ts", import.meta.url).href)};
    await workApart(new URL(${JSON.stringify(pathToFileURL(file).href)}), { what: "hangTold", file: ${JSON.stringify(told)} }, { timeLimit_ms: 600_000, maxHeap_mb: 64 });`;
  const node = spawn(process.execPath, ["--input-type=module", "--eval", orderer], { stdio: "ignore" });
  try {
    const pid = await pidIn(told);
    expect(isAlive(pid)).toBe(true);
    node.kill("SIGKILL");
    await vi.waitUntil(() => !isAlive(pid), { timeout: 30_000, interval: 50 });
  } finally {
    node.kill("SIGKILL");
    rmSync(told, { force: true });
  }
}, 90_000);

test("a process that nobody ends ends itself when its time is over", async () => {
  const child = fork(new URL("./apart-process.ts", import.meta.url), [], {
    execArgv: ["--disable-warning=ExperimentalWarning"],
    env: {},
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = once(child, "exit");
  child.send({ module: pathToFileURL(file).href, order: { what: "hang" }, timeLimit_ms: 300 });
  expect((await ended)[1]).toBe("SIGKILL");
}, 60_000);
