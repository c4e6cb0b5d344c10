import { sql } from "kysely";
import type { House } from "#kernel";
import { MODEL_MARK } from "../engine/index.ts";
import { TRAIN } from "./changes.ts";

/**
 * Models that this program cannot read: an older engine's, or damaged ones. What an engine computes from a message
 * changes with its format, so an old model would need the old engine beside it; its companies learn anew instead.
 */

/** Between two companies that learn anew: what somebody changes meanwhile is learnt in between, not after all of them. */
const SPACING_MS = 5_000;

/** Removes these models and has their companies trained anew; they hand over until then. @returns those companies, the most asked first */
export async function replaceModels(
  house: House,
  keys: readonly string[],
  spacing_ms = 0,
): Promise<number[]> {
  if (keys.length === 0) return [];
  const now = new Date(house.clock.now());
  return house.db.registry(async (tx) => {
    const { rows } = await sql<{ tenant_id: number }>`
      select t.tenant_id from service.tenant_model t
      left join lateral (select sum(c.asked) as asked from service.topic_count c where c.tenant_id = t.tenant_id) n on true
      where t.model_key = any(${keys}::text[]) order by n.asked desc nulls last, t.tenant_id`.execute(tx);
    const tenantIds = rows.map(({ tenant_id }) => tenant_id);
    await sql`insert into kernel.timer (tenant_id, kind, key, due_at)
      select t.id, ${TRAIN}, 'knowledge', ${now}::timestamptz + (t.place - 1) * ${spacing_ms}::int * interval '1 ms'
      from unnest(${tenantIds}::int[]) with ordinality t(id, place) order by t.id
      on conflict (tenant_id, kind, key) do update set due_at = least(timer.due_at, excluded.due_at), attempts = 0`.execute(
      tx,
    );
    await sql`update service.tenant_model set model_key = null, state = 'training', trained_revision = 0
      where model_key = any(${keys}::text[])`.execute(tx);
    await sql`delete from service.version where model_key = any(${keys}::text[])`.execute(tx);
    await sql`delete from service.model where key = any(${keys}::text[])`.execute(tx);
    return tenantIds;
  });
}

/**
 * After an upgrade: every company whose model an older engine made learns anew, without waiting for a customer's message.
 * Repeatable; does nothing where all models are of this engine.
 * @returns those companies, the most asked first
 */
export async function learnAnew(house: House): Promise<number[]> {
  const { rows } = await house.db.node.query<{ key: string }>(
    "select key from service.model where substring(bytes from 1 for $1) <> $2",
    [MODEL_MARK.length, MODEL_MARK],
  );
  const tenantIds = await replaceModels(
    house,
    rows.map(({ key }) => key),
    SPACING_MS,
  );
  if (tenantIds.length > 0)
    house.log.warn({ companies: tenantIds.length }, "models of an older engine: these companies learn anew");
  return tenantIds;
}
