import { AppError } from "#kernel";
import type { RegisterKind } from "../adapters/index.ts";
import type { Fault, Kind } from "../api/record.ts";
import { afterFault, type Circuit } from "../rules/breaker.ts";
import { CONNECTIONS_MOST } from "../rules/limits.ts";
import type { ConnectionSettings, FileState } from "../tables.ts";
import type { LookupTx } from "./tx.ts";

/** Shops and registers of a company: what they are, and how they are. */

export interface ConnectionRow {
  readonly id: number;
  readonly kind: RegisterKind;
  readonly name: string;
  readonly address: string;
  readonly settings: ConnectionSettings;
  /** Never given out. */
  readonly token: string;
  readonly active: boolean;
  readonly failures: number;
  readonly open_until: Date | null;
  readonly fault: string;
  readonly fault_at: Date | null;
  readonly ok_at: Date | null;
  readonly file: FileState | null;
}

const COLUMNS = [
  "id",
  "kind",
  "name",
  "address",
  "settings",
  "token",
  "active",
  "failures",
  "open_until",
  "fault",
  "fault_at",
  "ok_at",
  "file",
] as const;

export function listConnections(tx: LookupTx, tenantId: number): Promise<ConnectionRow[]> {
  return tx
    .selectFrom("lookup.connection")
    .select(COLUMNS)
    .where("tenant_id", "=", tenantId)
    .orderBy("id")
    .execute();
}

/** @throws AppError not_found */
export async function readConnection(tx: LookupTx, tenantId: number, id: number): Promise<ConnectionRow> {
  const row = await tx
    .selectFrom("lookup.connection")
    .select(COLUMNS)
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .executeTakeFirst();
  if (!row) throw new AppError("not_found");
  return row;
}

/** Those that know this kind, in the order in which they were connected. */
export async function connectionsFor(tx: LookupTx, tenantId: number, kind: Kind): Promise<ConnectionRow[]> {
  const all = await listConnections(tx, tenantId);
  return all.filter(({ active, settings }) => active && settings.kinds.includes(kind));
}

export interface ConnectionInput {
  readonly name: string;
  readonly address: string;
  readonly prefix: string;
  readonly kinds: readonly Kind[];
  readonly active: boolean;
}

/** @throws AppError conflict when the name is taken, rule_broken when there are too many */
export async function insertConnection(
  tx: LookupTx,
  tenantId: number,
  input: ConnectionInput & { kind: RegisterKind; token: string; now: number },
): Promise<ConnectionRow> {
  const all = await listConnections(tx, tenantId);
  if (all.length >= CONNECTIONS_MOST)
    throw new AppError("rule_broken", `At most ${CONNECTIONS_MOST} shops and registers.`);
  if (all.some(({ name }) => name === input.name))
    throw new AppError("conflict", "There is one of this name.");
  const { kind, name, address, prefix, kinds, active, token, now } = input;
  return tx
    .insertInto("lookup.connection")
    .values({
      tenant_id: tenantId,
      kind,
      name,
      address,
      settings: JSON.stringify({ prefix, kinds }),
      token,
      active,
      created_at: new Date(now),
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
}

/** What is changed is asked anew: its faults were those of what it was before. @param token null = the keys stay */
export async function updateConnection(
  tx: LookupTx,
  { tenantId, id }: { tenantId: number; id: number },
  { name, address, prefix, kinds, active, token }: ConnectionInput & { token: string | null },
): Promise<ConnectionRow> {
  const all = await listConnections(tx, tenantId);
  if (all.some((one) => one.id !== id && one.name === name))
    throw new AppError("conflict", "There is one of this name.");
  const row = await tx
    .updateTable("lookup.connection")
    .set({
      name,
      address,
      settings: JSON.stringify({ prefix, kinds }),
      active,
      failures: 0,
      open_until: null,
      fault: "",
      fault_at: null,
      ...(token !== null && { token }),
    })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .returning(COLUMNS)
    .executeTakeFirst();
  if (!row) throw new AppError("not_found");
  return row;
}

/** @throws AppError not_found */
export async function deleteConnection(tx: LookupTx, tenantId: number, id: number): Promise<void> {
  const { numDeletedRows } = await tx
    .deleteFrom("lookup.connection")
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw new AppError("not_found");
}

export interface Outcome {
  readonly tenantId: number;
  readonly id: number;
  /** null = it answered. */
  readonly fault: Fault | null;
  readonly retryAfterMs: number | null;
  readonly now: number;
}

/** How a register answered: the circuit, and what the owner sees. */
export async function noteOutcome(tx: LookupTx, outcome: Outcome): Promise<void> {
  const { tenantId, id, fault, retryAfterMs, now } = outcome;
  const row = await tx
    .selectFrom("lookup.connection")
    .select(["failures", "open_until"])
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return;
  const at = new Date(now);
  const circuit = fault && afterFault(circuitOf(row), { fault, retryAfterMs, now });
  await tx
    .updateTable("lookup.connection")
    .set(
      circuit
        ? {
            failures: circuit.failures,
            open_until: circuit.openUntil === null ? null : new Date(circuit.openUntil),
            fault,
            fault_at: at,
          }
        : { failures: 0, open_until: null, ok_at: at },
    )
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .execute();
}

export function circuitOf({ failures, open_until }: Pick<ConnectionRow, "failures" | "open_until">): Circuit {
  return { failures, openUntil: open_until?.getTime() ?? null };
}
