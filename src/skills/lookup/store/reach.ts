import { z } from "zod";
import type { House } from "#kernel";
import type { Reach } from "../adapters/asking.ts";
import type { Outside } from "../ports.ts";
import type { ConnectionRow } from "./connections.ts";
import { findRows } from "./files.ts";
import { inLookup } from "./tx.ts";

const keys = z.record(z.string(), z.string());

/** The keys as they stand in the row; "" where there are none. */
export function keysOf(token: string): Readonly<Record<string, string>> {
  return token === "" ? {} : keys.parse(JSON.parse(token));
}

/** What an adapter may use to answer for one connection. */
export function reachOf(
  house: House,
  outside: Outside,
  { tenantId, connection, timeZone }: { tenantId: number; connection: ConnectionRow; timeZone: string },
): Reach {
  const { id, name, address, token, settings } = connection;
  const { prefix } = settings;
  return {
    tenantId,
    connection: { id, name, address, keys: keysOf(token), prefix },
    outside,
    now: () => house.clock.now(),
    timeZone,
    rows: (question) =>
      inLookup(house, tenantId, (tx) => findRows(tx, { tenantId, connectionId: id, prefix }, question)),
  };
}
