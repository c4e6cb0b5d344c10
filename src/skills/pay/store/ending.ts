import { sql } from "kysely";
import { type Actor, AppError, type House, translate } from "#kernel";
import type { Desk } from "../ports.ts";
import { catalogue } from "../rules/catalogue.ts";
import { spokenMoney } from "../rules/money.ts";
import { lockRequest, owedOf, settleState } from "./request-rows.ts";
import { clientIdOf } from "./requests.ts";
import { inTenant, moment } from "./tx.ts";

/** How a request ends without being paid. */

/** @throws AppError not_found, rule_broken when nothing is open */
export async function cancelRequest(
  { house, desk }: { house: House; desk: Desk },
  actor: Actor,
  { id, reason }: { id: number; reason: string },
): Promise<void> {
  const { tenantId } = actor;
  const when = await moment(house, tenantId);
  const told = await inTenant(house, tenantId, async (tx) => {
    const row = await lockRequest(tx, tenantId, id);
    if (owedOf(row) === 0) throw new AppError("rule_broken", "ended: nothing of it is open.");
    await sql`update pay.request set cancelled_at = ${new Date(when.now)}, reason = ${reason}
      where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
    await settleState(tx, tenantId, id, when);
    return row;
  });
  const { conversation_id: conversationId, language } = told;
  if (conversationId === null) return;
  const { formOfAddress: form } = await house.profile(tenantId);
  const amount = spokenMoney(told.amount_minor, told.currency, language);
  const text = translate(catalogue, { language, form }, reason === "" ? "cancelled" : "cancelledBecause", {
    amount,
    title: told.title,
    reason,
  });
  const input = { clientId: clientIdOf(tenantId, "cancel", id), text };
  // It is cancelled whether or not the customer can be told now: the page says it.
  await inTenant(house, tenantId, (tx) => desk.reply(house, tx, actor, { conversationId, input })).catch(
    (error: unknown) => {
      if (!(error instanceof AppError) || !UNTOLD.includes(error.code)) throw error;
    },
  );
}

const UNTOLD: readonly string[] = ["window_closed", "not_allowed_to_contact", "not_found"];

/** Its last day is over: what was not paid cannot be paid on its page any more. Repeatable. */
export async function expireRequest(house: House, tenantId: number, id: number): Promise<void> {
  const when = await moment(house, tenantId);
  await inTenant(house, tenantId, async (tx) => {
    const known = await sql`select from pay.request where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
    if (known.rows.length === 0) return;
    const row = await lockRequest(tx, tenantId, id);
    if (row.expired_at !== null || row.expires_on === null || row.expires_on >= when.today) return;
    await sql`update pay.request set expired_at = ${new Date(when.now)} where tenant_id = ${tenantId} and id = ${id}`.execute(
      tx,
    );
    await settleState(tx, tenantId, id, when);
  });
}
