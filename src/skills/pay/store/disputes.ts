import { sql } from "kysely";
import { AppError, callPerson, type House, samePartyAs, type Tx, translate } from "#kernel";
import type { ProviderKind } from "../ports.ts";
import { catalogue } from "../rules/catalogue.ts";
import { spokenMoney } from "../rules/money.ts";
import { OWING } from "../rules/states.ts";
import type { When } from "./payments.ts";
import { lockRequest, type StoredRequest, settleState } from "./request-rows.ts";
import { tell } from "./tx.ts";

/** "That is not right": said by the customer, or by their bank through the service. Nobody is reminded until a person ends it. */

/** @param of requestId null = all that the person still owes; one of somebody else is not touched */
export async function noteDispute(
  tx: Tx,
  tenantId: number,
  { requestId, contactId }: { requestId: number | null; contactId: number },
  now: number,
): Promise<void> {
  const party = await samePartyAs(tx, tenantId, contactId);
  const { rows } = await sql<{ id: number }>`
    update pay.request r set disputed_at = ${new Date(now)} from pay.request_place p
    where p.tenant_id = r.tenant_id and p.request_id = r.id and r.tenant_id = ${tenantId} and r.disputed_at is null
      and p.contact_id = any(${party}::bigint[]) and (${requestId}::bigint is null or r.id = ${requestId}::bigint)
      and r.state = any(${[...OWING]}::text[]) returning r.id`.execute(tx);
  for (const { id } of rows) await tell(tx, tenantId, `request ${id}`, now);
}

/** @throws AppError not_found; rule_broken when nothing is disputed */
export async function endDispute(tx: Tx, tenantId: number, id: number, now: number): Promise<StoredRequest> {
  const row = await lockRequest(tx, tenantId, id);
  if (row.disputed_at === null) throw new AppError("rule_broken", "not_disputed: nothing is disputed here.");
  await sql`update pay.request set disputed_at = null where tenant_id = ${tenantId} and id = ${id}`.execute(
    tx,
  );
  await tell(tx, tenantId, `request ${id}`, now);
  return row;
}

export interface ChargedBack {
  readonly source: ProviderKind;
  readonly paymentRef: string;
  /** Of the dispute, or of the payment where the service only says how much in all. */
  readonly disputeRef: string;
  /** What the payer's bank holds back of it now; 0 when it was decided for us, or is only a question. */
  readonly heldMinor: number;
}

interface Place {
  readonly house: House;
  readonly tx: Tx;
  readonly tenantId: number;
}

/**
 * Books how much the payer's bank holds back, told as often as it likes: more of it is a posting, less takes the postings
 * back. A person is called when it begins.
 */
export async function noteChargedBack(place: Place, of: ChargedBack, when: When): Promise<void> {
  const { tx, tenantId } = place;
  const { rows } = await sql<{ id: number; request_id: number; amount_minor: number; currency: string }>`
    select id, request_id, amount_minor, currency from pay.payment
    where tenant_id = ${tenantId} and source = ${of.source} and external_id = ${of.paymentRef} and undone_at is null`.execute(
    tx,
  );
  const [payment] = rows;
  if (!payment) return;
  const request = await lockRequest(tx, tenantId, payment.request_id);
  const start = `dispute ${of.disputeRef} #`;
  const sums = await sql<{ held: number; others: number; count: number }>`
    select coalesce(sum(amount_minor) filter (where starts_with(key, ${start})), 0)::bigint as held,
      coalesce(sum(amount_minor) filter (where not starts_with(key, ${start})), 0)::bigint as others,
      (select count(*) from pay.refund where tenant_id = ${tenantId} and starts_with(key, ${start}))::int as count
    from pay.refund where tenant_id = ${tenantId} and payment_id = ${payment.id} and state <> 'failed'`.execute(
    tx,
  );
  const { held, others, count } = sums.rows[0] ?? { held: 0, others: 0, count: 0 };
  // What went back before cannot be held back once more: the books never say more than was paid.
  const target = Math.min(of.heldMinor, payment.amount_minor - others);
  const at = new Date(when.now);
  if (target < held)
    await sql`update pay.refund set state = 'failed', fault = 'dispute_won', ended_at = ${at}
      where tenant_id = ${tenantId} and starts_with(key, ${start}) and state <> 'failed'`.execute(tx);
  const more = target < held ? target : target - held;
  if (more > 0)
    await sql`insert into pay.refund (tenant_id, request_id, payment_id, key, way, amount_minor, currency, state, made_at, made_by, ended_at,
        posted_at, is_dispute)
      values (${tenantId}, ${request.id}, ${payment.id}, ${`${start}${count}`}, ${of.source}, ${more}, ${payment.currency}, 'done', ${at},
        ${of.source}, ${at}, ${at}, true)`.execute(tx);
  await settleState(tx, tenantId, request.id, when);
  if (target > held || (count === 0 && request.disputed_at === null))
    await callSomebody(place, request, { minor: of.heldMinor, currency: payment.currency }, when);
}

/** Of a service that only says how much of a payment is charged back in all: mostly nothing, ever. */
export async function seeChargedBack(
  place: Place,
  { source, paymentRef, heldMinor }: Omit<ChargedBack, "disputeRef">,
  when: When,
): Promise<void> {
  const { tx, tenantId } = place;
  if (heldMinor === 0) {
    const known = await sql`select from pay.refund
      where tenant_id = ${tenantId} and starts_with(key, ${`dispute ${paymentRef} #`}) limit 1`.execute(tx);
    if (known.rows.length === 0) return;
  }
  await noteChargedBack(place, { source, paymentRef, disputeRef: paymentRef, heldMinor }, when);
}

async function callSomebody(
  { house, tx, tenantId }: Place,
  request: StoredRequest,
  money: { minor: number; currency: string },
  when: When,
): Promise<void> {
  await sql`update pay.request set disputed_at = coalesce(disputed_at, ${new Date(when.now)})
    where tenant_id = ${tenantId} and id = ${request.id}`.execute(tx);
  const { conversation_id: conversationId, title } = request;
  if (conversationId === null) return;
  const { language, teamFormOfAddress: form } = await house.profile(tenantId);
  const amount = spokenMoney(money.minor, money.currency, language);
  const key = money.minor > 0 ? "staffChargeback" : "staffInquiry";
  const summary = translate(catalogue, { language, form }, key, { title, amount });
  await callPerson(house, tx, { tenantId, conversationId, reason: "case", summary, now: when.now });
}
