import { type AnyRoute, AppError, type House, route } from "#kernel";
import { isSafe } from "../adapters/asking.ts";
import { type RegisterKind, registers } from "../adapters/index.ts";
import type { Kind } from "../api/record.ts";
import { FAULTS } from "../api/record.ts";
import {
  type Connection,
  createLookupConnection,
  deleteLookupConnection,
  listLookupConnections,
  replaceLookupConnection,
  testLookupConnection,
  uploadLookupFile,
} from "../api.ts";
import type { Outside } from "../ports.ts";
import { isOpen } from "../rules/breaker.ts";
import {
  type ConnectionRow,
  circuitOf,
  deleteConnection,
  insertConnection,
  listConnections,
  noteOutcome,
  readConnection,
  updateConnection,
} from "../store/connections.ts";
import { rekeyRows, replaceRows } from "../store/files.ts";
import { reachOf } from "../store/reach.ts";
import { CONNECTIONS } from "../store/settings-cache.ts";
import { inLookup, type LookupTx } from "../store/tx.ts";
import { readText, watchSoon } from "../store/watching.ts";

/** A file on the node is named, not reached by a way of its own. */
const FILE_NAME = /^[\w][\w.-]{0,75}\.csv$/i;

export function connectionRoutes(house: House, outside: Outside): readonly AnyRoute[] {
  /** A change of the connections: written, then told to every process. */
  async function change<T>(tenantId: number, work: (tx: LookupTx, now: number) => Promise<T>): Promise<T> {
    const result = await inLookup(house, tenantId, (tx) => work(tx, house.clock.now()));
    await house.announce(CONNECTIONS, tenantId);
    return result;
  }
  const shown = (row: ConnectionRow) => connectionOf(row, house.clock.now());
  const read = (tenantId: number, id: number) =>
    inLookup(house, tenantId, (tx) => readConnection(tx, tenantId, id));

  return [
    route(listLookupConnections, async ({ actor: { tenantId } }) => ({
      items: (await inLookup(house, tenantId, (tx) => listConnections(tx, tenantId))).map(shown),
    })),
    route(createLookupConnection, async ({ actor: { tenantId }, body: { keys, ...input } }) => {
      checkInput(outside, input.kind, input);
      const token = tokenOf(input.kind, keys);
      const row = await change(tenantId, async (tx, now) => {
        const made = await insertConnection(tx, tenantId, { ...input, token, now });
        if (made.kind === "csv" && made.address !== "") await watchSoon(tx, tenantId, made.id, now);
        return made;
      });
      return shown(row);
    }),
    route(
      replaceLookupConnection,
      async ({ actor: { tenantId }, params: { id }, body: { keys, ...input } }) => {
        const row = await change(tenantId, async (tx, now) => {
          const before = await readConnection(tx, tenantId, id);
          checkInput(outside, before.kind, input);
          // Keys are for the address they were given for; whoever names another one has to know them.
          const isElsewhere = before.kind !== "csv" && originOf(before.address) !== originOf(input.address);
          if (isElsewhere && keys === null) throw fieldFault("keys", "Another address needs its keys.");
          const token = keys === null ? null : tokenOf(before.kind, keys);
          const made = await updateConnection(tx, { tenantId, id }, { ...input, token });
          if (before.settings.prefix !== input.prefix)
            await rekeyRows(tx, { tenantId, connectionId: id }, input.prefix);
          if (made.kind === "csv" && made.address !== "") await watchSoon(tx, tenantId, id, now);
          return made;
        });
        return shown(row);
      },
    ),
    route(deleteLookupConnection, async ({ actor: { tenantId }, params: { id } }) => {
      await change(tenantId, (tx) => deleteConnection(tx, tenantId, id));
      return { ok: true as const };
    }),
    route(testLookupConnection, async ({ actor: { tenantId }, params: { id } }) => {
      const connection = await read(tenantId, id);
      const { timeZone } = await house.profile(tenantId);
      // A file is its own test: it says when it was read, and what was wrong with it.
      if (connection.kind === "csv") return shown(connection);
      const reach = reachOf(house, outside, { tenantId, connection, timeZone });
      const answer = await registers[connection.kind].test(reach);
      const fault = "failed" in answer ? answer.failed : null;
      const retryAfterMs = "failed" in answer ? answer.retryAfterMs : null;
      return shown(
        await inLookup(house, tenantId, async (tx) => {
          await noteOutcome(tx, { tenantId, id, fault, retryAfterMs, now: house.clock.now() });
          return readConnection(tx, tenantId, id);
        }),
      );
    }),
    route(uploadLookupFile, async ({ actor: { tenantId }, params: { id }, body: { text } }) => {
      const row = await change(tenantId, async (tx, now) => {
        const { kind, settings } = await readConnection(tx, tenantId, id);
        if (kind !== "csv") throw new AppError("rule_broken", "Only a file's connection takes a file.");
        const found = readText(text, now);
        if (!found) throw fieldFault("text", "There is no column of numbers in this file, or too many rows.");
        await replaceRows(
          tx,
          { tenantId, connectionId: id },
          { read: found, prefix: settings.prefix, writtenAt: now, now },
        );
        return readConnection(tx, tenantId, id);
      });
      return shown(row);
    }),
  ];
}

const fieldFault = (path: string, message: string) =>
  new AppError("bad_request", undefined, [{ path, message }]);

function checkInput(
  outside: Outside,
  kind: RegisterKind,
  { address, kinds }: { address: string; kinds: readonly Kind[] },
): void {
  if (kind === "csv") {
    if (address !== "" && !FILE_NAME.test(address))
      throw fieldFault("address", "A file's name, such as orders.csv.");
  } else if (!isSafe(address, outside))
    throw fieldFault("address", "An address that begins with https://; http only for hosts in SERVICE_HOSTS");
  const unknown = kinds.filter((one) => !registers[kind].kinds.includes(one));
  if (unknown.length > 0) throw fieldFault("kinds", `It cannot know: ${unknown.join(", ")}`);
}

function originOf(address: string): string | null {
  return URL.canParse(address) ? new URL(address).origin : null;
}

/** @throws AppError when a key is missing */
function tokenOf(kind: RegisterKind, keys: Readonly<Record<string, string>>): string {
  const wanted = registers[kind].keys;
  const missing = wanted.find((name) => !keys[name]);
  if (missing) throw fieldFault(`keys.${missing}`, "is missing");
  return wanted.length === 0
    ? ""
    : JSON.stringify(Object.fromEntries(wanted.map((name) => [name, keys[name]])));
}

function connectionOf(row: ConnectionRow, now: number): Connection {
  const isPaused = isOpen(circuitOf(row), now);
  const state = !row.active
    ? "off"
    : isPaused
      ? "paused"
      : row.failures > 0
        ? "fault"
        : row.ok_at === null
          ? "new"
          : "ok";
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    address: row.address,
    prefix: row.settings.prefix,
    kinds: [...row.settings.kinds],
    active: row.active,
    hasKeys: row.token !== "",
    state,
    // The last fault stays to be read after things are well again.
    fault: FAULTS.find((one) => one === row.fault) ?? null,
    faultAt: row.fault_at?.toISOString() ?? null,
    okAt: row.ok_at?.toISOString() ?? null,
    pausedUntil: isPaused ? (row.open_until?.toISOString() ?? null) : null,
    file: row.file && { ...row.file, faults: [...row.file.faults] },
  };
}
