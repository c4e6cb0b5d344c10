import { spawn } from "node:child_process";
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Account, Launcher } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { EmbeddedPostgresError } from "./error.ts";

/** The superuser of the cluster and the name of the database that is ours. */
export const SUPERUSER = "augenhoehe";
export const DATABASE = "augenhoehe";

const MAJOR_VERSION = "18";

/** Where the cluster lives inside a data folder. */
export function clusterFolder(dataDir: string): string {
  return join(dataDir, "pg");
}

const UNFINISHED = "pg.tmp-";

/** @throws EmbeddedPostgresError `version` when another major version wrote the data */
export function isClusterMade(dataDir: string): boolean {
  const file = join(clusterFolder(dataDir), "PG_VERSION");
  if (!existsSync(file)) return false;
  const version = readFileSync(file, "utf8").trim();
  if (version === MAJOR_VERSION) return true;
  throw new EmbeddedPostgresError(
    "version",
    `The data in ${dataDir} were written by PostgreSQL ${version}, this is ${MAJOR_VERSION}: dump them with the old version and load them into a new folder.`,
  );
}

/**
 * Makes an empty folder for initdb, owned by the account; only a finished cluster gets its real name. What an
 * interrupted start left is thrown away, as far as its initdb, which may still run, lets go of it.
 */
export function freshClusterFolder(dataDir: string, account: Account): string {
  for (const name of readdirSync(dataDir).filter((one) => one.startsWith(UNFINISHED))) {
    try {
      rmSync(join(dataDir, name), { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    } catch {
      // The next first start tries again.
    }
  }
  const folder = mkdtempSync(join(dataDir, UNFINISHED));
  if (!account.own) chownSync(folder, account.uid, account.gid);
  return folder;
}

/**
 * Runs initdb in a fresh folder and gives the cluster its name.
 * The locale is PostgreSQL's own C.UTF-8: the order of text is the same on every machine and after every update of
 * the system's libraries; a query that shows names to people asks for a language with COLLATE.
 * @throws EmbeddedPostgresError `initdb`
 */
export async function makeCluster(
  dataDir: string,
  folder: string,
  { binaries, launcher }: { readonly binaries: Binaries; readonly launcher: Launcher },
): Promise<void> {
  const command = launcher(binaries.initdb, [
    ...["--pgdata", folder, "--username", SUPERUSER, "--auth", "trust", "--encoding", "UTF8"],
    ...["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C"],
    ...["--text-search-config", "simple", "--data-checksums", "--no-instructions"],
  ]);
  const output = await run(command, binaries.environment);
  if (output.code !== 0) {
    throw new EmbeddedPostgresError(
      "initdb",
      `PostgreSQL's data folder could not be made in ${dataDir}: ${tellingLine(output.text)}`,
    );
  }
  // Nothing listens on TCP; say so twice.
  writeFileSync(join(folder, "pg_hba.conf"), "# The socket's folder is private.\nlocal all all trust\n");
  renameSync(folder, clusterFolder(dataDir));
}

/** The environment of the server's programs: nothing of ours leaks in, PG* variables least of all. */
export function serverEnvironment(extra: Readonly<Record<string, string>>): Record<string, string> {
  return { PATH: process.env.PATH ?? "/usr/bin:/bin", LC_ALL: "C", ...extra };
}

/** The line of a program's output that says what went wrong: its last error, else its last line. */
export function tellingLine(text: string): string {
  const lines = text.trim().split("\n");
  const error = lines.findLast((line) => /error:|FATAL:|PANIC:/.test(line));
  return (error ?? lines.at(-1))?.trim() || "no reason was given";
}

function run(command: ReturnType<Launcher>, environment: Readonly<Record<string, string>>) {
  const { file, args, uid, gid } = command;
  return new Promise<{ code: number | null; text: string }>((resolve, reject) => {
    const child = spawn(file, args, { uid, gid, cwd: "/", env: serverEnvironment(environment) });
    let text = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, text }));
  });
}
