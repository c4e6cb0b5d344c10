import type pg from "pg";
import { pgArray } from "../db/array.ts";
import type { ReceiptUpdate } from "./state.ts";

/** An answer that could not be delivered is a case for a person: nothing stays unanswered unseen. */

interface Place {
  tenantId: number;
  conversationId: number;
}

const TO_PERSON = `update kernel.conversation c set state = 'waiting', waiting_since = coalesce(c.waiting_since, $3), due_at = coalesce(c.due_at, $3),
    hand_over = jsonb_build_object('reason', 'flow', 'confidence', null, 'needed', null, 'summary', '', 'at', to_char($3 at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`;

/** The provider refused to take the answer. */
export async function needPerson(
  client: pg.PoolClient,
  places: readonly Place[],
  now: number,
): Promise<void> {
  if (places.length === 0) return;
  await client.query(
    `${TO_PERSON} from unnest($1::int[], $2::bigint[]) t(tenant_id, id)
      where c.tenant_id = t.tenant_id and c.id = t.id and c.state = 'bot'`,
    [
      pgArray.int4(places.map((each) => each.tenantId)),
      pgArray.int8(places.map((each) => each.conversationId)),
      new Date(now),
    ],
  );
}

/**
 * The provider took the answer and says later that it failed. To be called before the receipts are applied:
 * only what they will change counts, and conversations are locked before messages.
 * @returns the conversations that are now a person's
 */
export async function needPersonAfter(
  client: pg.PoolClient,
  receipts: readonly ReceiptUpdate[],
  now: number,
): Promise<Place[]> {
  const failed = receipts.filter((receipt) => receipt.status === "failed");
  if (failed.length === 0) return [];
  const { rows } = await client.query<{ tenant_id: number; id: number }>(
    `${TO_PERSON} from unnest($1::int[], $2::bigint[], $4::uuid[]) t(tenant_id, id, message_id)
      where c.tenant_id = t.tenant_id and c.id = t.id and c.state = 'bot' and exists (select 1 from kernel.message m
        where m.tenant_id = t.tenant_id and m.conversation_id = t.id and m.id = t.message_id and m.author = 'bot' and m.basis_grant is null
          and m.status in ('queued', 'uncertain', 'sent'))
      returning c.tenant_id, c.id`,
    [
      pgArray.int4(failed.map((each) => each.tenantId)),
      pgArray.int8(failed.map((each) => each.conversationId)),
      new Date(now),
      pgArray.uuid(failed.map((each) => each.messageId)),
    ],
  );
  return rows.map((row) => ({ tenantId: row.tenant_id, conversationId: row.id }));
}
