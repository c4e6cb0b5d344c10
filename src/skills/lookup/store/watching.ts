import { z } from "zod";
import { type House, readCsv, setTimer, type Timer } from "#kernel";
import { CSV_BYTES } from "../api/record.ts";
import type { Outside } from "../ports.ts";
import { readRegister, withCommas } from "../rules/file-columns.ts";
import { CSV_ROWS, MINUTE_MS } from "../rules/limits.ts";
import { listConnections, noteOutcome } from "./connections.ts";
import { replaceRows } from "./files.ts";
import { inLookup, type LookupTx } from "./tx.ts";

/** A file in the company's folder that another program writes: read again when it changes. */

export const WATCH = "lookup_watch";
const EVERY_MS = MINUTE_MS;

/** What the timer carries from look to look: the file's time, also of one that was no register. */
const carried = z.object({ seenAt: z.number().nullable().default(null) });

/** A connection that was changed is read anew, whatever was seen before. */
export async function watchSoon(tx: LookupTx, tenantId: number, id: number, now: number): Promise<void> {
  await setTimer(tx, { tenantId, kind: WATCH, key: String(id), dueAt: now });
}

/** Repeatable; sets its own next reading, and ends with its connection. */
export async function watchFile(
  house: House,
  outside: Outside,
  { tenantId, key, payload }: Timer,
): Promise<void> {
  const id = Number(key);
  const find = (tx: LookupTx) =>
    listConnections(tx, tenantId).then((all) =>
      all.find((one) => one.id === id && one.active && one.kind === "csv" && one.address !== ""),
    );
  const connection = await inLookup(house, tenantId, find);
  if (!connection) return;
  const { seenAt } = carried.parse(payload);
  const file = await outside.readFile({ tenantId, name: connection.address, seenAt });
  const isSame = file !== null && file.text === null;
  const read = file === null || file.text === null ? null : readText(file.text, file.writtenAt);
  const now = house.clock.now();
  await inLookup(house, tenantId, async (tx) => {
    const still = await find(tx);
    // Changed meanwhile: the change has set a look of its own.
    if (still?.address !== connection.address || still.settings.prefix !== connection.settings.prefix) return;
    const fault = file === null ? "no_file" : isSame || read ? null : "changed";
    if (fault && still.fault !== fault)
      await noteOutcome(tx, { tenantId, id, fault, retryAfterMs: null, now });
    if (file && read)
      await replaceRows(
        tx,
        { tenantId, connectionId: id },
        { read, prefix: still.settings.prefix, writtenAt: file.writtenAt, now },
      );
    const next = { seenAt: file?.writtenAt ?? null };
    await setTimer(tx, { tenantId, kind: WATCH, key, dueAt: now + EVERY_MS, payload: next });
  });
}

/** @returns null when it is no register, or too large for one */
export function readText(text: string, writtenAt: number) {
  if (Buffer.byteLength(text) > CSV_BYTES) return null;
  const { records } = readCsv(withCommas(text));
  return records.length > CSV_ROWS + 1 ? null : readRegister(records, writtenAt);
}
