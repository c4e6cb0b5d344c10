import { sql } from "kysely";
import { answerLater, deleteFile, type House, translate } from "#kernel";
import type { Desk } from "../ports.ts";
import { catalogue } from "../rules/catalogue.ts";
import { DEAL } from "../rules/purposes.ts";
import { keepDocument, makeDocument, planDocument } from "./documents.ts";
import { inTenant, tell } from "./tx.ts";

interface Row {
  number: string;
  sent_at: Date | null;
  file_id: string | null;
  quotation: string;
  version: number;
  conversation_id: number | null;
  message_id: string | null;
}

/**
 * Makes the order confirmation and sends it where the order was given. Repeatable: a document that was kept is not made
 * again, one that was sent is not sent again.
 */
export async function sendConfirmation(
  house: House,
  desk: Desk,
  of: { tenantId: number; quotationId: number },
): Promise<void> {
  const { tenantId, quotationId } = of;
  const plan = await inTenant(house, tenantId, async (tx) => {
    const row = await confirmationRow(tx, of, "");
    if (!row || row.file_id !== null) return null;
    const document = await planDocument(house, tx, tenantId, {
      id: quotationId,
      kind: "confirmation",
      version: row.version,
    });
    return { document, row };
  });
  if (!plan) return;
  const { conversation_id: conversationId } = plan.row;
  const kept = await keepDocument(
    house,
    desk,
    { tenantId, conversationId },
    await makeDocument(plan.document),
  );
  const profile = await house.profile(tenantId);
  await inTenant(house, tenantId, async (tx) => {
    const row = await confirmationRow(tx, of, "for update of o");
    if (!row || row.file_id !== null) {
      // Somebody else made it meanwhile: these files are nobody's.
      for (const fileId of [kept.fileId, kept.copy.fileId]) await deleteFile(tx, tenantId, fileId);
      return;
    }
    const now = house.clock.now();
    await sql`update business.confirmation set file_id = ${kept.fileId}, sha256 = ${kept.sha256}, sent_at = ${new Date(now)}
      where tenant_id = ${tenantId} and quotation_id = ${quotationId}`.execute(tx);
    if (row.conversation_id !== null && row.message_id !== null) {
      const choice = { language: plan.document.version.language, form: profile.formOfAddress };
      const text = translate(catalogue, choice, "confirmation", {
        confirmation: row.number,
        number: row.quotation,
      });
      await answerLater(house, tx, {
        tenantId,
        conversationId: row.conversation_id,
        messageId: row.message_id,
        purpose: DEAL,
        content: { type: "document", text, media: { ...kept.copy, sha256: kept.sha256 } },
        now,
      });
    }
    await tell(tx, tenantId, `quotation ${quotationId}`, now);
  });
}

async function confirmationRow(
  tx: Parameters<typeof tell>[0],
  { tenantId, quotationId }: { tenantId: number; quotationId: number },
  lock: "" | "for update of o",
): Promise<Row | null> {
  const { rows } = await sql<Row>`
    select o.number, o.sent_at, o.file_id, q.number as quotation, a.version, a.conversation_id, a.message_id
    from business.confirmation o
    join business.acceptance a on a.tenant_id = o.tenant_id and a.quotation_id = o.quotation_id
    join business.quotation q on q.tenant_id = o.tenant_id and q.id = o.quotation_id
    where o.tenant_id = ${tenantId} and o.quotation_id = ${quotationId} ${sql.raw(lock)}`.execute(tx);
  return rows[0] ?? null;
}
