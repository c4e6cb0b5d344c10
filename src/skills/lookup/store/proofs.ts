import { jsonText } from "#kernel";
import type { Kind, Shown } from "../api/record.ts";
import { CODE_MS, CODE_TRIES, PROOF_MS } from "../rules/limits.ts";
import type { Proof } from "../rules/proof.ts";
import type { Question } from "../rules/record.ts";
import type { LookupTx } from "./tx.ts";

/** What was proved in a conversation, and codes that wait to be typed. */

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
    connectionName: string;
    now: number;
    /** A proof of before holds no longer because it was used. */
    isNew: boolean;
  },
): Promise<void> {
  const { contactId, reference, shown, proof, connectionName: connection_name, now, isNew } = found;
  const at = new Date(now);
  const row = { contact_id: contactId, reference, shown: jsonText(shown), connection_name };
  await tx
    .insertInto("lookup.proof")
    .values({
      tenant_id: tenantId,
      conversation_id: conversationId,
      kind: shown.kind,
      number: shown.number,
      proof,
      proven_at: at,
      expires_at: new Date(now + PROOF_MS),
      ...row,
    })
    .onConflict((oc) =>
      oc
        .columns(["tenant_id", "conversation_id", "kind", "number"])
        .doUpdateSet(isNew ? { ...row, proof, proven_at: at, expires_at: new Date(now + PROOF_MS) } : row),
    )
    .execute();
}

/** Numbers of this kind that were proved here and need not be proved again yet, as the register writes them. */
export async function validProofs(
  tx: LookupTx,
  { tenantId, conversationId }: Place,
  { kind, now }: { kind: Kind; now: number },
): Promise<{ number: string; proof: Proof; connectionName: string }[]> {
  return tx
    .selectFrom("lookup.proof")
    .select(["number", "proof", "connection_name as connectionName"])
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

/** The last code of a conversation counts. */
export async function saveCode(
  tx: LookupTx,
  { tenantId, conversationId }: Place,
  code: Question & { hash: Buffer; email: string; now: number },
): Promise<void> {
  const { kind, reference, hash, email, now } = code;
  const row = { kind, reference, hash, email, attempts: 0, expires_at: new Date(now + CODE_MS) };
  await tx
    .insertInto("lookup.code")
    .values({ tenant_id: tenantId, conversation_id: conversationId, ...row })
    .onConflict((oc) => oc.columns(["tenant_id", "conversation_id"]).doUpdateSet(row))
    .execute();
}

/** Counts one try of the code. @returns null when there is none that could still be typed */
export async function tryCode(
  tx: LookupTx,
  { tenantId, conversationId }: Place,
  { kind, reference, now }: Question & { now: number },
): Promise<{ hash: Buffer; email: string } | null> {
  const row = await tx
    .updateTable("lookup.code")
    .set((eb) => ({ attempts: eb("attempts", "+", 1) }))
    .where("tenant_id", "=", tenantId)
    .where("conversation_id", "=", conversationId)
    .where("kind", "=", kind)
    .where("reference", "=", reference)
    .where("expires_at", ">", new Date(now))
    .where("attempts", "<", CODE_TRIES)
    .returning(["hash", "email"])
    .executeTakeFirst();
  return row ?? null;
}

/** A code works once. */
export async function dropCode(tx: LookupTx, { tenantId, conversationId }: Place): Promise<void> {
  await tx
    .deleteFrom("lookup.code")
    .where("tenant_id", "=", tenantId)
    .where("conversation_id", "=", conversationId)
    .execute();
}
