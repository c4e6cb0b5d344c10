import { sql } from "kysely";
import type { Language } from "#kernel";
import { keyHash } from "./courier-links.ts";
import type { DeliveryTx } from "./tx.ts";

/** Who calls with the key of a courier's page. It works until another one is made or the courier drives no more. */

/** Hexadecimal, because messengers cut a link that ends with a hyphen. The tenant leads the way to its own rows. */
const KEY = /^Courier (\d{1,9})\.([0-9a-f]{64})$/;

/** @returns null for what is no such key, before anything is known of its worth */
export function readCourierKey(header: string | undefined): { tenantId: number; hash: Buffer } | null {
  const [, tenant, secret] = KEY.exec(header ?? "") ?? [];
  return tenant && secret ? { tenantId: Number(tenant), hash: keyHash(secret) } : null;
}

export interface KeyCourier {
  readonly tenantId: number;
  readonly courierId: number;
  readonly name: string;
  readonly language: Language;
}

/** @returns null when the key opens nothing (any more) */
export async function courierOfKey(
  tx: DeliveryTx,
  key: { readonly tenantId: number; readonly hash: Buffer },
): Promise<KeyCourier | null> {
  const { rows } = await sql<{ id: number; name: string; language: Language }>`
    select id, name, language from delivery.courier
    where tenant_id = ${key.tenantId} and key_hash = ${key.hash} and active`.execute(tx);
  const [row] = rows;
  return row ? { tenantId: key.tenantId, courierId: row.id, name: row.name, language: row.language } : null;
}
