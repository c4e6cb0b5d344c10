import { createHash } from "node:crypto";
import { AppError, randomToken } from "#kernel";
import type { DeliveryTx } from "./tx.ts";

/** Keys of couriers' pages: only their hash is kept. */

/** 256 bits, hexadecimal. */
export const newCourierKey = (): string => Buffer.from(randomToken(32), "base64url").toString("hex");

/** @param key hexadecimal */
export const keyHash = (key: string): Buffer => createHash("sha256").update(key).digest();

/** An earlier key opens nothing any more. @param key null = none. @throws AppError not_found */
export async function setCourierKey(
  tx: DeliveryTx,
  place: { readonly tenantId: number; readonly id: number },
  key: string | null,
): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable("delivery.courier")
    .set({ key_hash: key === null ? null : keyHash(key) })
    .where("tenant_id", "=", place.tenantId)
    .where("id", "=", place.id)
    .where("active", "=", true)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new AppError("not_found", "There is no such courier.");
}
