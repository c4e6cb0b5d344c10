import { sql } from "kysely";
import { AppError, setTimer, type Tx } from "#kernel";
import { isValidOn } from "../rules/states.ts";
import { EXPIRE } from "../rules/timer-kinds.ts";
import { draftOf } from "./drafts.ts";
import { nextNumber } from "./numbers.ts";
import { partyIn } from "./party.ts";
import { lockQuotation, readQuotation } from "./quotations.ts";
import { tell } from "./tx.ts";

/**
 * Sending takes two transactions with the document's making between them: first the number, then the message with the
 * state. What breaks between leaves a draft that has its number and is sent again.
 */

export interface Issue {
  id: number;
  revision: number;
  today: string;
  now: number;
}

/** Checks that the draft can be sent, and numbers it. @throws AppError not_found, rule_broken, conflict, bad_request */
export async function numberDraft(tx: Tx, tenantId: number, issue: Issue): Promise<void> {
  const { id, today } = issue;
  const { number, company_id: companyId } = await lockQuotation(tx, tenantId, id);
  await checkPlace(tx, tenantId, { id, companyId });
  const draft = await draftOf(tx, tenantId, id);
  if (draft.revision !== issue.revision) throw new AppError("conflict");
  if (draft.lines.length === 0)
    throw new AppError("bad_request", undefined, [{ path: "lines", message: "nothing is offered" }]);
  if (!isValidOn(draft.validUntil, today))
    throw new AppError("bad_request", undefined, [{ path: "validUntil", message: "lies in the past" }]);
  if (number !== null) return;
  const given = await nextNumber(tx, tenantId, "quotation", today);
  await sql`update business.quotation set number = ${given} where tenant_id = ${tenantId} and id = ${id}`.execute(
    tx,
  );
}

/** The conversation is still there, and still held in this company's name. @throws AppError rule_broken */
async function checkPlace(tx: Tx, tenantId: number, of: { id: number; companyId: number }): Promise<void> {
  const { conversationId } = await readQuotation(tx, tenantId, of.id);
  if (conversationId === null)
    throw new AppError("rule_broken", "The conversation is gone; there is nowhere to send it.");
  const party = await partyIn(tx, tenantId, conversationId);
  if (party.companyId !== of.companyId || party.personId === null)
    throw new AppError("rule_broken", "Nobody speaks for this company in the conversation any more.");
}

export interface Sent extends Issue {
  fileId: string;
  sha256: string;
  /** The first moment after its last day, ms. */
  endsAt: number;
}

/** The draft is sent, what was open is replaced. @throws AppError conflict when it changed while the document was made */
export async function markSent(tx: Tx, tenantId: number, sent: Sent): Promise<void> {
  const { id, now } = sent;
  const at = new Date(now);
  await sql`update business.quotation_version set state = 'replaced', ended_at = coalesce(ended_at, ${at})
    where tenant_id = ${tenantId} and quotation_id = ${id} and state in ('sent', 'declined', 'withdrawn', 'expired')`.execute(
    tx,
  );
  const { rows } = await sql`
    update business.quotation_version set state = 'sent', sent_at = ${at}, changed_at = ${at}, file_id = ${sent.fileId}, sha256 = ${sent.sha256}
    where tenant_id = ${tenantId} and quotation_id = ${id} and state = 'draft' and revision = ${sent.revision} returning version`.execute(
    tx,
  );
  if (rows.length === 0) throw new AppError("conflict");
  await setTimer(tx, {
    tenantId,
    kind: EXPIRE,
    key: String(id),
    dueAt: sent.endsAt,
    payload: { quotationId: id },
  });
  await tell(tx, tenantId, `quotation ${id}`, now);
}

/**
 * Is this file the document of a version that was sent? Waits for whoever has the quotation, so that a commit under way is
 * over when this answers.
 */
export async function isOfRecord(
  tx: Tx,
  tenantId: number,
  { id, fileId }: { id: number; fileId: string },
): Promise<boolean> {
  await sql`select from business.quotation where tenant_id = ${tenantId} and id = ${id} for update`.execute(
    tx,
  );
  const { rows } = await sql`select from business.quotation_version
    where tenant_id = ${tenantId} and quotation_id = ${id} and file_id = ${fileId}`.execute(tx);
  return rows.length > 0;
}
