import { spawn } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Clock, embeddedAddress, type Kernel, migrate, readConfig, startEmbedded } from "#kernel";
import { openNode } from "../main.ts";
import { migrationSets } from "../migrations.ts";

/** A node on an empty database of its own that is gone afterwards, however this process ends. */

/** Nothing of it outlives the process, so nothing is synced. */
const SETTINGS = {
  shared_buffers: "128MB",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  min_wal_size: "80MB",
  max_wal_size: "512MB",
  "pg_prewarm.autoprewarm": "off",
};

/**
 * @param clock the node's, which may be a virtual one
 * @param log hears of each long step
 * @returns what `work` returns, after everything was removed
 */
export async function inThrowAwayNode<T>(
  { clock, log }: { readonly clock: Clock; readonly log: (sentence: string) => void },
  work: (kernel: Kernel) => Promise<T>,
): Promise<T> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "ah-throw-away-")));
  const callOff = removeAfterThisProcess(folder);
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  try {
    const server = await startEmbedded({ dataDir: folder, endsWithProcess: true, settings: SETTINGS, log });
    try {
      const address = embeddedAddress(server.connection());
      await migrate(address, migrationSets, clock.now());
      const node = await openNode(readConfig({ dataDir: folder }), address, clock);
      try {
        return await work(node.kernel);
      } finally {
        await node.close();
      }
    } finally {
      await server.stop();
      // A server that had to be killed leaves its socket.
      await rmdir(server.connection().host).catch(() => {});
    }
  } finally {
    remove();
    callOff();
  }
}

/** A small shell waits on a pipe that only this process holds open, ends the server and removes folder and socket. */
const REMOVER = `read -r _
file="$1/pg/postmaster.pid"
pid=$(sed -n 1p "$file" 2>/dev/null)
socket=$(sed -n 5p "$file" 2>/dev/null)
[ -n "$pid" ] && kill -QUIT "$pid" 2>/dev/null
while [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
rm -rf "$1"
[ -n "$socket" ] && rm -rf "$socket"`;

/** @returns calls it off */
function removeAfterThisProcess(folder: string): () => void {
  const remover = spawn("/bin/sh", ["-c", REMOVER, "sh", folder], {
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  remover.unref();
  // The handle of a pipe keeps the event loop alive as the child's would.
  if ("unref" in remover.stdin && typeof remover.stdin.unref === "function") remover.stdin.unref();
  return () => remover.kill("SIGKILL");
}
