import { jsonText } from "#kernel";
import type { Kind, Shown } from "../api/record.ts";
import { PROOF_MS } from "../rules/limits.ts";
import type { Proof } from "../rules/proof.ts";
import type { LookupTx } from "./tx.ts";

/** What was proved in a conversation. */

export interface Place {
  readonly tenantId: number;
  readonly conversationId: number;
}

export async function saveProof(
  tx: LookupTx,
  { tenantId, conversationId }: Place,
  found: {
    contactId: number;
    reference: string;
    shown: Shown;
    proof: Proof;
    /** A keyed hash of what proved it; null where the channel did. */
    evidence: Buffer | null;
    connection: { id: number; name: string };
    now: number;
    /** A proof of before holds no longer because it was used. */
    isNew: boolean;
  },
): Promise<void> {
  const { contactId, reference, shown, proof, evidence, connection, now, isNew } = found;
  const at = new Date(now);
  const row = {
    contact_id: contactId,
    reference,
    shown: jsonText(shown),
    connection_name: connection.name,
  };
  await tx
    .insertInto("lookup.proof")
    .values({
      tenant_id: tenantId,
      conversation_id: conversationId,
      kind: shown.kind,
      number: shown.number,
      connection_id: connection.id,
      proof,
      evidence,
      proven_at: at,
      expires_at: new Date(now + PROOF_MS),
      ...row,
    })
    .onConflict((oc) =>
      oc
        .columns(["tenant_id", "conversation_id", "kind", "number", "connection_id"])
        .doUpdateSet(
          isNew ? { ...row, proof, evidence, proven_at: at, expires_at: new Date(now + PROOF_MS) } : row,
        ),
    )
    .execute();
}

/** What was proved here, of one register each, and need not be proved again yet. */
export interface ValidProof {
  /** As the register writes it, and as it was asked for. */
  readonly number: string;
  readonly reference: string;
  readonly proof: Proof;
  readonly evidence: Buffer | null;
  readonly connectionId: number;
}

export async function validProofs(
  tx: LookupTx,
  { tenantId, conversationId }: Place,
  { kind, now }: { kind: Kind; now: number },
): Promise<ValidProof[]> {
  return tx
    .selectFrom("lookup.proof")
    .select(["number", "reference", "proof", "evidence", "connection_id as connectionId"])
    .where("tenant_id", "=", tenantId)
    .where("conversation_id", "=", conversationId)
    .where("kind", "=", kind)
    .where("expires_at", ">", new Date(now))
    .execute();
}

export interface CardRow {
  readonly id: number;
  readonly conversation_id: number;
  readonly proof: Proof;
  readonly shown: Shown;
  readonly connection_name: string;
  readonly proven_at: Date;
  readonly expires_at: Date;
}

/** What one person has proved, newest first. @param contactIds the person, merged contacts included */
export function cardsOf(
  tx: LookupTx,
  { tenantId, contactIds, limit }: { tenantId: number; contactIds: readonly number[]; limit: number },
): Promise<CardRow[]> {
  return tx
    .selectFrom("lookup.proof")
    .select(["id", "conversation_id", "proof", "shown", "connection_name", "proven_at", "expires_at"])
    .where("tenant_id", "=", tenantId)
    .where("contact_id", "in", [...contactIds])
    .orderBy("proven_at", "desc")
    .limit(limit)
    .execute();
}
