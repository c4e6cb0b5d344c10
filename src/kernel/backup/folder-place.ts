import { randomUUID } from "node:crypto";
import { constants, createReadStream, type Stats } from "node:fs";
import { access, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
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
  const begin = (name: string, part: string): Promise<Sink> =>
    permitted("write into", root, async () => {
      await mkdir(root, { recursive: true, mode: PRIVATE_FOLDER });
      await removeStale(root);
      return createFile(root, name, part);
    });
  return {
    title: root,
    list: () => permitted("read", root, () => listFiles(root)),
    create: (name) => begin(name, `${name}${PART}`),
    async replace(name, bytes) {
      // What a killed process left under its own part's name is in nobody's way.
      const sink = await begin(name, `${name}.${randomUUID()}${PART}`);
      try {
        await sink.write(bytes);
        await sink.keep();
      } catch (error) {
        await sink.discard();
        throw error;
      }
    },
    open(name) {
      const path = join(root, name);
      return permitted("read", path, async () => {
        if (!(await statIfThere(path))?.isFile())
          throw new BackupFault("no-backup", `There is no backup ${path}.`);
        await access(path, constants.R_OK); // a stream would say so only when it is read
        return createReadStream(path, { highWaterMark: READ_BYTES });
      });
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
      const size = (await statIfThere(join(root, name)))?.size;
      return size === undefined ? [] : [{ name, bytes: size }];
    }),
  );
  return found.flat();
}

/** @returns null when it was renamed or removed since its name was read, or leads nowhere */
function statIfThere(path: string): Promise<Stats | null> {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
}

async function removeStale(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    if (!(name.startsWith("augenhoehe-") && name.endsWith(PART))) continue;
    const found = await statIfThere(join(root, name));
    if (found && Date.now() - found.mtimeMs > STALE_PART_MS) await rm(join(root, name), { force: true });
  }
}

/** Under its name only when every byte is on the disk: written beside it, synced, renamed, and the folder synced. */
async function createFile(root: string, name: string, partName: string): Promise<Sink> {
  const path = join(root, name);
  const part = join(root, partName);
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

/** A command by hand and the node may be different users; systemd shows a service most folders as read-only. */
const CLOSED: ReadonlySet<string | undefined> = new Set(["EACCES", "EPERM", "EROFS"]);

async function permitted<T>(deed: "read" | "write into", path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!CLOSED.has((error as NodeJS.ErrnoException).code)) throw error;
    const remedy = deed === "read" ? "" : ", and name it in the ReadWritePaths of a service";
    throw new BackupFault(
      "refused",
      `User ${process.getuid?.() ?? ""} may not ${deed} ${path}: give it to that user (chown), let the folders above through${remedy}. Nothing was changed.`,
    );
  }
}

function full(root: string): BackupFault {
  return new BackupFault(
    "no-space",
    `The disk of ${root} is full. The unfinished backup was removed, earlier ones were kept: free some space, or lower BACKUP_KEEP.`,
  );
}
