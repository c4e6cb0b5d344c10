import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EmbeddedPostgresError, systemCode } from "./error.ts";
import { isAlive } from "./postmaster.ts";

/**
 * Marks the data folder as this process's own: two nodes in one folder would stop the database under each other.
 * The mark of a process that is gone counts for nothing.
 * @returns gives the folder back
 * @throws EmbeddedPostgresError `in-use`
 */
export function claimFolder(dataDir: string): () => void {
  const file = join(dataDir, "node.pid");
  const mine = `${process.pid} ${birthOf(process.pid)}\n`;
  for (;;) {
    try {
      writeFileSync(file, mine, { flag: "wx" });
      break;
    } catch (error) {
      if (systemCode(error) !== "EEXIST") throw error;
      const pid = livingHolder(file);
      if (pid === process.pid) break;
      if (pid !== undefined) {
        throw new EmbeddedPostgresError(
          "in-use",
          `Another Augenhöhe (process ${pid}) works in ${dataDir}: stop it first, or choose another folder with --data.`,
        );
      }
      rmSync(file, { force: true });
    }
  }
  return () => rmSync(file, { force: true });
}

function livingHolder(file: string): number | undefined {
  let mark: string;
  try {
    mark = readFileSync(file, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
  const [pid = 0, birth] = mark.trim().split(" ").map(Number);
  return pid > 0 && isAlive(pid) && birthOf(pid) === birth ? pid : undefined;
}

/** Start of a process in clock ticks since boot (field 22 of proc(5) stat), 0 where the system does not tell. */
function birthOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the name in parentheses and may hold spaces.
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]);
  } catch {
    return 0;
  }
}
