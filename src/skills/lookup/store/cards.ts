import { type Actor, AppError, type House, logListed, personOf } from "#kernel";
import type { LookupCard } from "../api.ts";
import { cardsOf } from "./proofs.ts";
import { inLookup } from "./tx.ts";

const CARDS_MOST = 10;

/** What a person has proved, for colleagues; that they read it is logged. @throws AppError not_found */
export function cardsOfContact(house: House, actor: Actor, contactId: number): Promise<LookupCard[]> {
  const { tenantId } = actor;
  return inLookup(house, tenantId, async (tx) => {
    const contactIds = await personOf(tx, tenantId, contactId);
    if (contactIds.length === 0) throw new AppError("not_found");
    const rows = await cardsOf(tx, { tenantId, contactIds, limit: CARDS_MOST });
    if (rows.length > 0) await logListed(house, actor, [contactId], { tx });
    return rows.map((row) => ({
      id: row.id,
      conversationId: row.conversation_id,
      proof: row.proof,
      from: row.connection_name,
      provenAt: row.proven_at.toISOString(),
      provenUntil: row.expires_at.toISOString(),
      record: { ...row.shown, asOf: new Date(row.shown.asOf).toISOString() },
    }));
  });
}
