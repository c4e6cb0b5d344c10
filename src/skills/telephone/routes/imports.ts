import { type AnyRoute, AppError, type House, route } from "#kernel";
import { readListAside } from "../adapters/list-reading.ts";
import { importCallList, previewCallList } from "../api.ts";
import type { Mapping } from "../rules/call-columns.ts";
import type { CallList } from "../rules/call-list.ts";
import { FILE_BYTES, FILE_LINES } from "../rules/limits.ts";
import { shownImport, storeImport } from "../store/imports.ts";
import { readSettings } from "../store/settings.ts";
import { inTenant } from "../store/tx.ts";

const SAMPLE = 3;

const fault = (path: string, message: string) => new AppError("bad_request", undefined, [{ path, message }]);

export function importRoutes(house: House): readonly AnyRoute[] {
  /** Outside of any transaction: to read a large file takes a while. @throws AppError bad_request; TooManyRequests */
  async function read(
    tenantId: number,
    { file, mapping = null }: { file: string; mapping?: Mapping | null | undefined },
    first: number | null,
  ): Promise<CallList> {
    const bytes = Buffer.from(file, "base64");
    if (bytes.length > FILE_BYTES) throw fault("file", "is larger than 6 MiB: export a shorter time");
    const { timeZone } = await house.profile(tenantId);
    const plan = await inTenant(house, tenantId, (tx) => readSettings(tx, tenantId));
    const now = house.clock.now();
    return checked(await readListAside({ bytes, mapping, plan, timeZone, now, first }));
  }
  return [
    route(previewCallList, async ({ actor: { tenantId }, body }) => {
      const { kind, columns, mapping, isReadable, lines, calls } = await read(tenantId, body, SAMPLE);
      return {
        kind,
        columns: [...columns],
        mapping,
        isReadable,
        lines,
        sample: calls.map(({ at, direction, outcome, number }) => ({
          at: new Date(at).toISOString(),
          direction,
          outcome,
          phone: number.is === "number" ? number.phone : "",
        })),
      };
    }),
    route(importCallList, async ({ actor: { tenantId, staffId }, body }) => {
      const { kind, isReadable, calls, faults } = await read(tenantId, body, null);
      if (!isReadable) throw fault("mapping", "which columns hold the number and the time is missing");
      const list = { tenantId, name: body.name, kind, calls, faults, by: staffId, now: house.clock.now() };
      return inTenant(house, tenantId, async (tx) => shownImport(await storeImport(tx, list)));
    }),
  ];
}

/** @throws AppError bad_request for what is no list, or too long a one */
function checked(read: Awaited<ReturnType<typeof readListAside>>): CallList {
  if (read === "none") throw fault("file", "is no table with a heading");
  if (read === "tooMuch") throw fault("file", "takes too long to read: export a shorter time");
  if ("tooLong" in read)
    throw fault("file", `has ${read.tooLong} lines; at most ${FILE_LINES} are taken at once`);
  return read;
}
