import { type Stats, statSync } from "node:fs";
import { join } from "node:path";

/** Folders of a node that its own user made. */
const MADE = [".", "pg", "files"];

/** Not among the types of Node 24, though it is documented. */
type WithGroups = NodeJS.Process & { initgroups?(user: number, extraGroup: number): void };

/**
 * Root works in a service's data folder as the service: what root makes there, or in the place of the backups, the
 * service could not read, and the way back of an upgrade would be closed. What only root may read (settings, key) must
 * be read before, and paths be absolute: the folder where root stands may be closed to the service. Nothing changes where
 * the folder is not there yet, or where root itself runs the node (a container: PostgreSQL's user is another then).
 * @param dataDir absolute
 */
export function workAsOwner(dataDir: string): void {
  if (process.getuid?.() !== 0) return;
  const found = MADE.flatMap((name) => statSync(join(dataDir, name), { throwIfNoEntry: false }) ?? []);
  const [owner, ...others]: Stats[] = found;
  if (!owner || owner.uid === 0 || others.some(({ uid }) => uid !== owner.uid)) return;
  try {
    (process as WithGroups).initgroups?.(owner.uid, owner.gid);
  } catch {
    // A number without a name, e.g. of a container's folder: no list of groups, and no less the owner.
    process.setgroups?.([owner.gid]);
  }
  process.setgid?.(owner.gid);
  process.setuid?.(owner.uid);
  process.chdir("/");
  process.env.HOME = dataDir;
}
