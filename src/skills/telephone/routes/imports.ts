import { type AnyRoute, AppError, type House, instantOf, route, type Tx } from "#kernel";
import { importCallList, previewCallList } from "../api.ts";
import { isReadable, type Mapping } from "../rules/call-columns.ts";
import { type CallTable, readCalls, readTable } from "../rules/call-file.ts";
import { textOfFile } from "../rules/file-text.ts";
import { FILE_BYTES, FILE_LINES } from "../rules/limits.ts";
import { shownImport, storeImport } from "../store/imports.ts";
import { readSettings } from "../store/settings.ts";
import { inTenant } from "../store/tx.ts";

const SAMPLE = 3;

const fault = (path: string, message: string) => new AppError("bad_request", undefined, [{ path, message }]);

export function importRoutes(house: House): readonly AnyRoute[] {
  async function readIn(tx: Tx, tenantId: number, table: CallTable, mapping: Mapping) {
    const { timeZone } = await house.profile(tenantId);
    return readCalls(table, mapping, {
      plan: await readSettings(tx, tenantId),
      timeZone,
      instantOf,
      now: house.clock.now(),
    });
  }
  return [
    route(previewCallList, ({ actor: { tenantId }, body }) =>
      inTenant(house, tenantId, async (tx) => {
        const table = tableOf(body.file);
        const mapping = body.mapping ?? table.mapping;
        const isTakeable = table.kind === "fritzbox" || isReadable(mapping);
        const top = { ...table, records: table.records.slice(0, SAMPLE), broken: [] };
        const { calls } = isTakeable ? await readIn(tx, tenantId, top, mapping) : { calls: [] };
        return {
          kind: table.kind,
          columns: [...table.head],
          mapping,
          isReadable: isTakeable,
          lines: table.records.length,
          sample: calls.map(({ at, direction, outcome, number }) => ({
            at: new Date(at).toISOString(),
            direction,
            outcome,
            phone: number.is === "number" ? number.phone : "",
          })),
        };
      }),
    ),
    route(importCallList, ({ actor: { tenantId, staffId }, body }) =>
      inTenant(house, tenantId, async (tx) => {
        const table = tableOf(body.file);
        const mapping = body.mapping ?? table.mapping;
        if (table.kind === "table" && !isReadable(mapping))
          throw fault("mapping", "which columns hold the number and the time is missing");
        const read = await readIn(tx, tenantId, table, mapping);
        const { name } = body;
        const now = house.clock.now();
        return shownImport(
          await storeImport(tx, { tenantId, name, kind: table.kind, ...read, by: staffId, now }),
        );
      }),
    ),
  ];
}

/** @throws AppError bad_request for what is no list, or too long a one */
function tableOf(file: string): CallTable {
  const bytes = Buffer.from(file, "base64");
  if (bytes.length > FILE_BYTES) throw fault("file", "is larger than 6 MiB: export a shorter time");
  const table = readTable(textOfFile(bytes));
  if (!table) throw fault("file", "is no table with a heading");
  if (table.records.length > FILE_LINES)
    throw fault("file", `has ${table.records.length} lines; at most ${FILE_LINES} are taken at once`);
  return table;
}
