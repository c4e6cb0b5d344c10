import { sql } from "kysely";
import { setTimer, type Tx } from "#kernel";
import type { Role, Version } from "../api.ts";
import { isValidOn, type QuotationState, type Verdict, verdictOn } from "../rules/states.ts";
import { CONFIRM } from "../rules/timer-kinds.ts";
import { nextNumber } from "./numbers.ts";
import { lockQuotation, versionsOf } from "./quotations.ts";
import { tell } from "./tx.ts";

/** What the customer's people decide, and what time decides. Every change is made with the quotation locked. */

export interface Decision {
  quotationId: number;
  version: number;
  contactId: number;
  conversationId: number;
  messageId: string;
  words: string;
  today: string;
  now: number;
}

export interface Decided {
  verdict: Verdict;
  number: string;
  /** The order confirmation's number, once there is one. */
  confirmation: string | null;
  personId: number | null;
  version: Version | null;
  /** The message by which it was ordered. */
  acceptedBy: string | null;
}

const NOTHING: Decided = {
  verdict: "gone",
  number: "",
  confirmation: null,
  personId: null,
  version: null,
  acceptedBy: null,
};
const WORDS = 1_000;

/** @returns how the quotation stands for this person, locked until the commit */
export async function lookAt(tx: Tx, tenantId: number, asked: Decision): Promise<Decided> {
  const { quotationId, contactId, today } = asked;
  const known =
    await sql`select from business.quotation where tenant_id = ${tenantId} and id = ${quotationId}`.execute(
      tx,
    );
  if (known.rows.length === 0) return NOTHING;
  const quotation = await lockQuotation(tx, tenantId, quotationId);
  const { rows } = await sql<{ id: number; roles: Role[] }>`
    select id, roles from business.person where tenant_id = ${tenantId} and company_id = ${quotation.company_id}
      and contact_id = ${contactId} and left_at is null`.execute(tx);
  const [person] = rows;
  const versions = await versionsOf(tx, tenantId, quotationId);
  const accepted = versions.find(({ state }) => state === "accepted");
  const version = accepted ?? versions.find((one) => one.version === asked.version) ?? null;
  // Somebody of another company learns nothing, not even that there is such a quotation.
  if (!person || !version) return NOTHING;
  const verdict = verdictOn({ state: version.state, validUntil: version.validUntil }, person, today);
  const confirmed = await sql<{ number: string; message_id: string | null }>`
    select o.number, a.message_id from business.confirmation o
    join business.acceptance a on a.tenant_id = o.tenant_id and a.quotation_id = o.quotation_id
    where o.tenant_id = ${tenantId} and o.quotation_id = ${quotationId}`.execute(tx);
  return {
    verdict,
    number: quotation.number ?? "",
    confirmation: confirmed.rows[0]?.number ?? null,
    personId: person.id,
    version,
    acceptedBy: confirmed.rows[0]?.message_id ?? null,
  };
}

/**
 * The last word of a person with the role, while it is valid: recorded once, with the hash of the document they had. Who
 * says it again, or after a colleague, hears what was ordered.
 */
export async function acceptQuotation(tx: Tx, tenantId: number, asked: Decision): Promise<Decided> {
  const found = await lookAt(tx, tenantId, asked);
  if (found.verdict !== "yes" || found.version?.sha256 == null || found.personId === null) return found;
  const { quotationId, now } = asked;
  const at = new Date(now);
  await endVersion(tx, tenantId, {
    id: quotationId,
    version: found.version.version,
    state: "accepted",
    reason: "",
    now,
  });
  // A draft of a further version has lost its sense.
  await sql`delete from business.quotation_version where tenant_id = ${tenantId} and quotation_id = ${quotationId} and state = 'draft'`.execute(
    tx,
  );
  await sql`insert into business.acceptance (tenant_id, quotation_id, version, person_id, conversation_id, message_id, words, sha256, accepted_at)
    values (${tenantId}, ${quotationId}, ${found.version.version}, ${found.personId}, ${asked.conversationId}, ${asked.messageId},
      ${asked.words.slice(0, WORDS)}, ${found.version.sha256}, ${at})`.execute(tx);
  const confirmation = await nextNumber(tx, tenantId, "confirmation", asked.today);
  await sql`insert into business.confirmation (tenant_id, quotation_id, number, issued_at)
    values (${tenantId}, ${quotationId}, ${confirmation}, ${at})`.execute(tx);
  await setTimer(tx, {
    tenantId,
    kind: CONFIRM,
    key: String(quotationId),
    dueAt: now,
    payload: { quotationId },
  });
  return { ...found, confirmation };
}

/** Refused by somebody who could have accepted; also after its last day. */
export async function declineQuotation(
  tx: Tx,
  tenantId: number,
  asked: Decision & { reason: string },
): Promise<Decided> {
  const found = await lookAt(tx, tenantId, asked);
  if (!found.version || (found.verdict !== "yes" && found.verdict !== "expired")) return found;
  if (found.version.state === "sent")
    await endVersion(tx, tenantId, {
      id: asked.quotationId,
      version: found.version.version,
      state: "declined",
      reason: asked.reason,
      now: asked.now,
    });
  return { ...found, verdict: "yes" };
}

async function endVersion(
  tx: Tx,
  tenantId: number,
  end: { id: number; version: number; state: QuotationState; reason: string; now: number },
): Promise<void> {
  await sql`update business.quotation_version set state = ${end.state}, ended_at = ${new Date(end.now)}, changed_at = ${new Date(end.now)},
      reason = ${end.reason.slice(0, WORDS)}
    where tenant_id = ${tenantId} and quotation_id = ${end.id} and version = ${end.version}`.execute(tx);
  await tell(tx, tenantId, `quotation ${end.id}`, end.now);
}

/** Taken back by the company. @returns the version; null when none is open */
export async function withdraw(
  tx: Tx,
  tenantId: number,
  { id, reason, now }: { id: number; reason: string; now: number },
): Promise<Version | null> {
  await lockQuotation(tx, tenantId, id);
  const open = (await versionsOf(tx, tenantId, id)).find(({ state }) => state === "sent");
  if (!open) return null;
  await endVersion(tx, tenantId, { id, version: open.version, state: "withdrawn", reason, now });
  return open;
}

/** Its last day is over. @returns whether anything changed */
export async function expire(
  tx: Tx,
  tenantId: number,
  { id, today, now }: { id: number; today: string; now: number },
): Promise<boolean> {
  const known =
    await sql`select from business.quotation where tenant_id = ${tenantId} and id = ${id} for update`.execute(
      tx,
    );
  if (known.rows.length === 0) return false;
  const open = (await versionsOf(tx, tenantId, id)).find(({ state }) => state === "sent");
  if (!open || isValidOn(open.validUntil, today)) return false;
  await endVersion(tx, tenantId, { id, version: open.version, state: "expired", reason: "", now });
  return true;
}
