import { sql } from "kysely";
import { AppError, type Tx } from "#kernel";
import { companyOf } from "./tx.ts";

export interface Party {
  contactId: number;
  /** null: the person writes privately. */
  companyId: number | null;
  personId: number | null;
}

/** In whose name a conversation is held. @throws AppError not_found */
export async function partyIn(tx: Tx, tenantId: number, conversationId: number): Promise<Party> {
  const { rows } = await sql<{ contact_id: number; party: string | null; person_id: number | null }>`
    select v.contact_id, c.party, p.id as person_id from kernel.conversation v
    join kernel.contact c on c.tenant_id = v.tenant_id and c.id = v.contact_id
    left join business.person p on p.tenant_id = c.tenant_id and p.contact_id = c.id and p.left_at is null
    where v.tenant_id = ${tenantId} and v.id = ${conversationId}`.execute(tx);
  const [row] = rows;
  if (!row) throw new AppError("not_found");
  return { contactId: row.contact_id, companyId: companyOf(row.party), personId: row.person_id };
}
