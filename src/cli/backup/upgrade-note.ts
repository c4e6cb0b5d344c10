import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** What an upgrade leaves in the data folder: which backup leads back, and to which program. */
const schema = z.object({
  place: z.string(),
  name: z.string(),
  program: z.object({ version: z.string(), commit: z.string().nullable() }).nullable(),
});
export type UpgradeNote = z.output<typeof schema>;

const FILE = "upgrade.json";

export function writeNote(dataDir: string, note: UpgradeNote): void {
  const path = join(dataDir, FILE);
  writeFileSync(`${path}.tmp`, `${JSON.stringify(note)}\n`, { mode: 0o600 });
  renameSync(`${path}.tmp`, path);
}

/** @throws Error when there was no upgrade, or its note cannot be read */
export function readNote(dataDir: string): UpgradeNote {
  try {
    return schema.parse(JSON.parse(readFileSync(join(dataDir, FILE), "utf8")));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(
      code === "ENOENT"
        ? `No upgrade was made in ${dataDir}, so there is no way back; restore a backup with augenhoehe restore FILE.`
        : `The note of the upgrade cannot be read (${message}). Restore the backup that it made with augenhoehe restore FILE --replace.`,
    );
  }
}
