import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Facts } from "./plan.ts";
import { readSettings, SETTINGS_PATH } from "./settings-file.ts";
import { SERVICE_USER, UNIT_PATH } from "./unit.ts";

/** What the machine has already. */

const RUN_MS = 10_000;
/** Folder of the program. */
export const PROGRAM = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");
const SNIPPETS = ["/etc/augenhoehe/Caddyfile", "/etc/augenhoehe/nginx.conf"];

export function run(file: string, args: readonly string[]): { ok: boolean; text: string } {
  const done = spawnSync(file, args, { encoding: "utf8", timeout: RUN_MS });
  return { ok: done.status === 0, text: (done.stdout ?? "").trim() };
}

/** Text of a file; null when it is not there or not ours to read. */
export function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/**
 * @param where.port the node's own port on loopback
 * @param where.dataDir as answered
 */
export async function gatherFacts(where: {
  dataDir: string;
  port: number;
  usesPorts: boolean;
}): Promise<Facts> {
  const user = userId();
  const isActive = run("systemctl", ["is-active", "augenhoehe"]).ok;
  const files: Record<string, string> = {};
  for (const path of [SETTINGS_PATH, UNIT_PATH, ...SNIPPETS]) {
    const text = textOf(path);
    if (text !== null) files[path] = text;
  }
  return {
    isRoot: process.getuid?.() === 0,
    hasSystemd: existsSync("/run/systemd/system"),
    userExists: user !== null,
    files,
    settingsMode: existsSync(SETTINGS_PATH) ? statSync(SETTINGS_PATH).mode & 0o777 : null,
    dataDir: dataFolder(where.dataDir, user),
    hasDatabase: existsSync(
      join(readSettings(files[SETTINGS_PATH] ?? "").AUGENHOEHE_DATA ?? where.dataDir, "pg"),
    ),
    closedFolder: closedAbove(join(PROGRAM, "bin")) ?? closedAbove(where.dataDir),
    arePagesBuilt: existsSync(join(PROGRAM, "dist", "web", ".stamp")),
    isEnabled: run("systemctl", ["is-enabled", "augenhoehe"]).ok,
    isActive,
    // While our own service runs, it is the one on the ports.
    taken: where.usesPorts && !isActive ? await takenPorts([80, 443]) : {},
    root: PROGRAM,
    node: process.execPath,
    port: where.port,
  };
}

function userId(): number | null {
  const { ok, text } = run("id", ["-u", SERVICE_USER]);
  return ok ? Number(text) : null;
}

function dataFolder(path: string, user: number | null): Facts["dataDir"] {
  if (!existsSync(path)) return null;
  const { uid, mode } = statSync(path);
  return { isOurs: uid === user && (mode & 0o007) === 0 };
}

/** The folder itself belongs to the service; those above must let it through. */
function closedAbove(path: string): string | null {
  const above: string[] = [];
  for (let folder = dirname(path); folder !== "/"; folder = dirname(folder)) above.unshift(folder);
  return above.find((folder) => existsSync(folder) && (statSync(folder).mode & 0o001) === 0) ?? null;
}

async function takenPorts(ports: readonly number[]): Promise<Record<number, string>> {
  const taken: Record<number, string> = {};
  for (const port of ports) if (!(await isFree(port))) taken[port] = programOn(port);
  return taken;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => done(error.code !== "EADDRINUSE"));
    server.listen({ port }, () => server.close(() => done(true)));
  });
}

/** `ss` names the program: users:(("nginx",pid=1,fd=6)). */
function programOn(port: number): string {
  const { text } = run("ss", ["-Hltnp", `sport = :${port}`]);
  return /users:\(\("([^"]+)"/.exec(text)?.[1] ?? "another program";
}
