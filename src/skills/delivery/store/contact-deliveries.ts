import { sql } from "kysely";
import { personOf } from "#kernel";
import type { DeliveryState, Outcome, Proof } from "../tables.ts";
import { needContact } from "./deliveries.ts";
import type { DeliveryTx } from "./tx.ts";

/** A person's deliveries, as colleagues see them beside the conversation. */

const MOST = 5;

export interface ContactDelivery {
  readonly id: number;
  readonly senderTenantId: number | null;
  readonly senderRef: string;
  readonly eveningState: "planned" | "running" | "over";
  readonly timeZone: string;
  readonly address: string;
  readonly earliestAt: Date;
  readonly latestAt: Date;
  readonly state: DeliveryState;
  readonly attempt: number;
  readonly skills: number;
  readonly doorNote: string;
  readonly toldFrom: Date | null;
  readonly toldUntil: Date | null;
  readonly lateSaidAt: Date | null;
  readonly outcome: Outcome | null;
  readonly outcomeWords: string;
  readonly endedAt: Date | null;
  readonly proof: Proof;
  readonly proofFileId: string | null;
  readonly signature: string | null;
  readonly compensationMinor: number;
  readonly currency: string;
  readonly answer: "good" | "bad" | null;
  readonly answerWords: string;
}

/**
 * The last ones of everybody who is this person, the nearest first.
 * @throws AppError not_found
 */
export async function listOfContact(
  tx: DeliveryTx,
  tenantId: number,
  contactId: number,
): Promise<ContactDelivery[]> {
  await needContact(tx, tenantId, contactId);
  const person = await personOf(tx, tenantId, contactId);
  const { rows } = await sql<ContactDelivery>`
    select d.id, d.sender_tenant_id as "senderTenantId", d.sender_ref as "senderRef", e.state as "eveningState",
      c.time_zone as "timeZone", d.address, d.earliest_at as "earliestAt", d.latest_at as "latestAt", d.state, d.attempt, d.skills,
      d.door_note as "doorNote", d.told_from as "toldFrom", d.told_until as "toldUntil", d.late_said_at as "lateSaidAt", d.outcome,
      d.outcome_words as "outcomeWords", d.ended_at as "endedAt", d.proof, d.proof_file_id as "proofFileId", d.signature,
      d.compensation_minor as "compensationMinor", d.currency, d.answer, d.answer_words as "answerWords"
    from delivery.delivery d
    join delivery.evening e on e.tenant_id = d.tenant_id and e.id = d.evening_id
    join delivery.city c on c.tenant_id = e.tenant_id and c.id = e.city_id
    where d.tenant_id = ${tenantId} and d.contact_id = any(${[...person]}::bigint[]) and d.state <> 'expired'
    order by d.earliest_at desc, d.id desc limit ${MOST}`.execute(tx);
  return rows;
}
