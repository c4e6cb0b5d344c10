import { sql } from "kysely";
import { AppError } from "#kernel";
import type { WebhookReply } from "../api/webhooks.ts";
import type { Asking } from "../plan/asking.ts";
import type { DeliveryTx } from "./tx.ts";
import { dropUnheard, noteChanges } from "./webhook-messages.ts";

/** Where somebody's system is told. */

const WEBHOOKS_MOST = 10;
const ofSender = (senderTenantId: number | undefined) =>
  sql`w.sender_tenant_id is not distinct from ${senderTenantId ?? null}::int`;

interface Row {
  id: number;
  url: string;
  failing_since: Date | null;
  stopped_at: Date | null;
  waiting: number;
  has_arrived: boolean;
  last: WebhookReply["last"];
}

const ISO = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`);

export async function listWebhooks(
  tx: DeliveryTx,
  { tenantId, senderTenantId }: Asking,
): Promise<WebhookReply[]> {
  const { rows } = await sql<Row>`
    select w.id, w.url, w.failing_since, w.stopped_at,
      (select count(*)::int from delivery.webhook_message m where m.tenant_id = w.tenant_id and m.webhook_id = w.id
        and m.due_at is not null) as waiting,
      exists (select from delivery.webhook_message m where m.tenant_id = w.tenant_id and m.webhook_id = w.id
        and m.arrived_at is not null) as has_arrived,
      coalesce((select json_agg(json_build_object('type', m.type, 'at', ${ISO("m.at")}, 'attempts', m.attempts,
          'arrivedAt', ${ISO("m.arrived_at")}, 'status', m.status, 'fault', m.fault) order by m.id desc)
        from (select * from delivery.webhook_message o where o.tenant_id = w.tenant_id and o.webhook_id = w.id
          order by o.id desc limit 5) m), '[]') as last
    from delivery.webhook w where w.tenant_id = ${tenantId} and ${ofSender(senderTenantId)} order by w.id`.execute(
    tx,
  );
  return rows.map((row) => ({
    id: row.id,
    url: row.url,
    state: stateOf(row),
    failingSince: row.failing_since?.toISOString() ?? null,
    waiting: row.waiting,
    last: row.last,
  }));
}

function stateOf({ stopped_at, failing_since, has_arrived }: Row): WebhookReply["state"] {
  if (stopped_at) return "stopped";
  if (failing_since) return "failing";
  return has_arrived ? "works" : "waiting";
}

export interface StoppedWebhook {
  /** Null: the carrier's own. */
  readonly senderTenantId: number | null;
  readonly url: string;
  readonly failingSince: Date;
  /** Of the last try; "" = none is kept. */
  readonly fault: string;
}

/** @returns null where it is gone, or works again */
export async function readStopped(
  tx: DeliveryTx,
  tenantId: number,
  id: number,
): Promise<StoppedWebhook | null> {
  const { rows } = await sql<StoppedWebhook>`
    select w.sender_tenant_id as "senderTenantId", w.url, coalesce(w.failing_since, w.stopped_at) as "failingSince",
      coalesce((select m.fault from delivery.webhook_message m where m.tenant_id = w.tenant_id and m.webhook_id = w.id
        and m.fault <> '' order by m.id desc limit 1), '') as fault
    from delivery.webhook w where w.tenant_id = ${tenantId} and w.id = ${id} and w.stopped_at is not null`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/** @throws AppError not_found */
export async function readWebhook(tx: DeliveryTx, who: Asking, id: number): Promise<WebhookReply> {
  const found = (await listWebhooks(tx, who)).find((one) => one.id === id);
  if (!found) throw new AppError("not_found", "There is no such webhook.");
  return found;
}

/** @returns its id. @throws AppError rule_broken beyond the most */
export async function insertWebhook(
  tx: DeliveryTx,
  who: Asking,
  { url, secret, now }: { readonly url: string; readonly secret: string; readonly now: number },
): Promise<number> {
  if ((await listWebhooks(tx, who)).length >= WEBHOOKS_MOST)
    throw new AppError("rule_broken", `At most ${WEBHOOKS_MOST} webhooks.`);
  const { rows } = await sql<{ id: number }>`
    insert into delivery.webhook (tenant_id, sender_tenant_id, url, secret, created_at)
    values (${who.tenantId}, ${who.senderTenantId ?? null}, ${url}, ${secret}, ${new Date(now)}) returning id`.execute(
    tx,
  );
  return (rows[0] as { id: number }).id;
}

/** Deliveries whose present state is told when it is switched on again, the newest: several large evenings. */
const CAUGHT_UP_MOST = 10_000;

/**
 * Sends again: of each delivery that changed since the first failure its present state, once, in the order of the changes. What
 * was between is old news.
 * @throws AppError not_found
 */
export async function resumeWebhook(tx: DeliveryTx, who: Asking, id: number, now: number): Promise<void> {
  const { failingSince } = await readWebhook(tx, who, id);
  const { tenantId } = who;
  await dropUnheard(tx, tenantId, id);
  await sql`update delivery.webhook set stopped_at = null, failing_since = null
    where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  if (failingSince === null) return;
  const { rows } = await sql<{ id: number }>`select id from (
      select d.id, d.changed_at from delivery.delivery d join delivery.webhook w on w.tenant_id = d.tenant_id and w.id = ${id}
      where d.tenant_id = ${tenantId} and d.changed_at >= ${new Date(failingSince)}
        and (w.sender_tenant_id is null or w.sender_tenant_id = d.sender_tenant_id)
      order by d.changed_at desc, d.id desc limit ${CAUGHT_UP_MOST}) newest order by changed_at, id`.execute(
    tx,
  );
  await noteChanges(
    tx,
    { tenantId, now, webhookId: id },
    rows.map((row) => row.id),
  );
}

/** @throws AppError not_found */
export async function removeWebhook(tx: DeliveryTx, who: Asking, id: number): Promise<void> {
  await readWebhook(tx, who, id);
  await sql`delete from delivery.webhook where tenant_id = ${who.tenantId} and id = ${id}`.execute(tx);
}
