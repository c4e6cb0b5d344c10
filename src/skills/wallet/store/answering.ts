import { sql } from "kysely";
import { answerLater, type Timer, type Tx, takeTimer, translate } from "#kernel";
import { catalogue } from "../rules/catalogue.ts";
import { REQUESTS } from "../rules/purposes.ts";
import { readRequest } from "./request-rows.ts";
import { requestLink } from "./requests.ts";
import { inTenant, type Place } from "./tx.ts";

/** What happened to a payment, said in its conversation: without amount, payee or account. */

const SAID: ReadonlySet<string> = new Set(["paid", "held", "captured", "returned", "refunded"]);

export async function sayWhatHappened(
  place: Place,
  timer: Timer,
  { requestId, what }: { requestId: number; what: string },
): Promise<void> {
  const { tenantId } = timer;
  const { house } = place;
  await inTenant(place, tenantId, async (tx) => {
    if (!(await takeTimer(tx, timer)) || !SAID.has(what)) return;
    const request = await readRequest(tx, tenantId, requestId);
    const { conversation_id: conversationId, language } = request;
    if (conversationId === null) return;
    const messageId = await lastWord(tx, tenantId, conversationId);
    if (messageId === null) return;
    const { formOfAddress: form } = await house.profile(tenantId);
    const link = requestLink(place, tenantId, request.key);
    const text = translate(catalogue, { language, form }, what, { link });
    const content = { type: "text" as const, text, link };
    const now = house.clock.now();
    await answerLater(house, tx, { tenantId, conversationId, messageId, purpose: REQUESTS, content, now });
  });
}

/** @returns the customer's last message: the reason to write there; null = none */
export async function lastWord(tx: Tx, tenantId: number, conversationId: number): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from kernel.message where tenant_id = ${tenantId} and conversation_id = ${conversationId} and author = 'customer'
    order by id desc limit 1`.execute(tx);
  return rows[0]?.id ?? null;
}
