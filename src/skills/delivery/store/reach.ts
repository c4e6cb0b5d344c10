import { sql } from "kysely";
import type { Language } from "#kernel";
import { ARRIVAL } from "../rules/purposes.ts";
import type { DeliveryTx } from "./tx.ts";

/** How customers are reached about a delivery. */

export interface Reach {
  readonly deliveryId: number;
  readonly conversationId: number | null;
  readonly channelKind: string | null;
  readonly language: Language | null;
  /** Allows to begin a message. */
  readonly grantId: number | null;
  /** The customer's last message: the reason of an answer. */
  readonly messageId: string | null;
}

/** Grants of the person for any channel count, that of the delivery's conversation first. */
export async function reachOf(
  tx: DeliveryTx,
  { tenantId, deliveryIds, now }: { tenantId: number; deliveryIds: readonly number[]; now: number },
): Promise<ReadonlyMap<number, Reach>> {
  const { rows } = await sql<Reach>`
    select d.id as "deliveryId", v.id as "conversationId", h.kind as "channelKind", coalesce(v.language, c.language) as language,
      g.id as "grantId", m.id as "messageId"
    from delivery.delivery d
    left join kernel.conversation v on v.tenant_id = d.tenant_id and v.id = d.conversation_id
    left join kernel.channel h on h.tenant_id = v.tenant_id and h.id = v.channel_id
    left join kernel.contact c on c.tenant_id = d.tenant_id and c.id = coalesce(v.contact_id, d.contact_id)
    left join lateral (select k.id from kernel.consent_grant k
      where k.tenant_id = d.tenant_id and k.contact_id = c.id and k.purpose = ${ARRIVAL} and k.withdrawn_at is null
        and (k.expires_at is null or k.expires_at > ${new Date(now)})
      order by (k.channel_id = v.channel_id) desc nulls last, k.id desc limit 1) g on true
    left join lateral (select k.id from kernel.message k
      where k.tenant_id = v.tenant_id and k.conversation_id = v.id and k.author = 'customer' order by k.sent_at desc, k.id desc limit 1) m on true
    where d.tenant_id = ${tenantId} and d.id = any(${[...deliveryIds]}::bigint[])`.execute(tx);
  return new Map(rows.map((row) => [row.deliveryId, row]));
}

export interface CourierReach {
  readonly courierId: number;
  readonly hasPage: boolean;
  readonly language: Language;
  /** Where this courier wrote to us last. */
  readonly conversationId: number | null;
  readonly messageId: string | null;
}

export async function courierReach(
  tx: DeliveryTx,
  tenantId: number,
  courierIds: readonly number[],
): Promise<ReadonlyMap<number, CourierReach>> {
  const { rows } = await sql<CourierReach>`
    select k.id as "courierId", k.key_hash is not null as "hasPage", k.language, m.conversation_id as "conversationId", m.id as "messageId"
    from delivery.courier k
    left join lateral (select o.conversation_id, o.id from kernel.conversation v
      join kernel.message o on o.tenant_id = v.tenant_id and o.conversation_id = v.id and o.author = 'customer'
      where v.tenant_id = k.tenant_id and v.contact_id = k.contact_id order by o.sent_at desc, o.id desc limit 1) m on true
    where k.tenant_id = ${tenantId} and k.id = any(${[...courierIds]}::int[])`.execute(tx);
  return new Map(rows.map((row) => [row.courierId, row]));
}
