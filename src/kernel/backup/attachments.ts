import { createHash } from "node:crypto";
import { mkdir, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import type pg from "pg";
import { FILE_ID } from "../files/disk-store.ts";
import type { BackupWriter } from "./container.ts";
import { BLOCK_BYTES } from "./copy.ts";
import { BackupFault } from "./fault.ts";

/** The files of conversations, beside the rows that name them. */

export interface FileSummary {
  count: number;
  bytes: number;
  /** Rows whose file was not there: erased while the backup ran, or lost before. */
  missing: number;
  /** Files whose bytes are not those that were stored. They are kept as they are. */
  changed: number;
}

interface FileRow {
  tenant_id: number;
  id: string;
  sha256: string;
}

const PAGE = 1_000;
const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;

const pathOf = ({ tenant_id, id }: { tenant_id: number; id: string }): string =>
  join(String(tenant_id), id.slice(0, 2), id);

/** Writes every file that a row of the snapshot names. */
export async function writeFiles(
  client: pg.Client,
  parts: { folder: string; writer: BackupWriter; report(files: number, bytes: number): void },
): Promise<FileSummary> {
  const summary: FileSummary = { count: 0, bytes: 0, missing: 0, changed: 0 };
  let after: FileRow = { tenant_id: 0, id: "", sha256: "" };
  for (;;) {
    const { rows } = await client.query<FileRow>(
      "select tenant_id, id, sha256 from kernel.file where (tenant_id, id) > ($1, $2) order by tenant_id, id limit $3",
      [after.tenant_id, after.id, PAGE],
    );
    for (const row of rows) {
      await writeFile(row, parts, summary);
      parts.report(summary.count, summary.bytes);
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return summary;
    after = last;
  }
}

async function writeFile(
  row: FileRow,
  { folder, writer }: { folder: string; writer: BackupWriter },
  summary: FileSummary,
): Promise<void> {
  const handle = await open(join(folder, pathOf(row)), "r").catch(() => null);
  if (!handle) {
    summary.missing += 1;
    return;
  }
  try {
    await writer.write({
      kind: "file",
      stream: 0,
      bytes: Buffer.from(JSON.stringify({ tenantId: row.tenant_id, id: row.id })),
    });
    const hash = createHash("sha256");
    for (;;) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(BLOCK_BYTES), 0, BLOCK_BYTES, null);
      if (bytesRead === 0) break;
      const bytes = buffer.subarray(0, bytesRead);
      hash.update(bytes);
      await writer.write({ kind: "file-data", stream: 0, bytes });
      summary.bytes += bytesRead;
    }
    summary.count += 1;
    if (hash.digest("hex") !== row.sha256) summary.changed += 1;
  } finally {
    await handle.close();
  }
}

/** Puts files back below a folder. */
export interface FileTarget {
  begin(about: Buffer): Promise<void>;
  data(bytes: Buffer): Promise<void>;
  /** @returns files written */
  end(): Promise<number>;
}

export function fileTarget(folder: string): FileTarget {
  let handle: Awaited<ReturnType<typeof open>> | null = null;
  let count = 0;
  const close = async (): Promise<void> => {
    await handle?.sync();
    await handle?.close();
    handle = null;
  };
  return {
    async begin(about) {
      await close();
      const { tenantId, id } = JSON.parse(about.toString()) as { tenantId: number; id: string };
      if (!(Number.isInteger(tenantId) && FILE_ID.test(id)))
        throw new BackupFault("damaged", "The backup names a file in a way that Augenhöhe never does.");
      const path = join(folder, pathOf({ tenant_id: tenantId, id }));
      await mkdir(dirname(path), { recursive: true, mode: PRIVATE_FOLDER });
      handle = await open(path, "wx", PRIVATE_FILE);
      count += 1;
    },
    async data(bytes) {
      await handle?.writeFile(bytes);
    },
    async end() {
      await close();
      return count;
    },
  };
}
