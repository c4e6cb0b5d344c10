import { open } from "node:fs/promises";
import { join } from "node:path";
import { CSV_BYTES } from "../api/record.ts";

/**
 * A company's folder for files that another program writes: DATA/registers/COMPANY. The operator makes it; nothing outside
 * of it is read.
 * @param file.name a plain file name, as the contract allows it
 * @returns null when there is none, or it is too large
 */
export async function readRegisterFile(
  dataDir: string,
  file: { tenantId: number; name: string },
): Promise<{ text: string; writtenAt: number } | null> {
  const path = join(dataDir, "registers", String(file.tenantId), file.name);
  const handle = await open(path, "r").catch(() => null);
  if (!handle) return null;
  try {
    const found = await handle.stat();
    if (!found.isFile() || found.size > CSV_BYTES) return null;
    return { text: await handle.readFile("utf8"), writtenAt: Math.floor(found.mtimeMs) };
  } finally {
    await handle.close();
  }
}
