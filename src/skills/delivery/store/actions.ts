import { createHash } from "node:crypto";
import { AppError } from "#kernel";
import type { DeliveryTables } from "../tables.ts";
import type { DeliveryTx } from "./tx.ts";

/** Keys of what was asked: the same call twice is done once. */

export interface Asked {
  readonly tenantId: number;
  readonly key: string;
  readonly kind: DeliveryTables["delivery.action"]["kind"];
  /** Of what is asked for, see `digestOf`. */
  readonly digest: string;
}

/** @param request everything that the answer depends on, in a fixed order. @returns SHA-256, hexadecimal */
export function digestOf(request: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(request)).digest("hex");
}

/**
 * @returns the delivery that this key was used for, or null
 * @throws AppError conflict when it was used for something else
 */
export async function findAction(
  tx: DeliveryTx,
  { tenantId, key, kind, digest }: Asked,
  deliveryId?: number,
): Promise<number | null> {
  const row = await tx
    .selectFrom("delivery.action")
    .select(["kind", "delivery_id", "digest"])
    .where("tenant_id", "=", tenantId)
    .where("key", "=", key)
    .executeTakeFirst();
  if (!row) return null;
  const isOther =
    row.kind !== kind ||
    (deliveryId !== undefined && deliveryId !== row.delivery_id) ||
    (row.digest !== "" && row.digest !== digest);
  if (isOther) throw new AppError("conflict", "This key was used for something else; take a new one.");
  return row.delivery_id;
}

/** Fails with unique_violation when the same key was quicker. */
export async function noteAction(
  tx: DeliveryTx,
  { tenantId, key, kind, digest }: Asked,
  deliveryId: number,
  now: number,
): Promise<void> {
  await tx
    .insertInto("delivery.action")
    .values({ tenant_id: tenantId, key, kind, digest, delivery_id: deliveryId, at: new Date(now) })
    .execute();
}
