import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";

const ROOT = dirname(import.meta.dirname);
const folder = mkdtempSync(join(tmpdir(), "tools-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function script(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function tool(name: string): string {
  return join(ROOT, "tools", name);
}

async function endOf(child: ChildProcess): Promise<{ code: number | null; stdout: string }> {
  let stdout = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  await once(child, "close");
  return { code: child.exitCode, stdout };
}

/** Old Nodes cannot replace themselves; they keep the program as a child. */
const WITHOUT_EXECVE = ["--import", "data:text/javascript,process.execve=undefined"];

test.each([
  ["replaces itself", []],
  ["keeps a child", WITHOUT_EXECVE],
])("a tool that %s adds nothing to stdout, passes arguments on and gives the exit code", (_, flags) => {
  const file = script(
    "args.ts",
    "console.log(process.argv.slice(2).join('|')); process.exitCode = 7 as number;",
  );
  const result = spawnSync(process.execPath, [...flags, tool("run.mjs"), file, "a b", "--json"], {
    encoding: "utf8",
  });
  expect(result.stdout).toBe("a b|--json\n");
  expect(result.status).toBe(7);
});

test.each([
  ["replaces itself", []],
  ["keeps a child", WITHOUT_EXECVE],
])("a tool that %s passes SIGTERM on", async (_, flags) => {
  const text = `process.on("SIGTERM", () => { console.log("stopped in order"); process.exit(3); });
    setInterval(() => {}, 1000); console.log("ready");`;
  const child = spawn(process.execPath, [...flags, tool("run.mjs"), script("stop.ts", text)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const end = endOf(child);
  await once(child.stdout, "data");
  child.kill("SIGTERM");
  expect(await end).toEqual({ code: 3, stdout: "ready\nstopped in order\n" });
});

test("a lock lets one process in at a time and forgets one that was killed", async () => {
  const log = join(folder, "log");
  const name = `test-${process.pid}`;
  const lock = JSON.stringify(pathToFileURL(tool("lock.mjs")).href);
  const text = `import { withLock } from ${lock}; import { appendFileSync } from "node:fs";
    withLock(${JSON.stringify(name)}, () => { appendFileSync(${JSON.stringify(log)}, "in ");
      if (process.argv[2] === "die") process.kill(process.pid, "SIGKILL");
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
      appendFileSync(${JSON.stringify(log)}, "out "); });`;
  const file = script("lock.mjs", text);
  spawnSync(process.execPath, [file, "die"]);
  expect(readFileSync(log, "utf8")).toBe("in ");
  await Promise.all([1, 2, 3].map(() => endOf(spawn(process.execPath, [file], { stdio: "inherit" }))));
  expect(readFileSync(log, "utf8")).toBe("in in out in out in out ");
});

test("the lock file names every platform's packages", () => {
  const result = spawnSync(process.execPath, [tool("complete-lock.mjs"), "--check"], { encoding: "utf8" });
  expect(result.stderr).toBe("");
  expect(result.status).toBe(0);
});
