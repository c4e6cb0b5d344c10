import { sql } from "kysely";
import { withdrawConsent } from "../consent/grants.ts";
import type { Tx } from "../db/open.ts";
import { deleteFiles } from "../files/store.ts";
import type { PersonalData } from "../skill.ts";

/** A room that holds data of persons: the kernel's own below, and one for each skill. */
export interface PersonalRoom {
  id: string;
  personalData: PersonalData;
}

/** What the kernel's tables hold about these contacts (GDPR Art. 15 and 20), and their removal (Art. 17). */
export function kernelRoom(tenantId: number, now: () => number): PersonalRoom {
  return {
    id: "kernel",
    personalData: {
      export: (tx, contactIds) => exportKernel(tx, tenantId, contactIds),
      erase: (tx, contactIds) => eraseKernel(tx, { tenantId, contactIds, now: now() }),
    },
  };
}

/** Table -> how its rows belong to the contacts; `ids` stands for them. */
const TABLES: Readonly<Record<string, string>> = {
  contact: "id = any($ids)",
  identity: "contact_id = any($ids)",
  contact_merge: "contact_id = any($ids) or into_id = any($ids)",
  conversation: "contact_id = any($ids)",
  message:
    "conversation_id in (select id from kernel.conversation where tenant_id = $tenant and contact_id = any($ids))",
  callback: "contact_id = any($ids)",
  file: "contact_id = any($ids) or conversation_id in (select id from kernel.conversation where tenant_id = $tenant and contact_id = any($ids))",
  outbox: "contact_id = any($ids)",
  access_log: "contact_id = any($ids)",
  consent_grant: "contact_id = any($ids)",
  consent_proof: "contact_id = any($ids)",
  decision: "contact_id = any($ids)",
};

async function exportKernel(
  tx: Tx,
  tenantId: number,
  contactIds: readonly number[],
): Promise<Record<string, unknown>> {
  const data: Record<string, unknown> = {};
  for (const [table, condition] of Object.entries(TABLES)) {
    // The conditions are the constants above; values go as parameters.
    const where = condition.split(/(\$ids|\$tenant)/).map((piece) => {
      if (piece === "$ids") return sql`${[...contactIds]}::bigint[]`;
      return piece === "$tenant" ? sql`${tenantId}` : sql.raw(piece);
    });
    const { rows } = await sql<{ row: unknown }>`
      select to_jsonb(t) - 'tenant_id' as row from kernel.${sql.raw(table)} t
      where t.tenant_id = ${tenantId} and (${sql.join(where, sql``)})`.execute(tx);
    data[table] = rows.map(({ row }) => row);
  }
  return data;
}

/**
 * Locks in the house's order: contact, conversation, then the rest. What stays is an empty contact with the time of
 * its end, the log of who read it, and events that carry ids only. Raw webhooks leave with their partition.
 */
async function eraseKernel(
  tx: Tx,
  { tenantId, contactIds, now }: { tenantId: number; contactIds: readonly number[]; now: number },
): Promise<void> {
  const ids = sql`${[...contactIds]}::bigint[]`;
  await sql`select id from kernel.contact where tenant_id = ${tenantId} and id = any(${ids}) order by id for update`.execute(
    tx,
  );
  const { rows } = await sql<{ id: number }>`
    select id from kernel.conversation where tenant_id = ${tenantId} and contact_id = any(${ids}) order by id for update`.execute(
    tx,
  );
  const conversationIds = sql`${rows.map((row) => row.id)}::bigint[]`;
  await deleteFiles(tx, contactIds);
  await eraseParked(tx, tenantId, contactIds);
  await sql`
    delete from kernel.timer where tenant_id = ${tenantId} and (payload ->> 'conversationId' = any(${conversationIds}::text[])
      or (kind = 'callback_due' and key in (select id::text from kernel.callback where tenant_id = ${tenantId} and contact_id = any(${ids}))))`.execute(
    tx,
  );
  // What came back about them and nobody has taken yet; who answers later is known by the rest of the row.
  await sql`delete from kernel.side_reply where tenant_id = ${tenantId} and side_mail_id in
    (select id from kernel.side_mail where tenant_id = ${tenantId} and conversation_id = any(${conversationIds}))`.execute(
    tx,
  );
  await sql`delete from kernel.outbox where tenant_id = ${tenantId} and contact_id = any(${ids})`.execute(tx);
  // The proof that a consent was given and withdrawn stays until its time is over (Art. 17 (3) e): kernel.consent_proof.
  await withdrawConsent(tx, { tenantId, contactIds, how: "erased", now });
  await sql`delete from kernel.decision where tenant_id = ${tenantId} and contact_id = any(${ids})`.execute(
    tx,
  );
  // Messages and call-backs go with their conversation.
  await sql`delete from kernel.conversation where tenant_id = ${tenantId} and contact_id = any(${ids})`.execute(
    tx,
  );
  await sql`delete from kernel.identity where tenant_id = ${tenantId} and contact_id = any(${ids})`.execute(
    tx,
  );
  // Who is left of the same person, in another name, stands alone.
  await sql`update kernel.contact set merged_into = null
    where tenant_id = ${tenantId} and merged_into = any(${ids}) and not id = any(${ids})`.execute(tx);
  await sql`
    update kernel.contact set name = '', company = '', note = '', language = null, party = null, erased_at = ${new Date(now)}
    where tenant_id = ${tenantId} and id = any(${ids})`.execute(tx);
}

/** Parked bodies are raw: whoever's address stands in one is in it. */
async function eraseParked(tx: Tx, tenantId: number, contactIds: readonly number[]): Promise<void> {
  const identities = await tx
    .selectFrom("kernel.identity")
    .select("value")
    .where("tenant_id", "=", tenantId)
    .where("contact_id", "in", contactIds)
    .execute();
  if (identities.length === 0) return;
  const patterns = identities.map(({ value }) => wholeWord(value.replace(/^\+/, "")));
  await sql`delete from kernel.parked where tenant_id = ${tenantId} and encode(body, 'escape') ~ any(${patterns}::text[])`.execute(
    tx,
  );
}

/** As a regular expression of PostgreSQL: 4915 is not in 24915, which is somebody else. Providers leave the plus out. */
function wholeWord(value: string): string {
  return `(^|[^[:alnum:]])${value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}($|[^[:alnum:]])`;
}
