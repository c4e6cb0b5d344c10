import { type House, readCsv, type Timer } from "#kernel";
import { CSV_BYTES } from "../api/record.ts";
import type { Outside } from "../ports.ts";
import { readRegister, withCommas } from "../rules/file-columns.ts";
import { CSV_ROWS, MINUTE_MS } from "../rules/limits.ts";
import { listConnections, noteOutcome } from "./connections.ts";
import { replaceRows } from "./files.ts";
import { inLookup, type LookupTx, schedule } from "./tx.ts";

/** A file in the company's folder that another program writes: read again when it changes. */

export const WATCH = "lookup_watch";
const EVERY_MS = MINUTE_MS;

export async function watchSoon(tx: LookupTx, tenantId: number, id: number, now: number): Promise<void> {
  await schedule(tx, { tenantId, kind: WATCH, key: String(id), dueAt: now });
}

/** Repeatable; sets its own next reading, and ends with its connection. */
export async function watchFile(house: House, outside: Outside, { tenantId, key }: Timer): Promise<void> {
  const id = Number(key);
  const find = (tx: LookupTx) =>
    listConnections(tx, tenantId).then((all) =>
      all.find((one) => one.id === id && one.active && one.kind === "csv" && one.address !== ""),
    );
  const connection = await inLookup(house, tenantId, find);
  if (!connection) return;
  const file = await outside.readFile(tenantId, connection.address);
  const isSame = file !== null && connection.file?.writtenAt === new Date(file.writtenAt).toISOString();
  const read = file && !isSame ? readText(file.text, file.writtenAt) : null;
  const now = house.clock.now();
  await inLookup(house, tenantId, async (tx) => {
    const still = await find(tx);
    if (still?.address !== connection.address) return;
    const fault = file === null ? "no_file" : isSame || read ? null : "changed";
    const isNews = fault !== null ? still.fault !== fault : !isSame || still.fault !== "";
    if (fault && isNews) await noteOutcome(tx, { tenantId, id, fault, retryAfterMs: null, now });
    if (file && read)
      await replaceRows(
        tx,
        { tenantId, connectionId: id },
        { read, prefix: still.settings.prefix, writtenAt: file.writtenAt, now },
      );
    await schedule(tx, { tenantId, kind: WATCH, key, dueAt: now + EVERY_MS });
  });
}

/** @returns null when it is no register, or too large for one */
export function readText(text: string, writtenAt: number) {
  if (Buffer.byteLength(text) > CSV_BYTES) return null;
  const { records } = readCsv(withCommas(text));
  return records.length > CSV_ROWS + 1 ? null : readRegister(records, writtenAt);
}
