import { sql } from "kysely";
import { answerLater, type Catalogue, type House, type Language, type Tx, translate } from "#kernel";
import { DAY_MS } from "../rules/limits.ts";
import { maskedNumber } from "../rules/phone-number.ts";
import { CALLS } from "../rules/purposes.ts";
import { readSettings } from "./settings.ts";

/** Who waits for a call reads that we tried: as an answer to the own message, if the one gate allows it. */

/** An older message is no reason any more to write about a call. */
const REASON_DAYS = 14;

interface Tried {
  readonly tenantId: number;
  readonly callbackId: number;
  readonly tries: number;
  readonly now: number;
}

/** @returns null when it is not yet time for it, or was said before */
export async function tellTried(
  house: House,
  tx: Tx,
  catalogue: Catalogue,
  { tenantId, callbackId, tries, now }: Tried,
): Promise<"sent" | "refused" | null> {
  const { triesUntilTold } = await readSettings(tx, tenantId);
  if (tries < triesUntilTold) return null;
  const { rows } = await sql<{
    conversation_id: number;
    phone: string;
    language: Language;
    message_id: string | null;
    told_at: Date | null;
  }>`
    select b.conversation_id, b.phone, v.language, b.told_at, (select m.id from kernel.message m where m.tenant_id = b.tenant_id
      and m.conversation_id = b.conversation_id and m.author = 'customer' and m.sent_at >= ${new Date(now - REASON_DAYS * DAY_MS)}
      order by m.id desc limit 1) as message_id
    from kernel.callback b join kernel.conversation v on v.tenant_id = b.tenant_id and v.id = b.conversation_id
    where b.tenant_id = ${tenantId} and b.id = ${callbackId} and b.withdrawn_at is null`.execute(tx);
  const [row] = rows;
  if (!row || row.told_at) return null;
  if (row.message_id === null) return "refused";
  const { formOfAddress: form } = await house.profile(tenantId);
  const text = translate(catalogue, { language: row.language, form }, "tried", {
    phone: maskedNumber(row.phone),
  });
  const isSent = await answerLater(house, tx, {
    tenantId,
    conversationId: row.conversation_id,
    messageId: row.message_id,
    purpose: CALLS,
    content: { type: "text", text },
    now,
  });
  if (!isSent) return "refused";
  await sql`update kernel.callback set told_at = ${new Date(now)} where tenant_id = ${tenantId} and id = ${callbackId}`.execute(
    tx,
  );
  return "sent";
}
