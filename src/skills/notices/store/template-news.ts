import { sql } from "kysely";
import { z } from "zod";
import { appendEvents, type House, type Timer } from "#kernel";
import { FEED, wakeBy } from "./timers.ts";
import { tellTopic } from "./topics.ts";
import { inTenant, type NoticesTx } from "./tx.ts";

/** What the provider says of a template takes effect at once, in the middle of a notice too. */

const news = z.object({
  name: z.string(),
  language: z.string(),
  state: z.enum(["pending", "approved", "rejected", "paused", "disabled"]).nullable(),
  category: z.enum(["utility", "marketing", "authentication"]).nullable(),
  reason: z.string(),
  at: z.number(),
});
type News = z.output<typeof news>;

/** "en_US" is kept as "en". */
const languageOf = ({ language }: News): string => language.slice(0, 2).toLowerCase();

/** Repeatable. A template that nobody here keeps is none of our business, nor is what later news have overtaken. */
export async function takeTemplateNews(house: House, { tenantId, payload }: Timer): Promise<void> {
  const said = news.parse(payload);
  const now = house.clock.now();
  const told = sql.ref(said.category === null ? "state_told_at" : "category_told_at");
  await inTenant(house, tenantId, async (tx) => {
    const { rows } = await sql<{ state: string; moved: boolean }>`
      update notices.template t set state = coalesce(${said.state}, t.state), category = coalesce(${said.category}, t.category),
        reason = ${said.reason}, state_at = ${new Date(now)}, ${told} = ${new Date(said.at)}
      from (select id, category, ${told} as told_at from notices.template where tenant_id = ${tenantId} and name = ${said.name}
        and language = ${languageOf(said)} for update) old
      where t.tenant_id = ${tenantId} and t.id = old.id and (old.told_at is null or old.told_at <= ${new Date(said.at)})
      returning t.state, t.category <> old.category as moved`.execute(tx);
    const [after] = rows;
    if (!after) return;
    const fault = after.state !== "approved" ? "template_paused" : after.moved ? "template_category" : null;
    if (fault) await takeBack(tx, tenantId, { said, fault, now });
    await wakeBy(tx, tenantId, { kind: FEED, key: "feed", dueAt: now });
    await tellTopic(tx, tenantId, "", now);
  });
}

/**
 * What waits unclaimed in the outbox with this template does not leave; the review of failures then takes another way that
 * was agreed to. Locks in the house's order: messages, then outbox.
 */
async function takeBack(
  tx: NoticesTx,
  tenantId: number,
  { said, fault, now }: { said: News; fault: string; now: number },
): Promise<void> {
  const { rows } = await sql<{ conversation_id: number; id: string }>`
    with mine as materialized (
      select o.conversation_id, o.id from kernel.outbox o
      where o.tenant_id = ${tenantId} and o.state = 'queued' and o.content ->> 'type' = 'template' and o.content ->> 'name' = ${said.name}
        and left(o.content ->> 'language', 2) = ${languageOf(said)}),
    locked as materialized (
      select m.conversation_id, m.id from kernel.message m join mine on m.conversation_id = mine.conversation_id and m.id = mine.id
      where m.tenant_id = ${tenantId} and m.status = 'queued' order by m.conversation_id, m.id for no key update of m),
    gone as (
      delete from kernel.outbox o using locked l where o.tenant_id = ${tenantId} and o.id = l.id and o.state = 'queued' returning o.id)
    update kernel.message m set status = 'failed', error = ${JSON.stringify({ code: 0, title: fault })}::jsonb
    from locked l join gone on gone.id = l.id
    where m.tenant_id = ${tenantId} and m.conversation_id = l.conversation_id and m.id = l.id
    returning m.conversation_id, m.id`.execute(tx);
  await appendEvents(
    tx,
    tenantId,
    rows.map((row) => ({ type: "message.changed", conversationId: row.conversation_id, messageId: row.id })),
    now,
  );
}
