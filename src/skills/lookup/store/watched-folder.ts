import { open } from "node:fs/promises";
import { join } from "node:path";
import { CSV_BYTES } from "../api/record.ts";
import type { WatchedFile } from "../ports.ts";

/**
 * A company's folder for files that another program writes: DATA/registers/COMPANY. The operator makes it; nothing outside
 * of it is read.
 * @param file.name a plain file name, as the contract allows it
 * @param file.seenAt its time as it was seen last, ms; one that is the same is not read
 * @returns null when there is none, or it is too large
 */
export async function readRegisterFile(
  dataDir: string,
  { tenantId, name, seenAt }: { tenantId: number; name: string; seenAt: number | null },
): Promise<WatchedFile | null> {
  const handle = await open(join(dataDir, "registers", String(tenantId), name), "r").catch(() => null);
  if (!handle) return null;
  try {
    const found = await handle.stat();
    if (!found.isFile() || found.size > CSV_BYTES) return null;
    const writtenAt = Math.floor(found.mtimeMs);
    return { text: writtenAt === seenAt ? null : await handle.readFile("utf8"), writtenAt };
  } finally {
    await handle.close();
  }
}
