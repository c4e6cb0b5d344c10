import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { BackupFault, type Config, type DatabaseAddress, embeddedAddress, startEmbedded } from "#kernel";
import { isAlive } from "../../kernel/db/embedded/postmaster.ts";

/** A PostgreSQL of its own in a folder beside the data, for a restore that is not finished or a drill. */

/**
 * Nobody's messages depend on it before it is whole, so nothing is synced on the way; `syncTree` does it once at the
 * end. With the smallest log, tables that were made in the same transaction are not logged at all.
 */
const SETTINGS = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  autovacuum: "off",
  max_wal_size: "4GB",
  checkpoint_timeout: "1h",
  "pg_prewarm.autoprewarm": "off",
};

export interface Scratch {
  folder: string;
  address: DatabaseAddress;
  /** Ends the server with everything on its disk. */
  stop(): Promise<void>;
}

interface Place {
  dataDir: string;
  /** Names the folder: .restore-PID or .drill-PID in the data folder, so that it lies on the same disk. */
  kind: "restore" | "drill";
}

/** A folder beside the data for what is not finished; it is gone afterwards, whatever happened. */
export async function inFolder<T>(
  { dataDir, kind }: Place,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  mkdirSync(dataDir, { recursive: true });
  removeStale(dataDir);
  const folder = join(realpathSync(dataDir), `.${kind}-${process.pid}`);
  mkdirSync(folder, { mode: 0o700 });
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** The same with a server in it. @throws what `work` throws, after everything was removed */
export function inScratch<T>(
  config: Config,
  { signal, ...place }: Place & { signal: AbortSignal },
  work: (scratch: Scratch) => Promise<T>,
): Promise<T> {
  return inFolder(place, async (folder) => {
    signal.throwIfAborted();
    const server = await startEmbedded({
      dataDir: folder,
      endsWithProcess: true,
      settings: { ...SETTINGS, shared_buffers: `${config.sharedBuffersMegabytes}MB` },
    });
    const end = (): void => void server.stop();
    signal.addEventListener("abort", end);
    try {
      return await work({
        folder,
        address: embeddedAddress(server.connection()),
        async stop() {
          await server.stop();
          await syncTree(folder);
        },
      });
    } catch (error) {
      throw signal.aborted
        ? new BackupFault(
            "refused",
            "The restore was broken off. Nothing was changed; what it had made was removed.",
          )
        : error;
    } finally {
      signal.removeEventListener("abort", end);
      await server.stop();
    }
  });
}

/** What a killed restore or drill left behind. */
function removeStale(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    const pid = /^\.(?:restore|drill)-(\d+)$/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) rmSync(join(dataDir, name), { recursive: true, force: true });
  }
}

/** Every file and folder below goes to the disk: by one call to the file system where there is one, else each by itself. */
async function syncTree(folder: string): Promise<void> {
  if (spawnSync("sync", ["--file-system", folder], { stdio: "ignore" }).status === 0) return;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!(entry.isFile() || entry.isDirectory())) continue;
    const handle = await open(join(entry.parentPath, entry.name), "r");
    await handle.sync().finally(() => handle.close());
  }
}
