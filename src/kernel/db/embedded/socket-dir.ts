import { createHash } from "node:crypto";
import { chmodSync, chownSync, lstatSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Account } from "./account.ts";
import { EmbeddedPostgresError, systemCode } from "./error.ts";
import { SOCKET_PORT } from "./settings.ts";

/** `sockaddr_un.sun_path` holds 108 bytes with its final zero on Linux and 104 on macOS. */
const MAX_SOCKET_PATH_BYTES = process.platform === "linux" ? 107 : 103;
const MAX_NAMES_TRIED = 8;

/**
 * Makes the private folder of the server's socket, mode 0700, owned by the account. The name is short and follows
 * from the data folder, so that a restarted node finds it again.
 * @throws EmbeddedPostgresError `unreachable` when no name is free or short enough
 */
export function makeSocketDir(dataDir: string, account: Account): string {
  const hash = createHash("sha256").update(`${account.uid}:${dataDir}`).digest("hex").slice(0, 12);
  for (const parent of new Set([tmpdir(), "/tmp", "/var/tmp"])) {
    for (let attempt = 0; attempt < MAX_NAMES_TRIED; attempt += 1) {
      const folder = join(parent, `augenhoehe-${hash}${attempt === 0 ? "" : `-${attempt}`}`);
      if (Buffer.byteLength(socketFile(folder)) > MAX_SOCKET_PATH_BYTES) break;
      if (takeFolder(folder, account)) return folder;
    }
  }
  throw new EmbeddedPostgresError(
    "unreachable",
    `No private folder for the database's socket could be made below ${tmpdir()}: set TMPDIR to a short path that can be written.`,
  );
}

/** The socket file that a client of this folder opens. */
export function socketFile(socketDir: string): string {
  return join(socketDir, `.s.PGSQL.${SOCKET_PORT}`);
}

/** @returns false when the name is taken by somebody else, who may have planted it, or cannot be made here */
function takeFolder(folder: string, account: Account): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
    if (!account.own) chownSync(folder, account.uid, account.gid);
  } catch (error) {
    if (systemCode(error) !== "EEXIST") return false;
  }
  const found = lstatSync(folder);
  if (!found.isDirectory()) return false;
  // A start that was killed between mkdir and chown left root's own, still private folder.
  if (found.uid === 0 && !account.own) chownSync(folder, account.uid, account.gid);
  else if (found.uid !== account.uid) return false;
  chmodSync(folder, 0o700);
  return true;
}
