import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { version } from "#kernel";

/** Which program worked with a data folder last: an upgrade must say which one leads back. */
const markSchema = z.object({ version: z.string(), commit: z.string().nullable() });
export type ProgramMark = z.output<typeof markSchema>;

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const FILE = "program.json";
const GIT_MS = 2_000;

function thisProgram(): ProgramMark {
  if (!existsSync(join(ROOT, ".git"))) return { version, commit: null };
  // The program may be root's and this user the service's: git shows nothing of other people's folders unless told.
  const args = ["-c", `safe.directory=${ROOT.replace(/\/$/, "")}`, "-C", ROOT, "rev-parse", "HEAD"];
  const asked = spawnSync("git", args, { encoding: "utf8", timeout: GIT_MS });
  return { version, commit: asked.status === 0 ? asked.stdout.trim() : null };
}

/** Called at each start, once the database is at this program's state. A folder that cannot be written is no reason to stop. */
export function markProgram(dataDir: string): void {
  try {
    writeFileSync(join(resolve(dataDir), FILE), `${JSON.stringify(thisProgram())}\n`);
  } catch {
    // Only the sentence of a later upgrade would be less exact.
  }
}

export function readMark(dataDir: string): ProgramMark | null {
  try {
    return markSchema.parse(JSON.parse(readFileSync(join(resolve(dataDir), FILE), "utf8")));
  } catch {
    return null;
  }
}

/** How the program before is put back, by the way this one was installed. */
export function wayBack(mark: ProgramMark | null): string {
  if (existsSync(join(ROOT, ".git")))
    return mark?.commit
      ? `git checkout ${mark.commit} in ${ROOT}`
      : `git checkout with the commit you had before (git reflog shows it) in ${ROOT}`;
  return `npm install augenhoehe@${mark?.version ?? "VERSION-BEFORE"} where you installed it`;
}
