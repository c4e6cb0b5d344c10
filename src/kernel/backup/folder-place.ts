import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { BackupFault } from "./fault.ts";
import type { BackupPlace, PlacedFile, Sink } from "./place.ts";
import { PART } from "./rules.ts";

const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;
const READ_BYTES = 4_194_304;
/** A part that nobody has written to for so long was left by a process that was killed. */
const STALE_PART_MS = 86_400_000;

/** A folder of this machine, e.g. a mounted disk of another one. It is made when the first backup is written. */
export function folderPlace(folder: string): BackupPlace {
  const root = resolve(folder);
  return {
    title: root,
    list: () => listFiles(root),
    async create(name) {
      await mkdir(root, { recursive: true, mode: PRIVATE_FOLDER });
      await removeStale(root);
      return createFile(root, name);
    },
    async open(name) {
      const path = join(root, name);
      const found = await stat(path).catch(() => null);
      if (!found?.isFile()) throw new BackupFault("no-backup", `There is no backup ${path}.`);
      return createReadStream(path, { highWaterMark: READ_BYTES });
    },
    remove: (name) => rm(join(root, name), { force: true }),
  };
}

async function listFiles(root: string): Promise<PlacedFile[]> {
  const names = await readdir(root).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const found = await Promise.all(
    names.sort().map(async (name) => {
      const { size } = await stat(join(root, name));
      return { name, bytes: size };
    }),
  );
  return found;
}

async function removeStale(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    if (!(name.startsWith("augenhoehe-") && name.endsWith(PART))) continue;
    const { mtimeMs } = await stat(join(root, name));
    if (Date.now() - mtimeMs > STALE_PART_MS) await rm(join(root, name), { force: true });
  }
}

/** Under its name only when every byte is on the disk: written beside it, synced, renamed, and the folder synced. */
async function createFile(root: string, name: string): Promise<Sink> {
  const path = join(root, name);
  const part = `${path}${PART}`;
  const handle = await open(part, "wx", PRIVATE_FILE).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EEXIST")
      throw new BackupFault(
        "busy",
        `${part} is there already: another backup writes it, or one was killed; remove it and try again.`,
      );
    throw error;
  });
  return {
    async write(bytes) {
      await handle.writeFile(bytes).catch((error: NodeJS.ErrnoException) => {
        throw error.code === "ENOSPC" || error.code === "EDQUOT" ? full(root) : error;
      });
    },
    async keep() {
      await handle.sync();
      await handle.close();
      await rename(part, path);
      const folder = await open(root, "r");
      await folder.sync().finally(() => folder.close());
    },
    async discard() {
      await handle.close().catch(() => {});
      await rm(part, { force: true });
    },
  };
}

function full(root: string): BackupFault {
  return new BackupFault(
    "no-space",
    `The disk of ${root} is full. The unfinished backup was removed, earlier ones were kept: free some space, or lower BACKUP_KEEP.`,
  );
}
