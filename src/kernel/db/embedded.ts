import { mkdirSync, realpathSync } from "node:fs";
import { rmdir } from "node:fs/promises";
import pg from "pg";
import { chooseAccount, chooseLauncher } from "./embedded/account.ts";
import { findBinaries } from "./embedded/binaries.ts";
import {
  clusterFolder,
  DATABASE,
  freshClusterFolder,
  isClusterMade,
  makeCluster,
  SUPERUSER,
} from "./embedded/cluster.ts";
import { claimFolder } from "./embedded/folder-claim.ts";
import { isAlive, ping, readPostmaster, signal, waitForEnd } from "./embedded/postmaster.ts";
import { adoptServer, type RunningServer, startServer } from "./embedded/server.ts";
import { type Settings, SOCKET_PORT } from "./embedded/settings.ts";
import { makeSocketDir } from "./embedded/socket-dir.ts";
import { endWithThisProcess } from "./embedded/watchdog.ts";

export { EmbeddedPostgresError } from "./embedded/error.ts";

export interface EmbeddedOptions {
  /** Folder of the installation; the cluster goes to `pg` inside it, the server's log to `postgres.log`. */
  readonly dataDir: string;
  /** Told one sentence for each long step. */
  readonly log?: (sentence: string) => void;
  /** PostgreSQL settings on top of ours, e.g. `{ shared_buffers: "1GB" }`. */
  readonly settings?: Settings;
  /** Ends the server at once when this process is killed, instead of leaving it to be adopted; for tests. */
  readonly endsWithProcess?: boolean;
}

/** What `pg` needs to connect; `host` is the folder of the Unix socket. */
export interface SocketConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

/** The way to a running embedded server. */
export interface EmbeddedAddress {
  readonly pid: number;
  /** Connection string for `pg`; any role may sign in without a password, the socket's folder is private. */
  url(user?: string, database?: string): string;
  /** The same as a `pg` configuration. */
  connection(user?: string, database?: string): SocketConnection;
}

export interface EmbeddedPostgres extends EmbeddedAddress {
  /** True when an earlier node was killed and its server lived on. */
  readonly adopted: boolean;
  /** Called once when the server ends without `stop()`, with the reason; start again from there. */
  onExit(callback: (reason: string) => void): void;
  /** Ends the server with a checkpoint, after at most 10 s; does nothing the second time. */
  stop(): Promise<void>;
}

/** A fast shutdown writes a checkpoint; beyond this the next start recovers from the log instead. */
const STOP_LIMIT_MS = 8_000;
const QUIT_LIMIT_MS = 2_000;
const ADOPTED_POLL_MS = 200;

/**
 * Runs PostgreSQL 18 from the npm packages in a data folder: makes the cluster the first time, continues it the next
 * time, adopts a server that a killed node left behind. It listens on a private Unix socket only.
 * @throws EmbeddedPostgresError with one sentence that says what to do
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  mkdirSync(options.dataDir, { recursive: true });
  const dataDir = realpathSync(options.dataDir);
  const giveBack = claimFolder(dataDir);
  try {
    const running = (await adoptServer(clusterFolder(dataDir))) ?? (await startFresh(dataDir, options));
    await ensureDatabase(running.socketDir);
    const callOff = options.endsWithProcess ? endWithThisProcess(running.pid) : undefined;
    return supervise(running, () => {
      callOff?.();
      giveBack();
    });
  } catch (error) {
    giveBack();
    throw error;
  }
}

/**
 * The server that a running node has started in the folder, for a second program (an import, a report) that must
 * not stop it; undefined when none answers.
 */
export async function findEmbedded(options: {
  readonly dataDir: string;
}): Promise<EmbeddedAddress | undefined> {
  try {
    const found = readPostmaster(clusterFolder(realpathSync(options.dataDir)));
    return found && (await ping(found.socketDir)) === "up" ? address(found.pid, found.socketDir) : undefined;
  } catch {
    return undefined; // no such folder, or closed to this user
  }
}

async function startFresh(dataDir: string, { log, settings }: EmbeddedOptions): Promise<RunningServer> {
  const clusterDir = clusterFolder(dataDir);
  const binaries = findBinaries(`${dataDir}/pg-lib`);
  const account = chooseAccount(clusterDir);
  const socketDir = makeSocketDir(dataDir, account);
  const isMade = isClusterMade(dataDir);
  const folder = isMade ? clusterDir : freshClusterFolder(dataDir, account);
  const launcher = chooseLauncher(account, [binaries.initdb, binaries.postgres], [folder, socketDir]);
  if (!isMade) {
    log?.("Making the database in the data folder (once).");
    await makeCluster(dataDir, folder, { binaries, launcher });
  }
  log?.("Starting PostgreSQL.");
  return startServer({ dataDir, clusterDir, socketDir, binaries, launcher, settings });
}

/** A start that was killed after initdb left a cluster without our database, so every start looks. */
async function ensureDatabase(socketDir: string): Promise<void> {
  const client = new pg.Client(socketConnection(socketDir, SUPERUSER, "postgres"));
  await client.connect();
  try {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [DATABASE]);
    if (!rowCount) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

function supervise(running: RunningServer, giveBack: () => void): EmbeddedPostgres {
  const callbacks: ((reason: string) => void)[] = [];
  let ended: string | undefined;
  let stopping: Promise<void> | undefined;
  whenGone(running, (reason) => {
    ended = reason;
    if (!stopping) for (const callback of callbacks) callback(reason);
  });
  return {
    ...address(running.pid, running.socketDir),
    adopted: running.child === undefined,
    onExit(callback) {
      callbacks.push(callback);
      if (ended !== undefined && !stopping) callback(ended);
    },
    stop() {
      stopping ??= endServer(running).finally(giveBack);
      return stopping;
    },
  };
}

function whenGone({ child, pid }: RunningServer, callback: (reason: string) => void): void {
  if (child) {
    const report = () => callback(`PostgreSQL ended (${child.signalCode ?? `exit code ${child.exitCode}`}).`);
    // It may have ended between its first answer and this line.
    if (child.exitCode !== null || child.signalCode !== null) report();
    else child.once("exit", report);
    return;
  }
  const timer = setInterval(() => {
    if (isAlive(pid)) return;
    clearInterval(timer);
    callback("The adopted PostgreSQL ended.");
  }, ADOPTED_POLL_MS);
  timer.unref();
}

async function endServer({ pid, socketDir }: RunningServer): Promise<void> {
  signal(pid, "SIGINT");
  if (!(await waitForEnd(pid, STOP_LIMIT_MS))) {
    signal(pid, "SIGQUIT");
    await waitForEnd(pid, QUIT_LIMIT_MS);
  }
  // The server took its socket away; a folder that still holds something is left alone.
  await rmdir(socketDir).catch(() => {});
}

function address(pid: number, socketDir: string): EmbeddedAddress {
  return {
    pid,
    url: (user = SUPERUSER, database = DATABASE) =>
      `postgres://${encodeURIComponent(user)}@${encodeURIComponent(socketDir)}:${SOCKET_PORT}/${encodeURIComponent(database)}`,
    connection: (user = SUPERUSER, database = DATABASE) => socketConnection(socketDir, user, database),
  };
}

function socketConnection(socketDir: string, user: string, database: string): SocketConnection {
  return { host: socketDir, port: SOCKET_PORT, user, database };
}
