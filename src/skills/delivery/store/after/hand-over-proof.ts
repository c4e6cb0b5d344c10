import { randomBytes, randomInt } from "node:crypto";
import { sql } from "kysely";
import type { DeliveryTx } from "../tx.ts";

/** By what a hand-over is proved, and the key of the customer's page: given with the booking. */

const KEY_BYTES = 16;

/** Fresh random values for a booking. */
export function newProof(): { readonly code: string; readonly liveKey: string } {
  return {
    code: String(randomInt(10_000)).padStart(4, "0"),
    liveKey: randomBytes(KEY_BYTES).toString("hex"),
  };
}

interface Minted {
  readonly tenantId: number;
  readonly id: number;
  /** Four digits, random; kept where the rule wants a code and there is none yet. */
  readonly code: string;
  /** 128 random bits, hexadecimal; kept where there is none yet. */
  readonly liveKey: string;
}

/**
 * Repeatable: what was given stays, also the sender's share of the price when its rule changes later. The sender's rule goes
 * before the city's, what was asked for with the parcel before both.
 */
export async function giveProof(tx: DeliveryTx, { tenantId, id, code, liveKey }: Minted): Promise<void> {
  await sql`update delivery.delivery d set live_key = coalesce(d.live_key, ${liveKey}), proof = x.proof, pays_percent = coalesce(d.pays_percent, x.pays_percent),
      code = case when x.proof = 'code' then coalesce(d.code, ${code}) end
    from (select o.id, coalesce(r.pays_percent, 100) as pays_percent, case when o.proof <> 'none' then o.proof else coalesce(r.proof, c.proof) end as proof
      from delivery.delivery o
      join delivery.evening e on e.tenant_id = o.tenant_id and e.id = o.evening_id
      join delivery.city c on c.tenant_id = e.tenant_id and c.id = e.city_id
      left join delivery.sender_rule r on r.tenant_id = o.tenant_id and r.sender_tenant_id = o.sender_tenant_id
      where o.tenant_id = ${tenantId} and o.id = ${id}) x
    where d.tenant_id = ${tenantId} and d.id = x.id`.execute(tx);
}
