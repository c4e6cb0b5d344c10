import { sql } from "kysely";
import { AppError } from "#kernel";
import type { TemplateInput } from "../api.ts";
import type { Template } from "../rules/message.ts";
import { tellTopic } from "./topics.ts";
import type { NoticesTx } from "./tx.ts";

export interface StoredTemplate extends Template {
  serves: "notice" | "warning";
  reason: string;
  stateAt: string;
}

export async function listTemplates(tx: NoticesTx, tenantId: number): Promise<StoredTemplate[]> {
  const rows = await tx
    .selectFrom("notices.template")
    .select([
      "id",
      "name",
      "language",
      "category",
      "body",
      "variables",
      "serves",
      "state",
      "reason",
      "state_at",
    ])
    .where("tenant_id", "=", tenantId)
    .orderBy("id")
    .execute();
  return rows.map(({ state_at, ...row }) => ({ ...row, stateAt: state_at.toISOString() }));
}

/** Those of one room. */
export async function templatesFor(
  tx: NoticesTx,
  tenantId: number,
  serves: StoredTemplate["serves"],
): Promise<StoredTemplate[]> {
  return (await listTemplates(tx, tenantId)).filter((one) => one.serves === serves);
}

/** @throws AppError not_found */
export async function readTemplate(tx: NoticesTx, tenantId: number, id: number): Promise<StoredTemplate> {
  const found = (await listTemplates(tx, tenantId)).find((one) => one.id === id);
  if (!found) throw new AppError("not_found");
  return found;
}

const columnsOf = (input: TemplateInput, now: number) => ({
  name: input.name,
  language: input.language,
  category: input.category,
  body: input.body,
  variables: JSON.stringify(input.variables),
  serves: input.serves,
  state: input.state,
  reason: "",
  state_at: new Date(now),
});

/** As many places as variables, numbered from 1 without a gap: Meta refuses anything else with 132000. */
function checkPlaces({ body, variables }: TemplateInput): void {
  const places = [...body.matchAll(/\{\{(\d+)\}\}/g)].map(([, n]) => Number(n));
  const most = Math.max(0, ...places);
  if (new Set(places).size !== most || most !== variables.length)
    throw new AppError(
      "rule_broken",
      `The text has ${new Set(places).size} places, there are ${variables.length} variables.`,
    );
}

/** @throws AppError rule_broken, conflict when name and language are taken */
export async function insertTemplate(
  tx: NoticesTx,
  tenantId: number,
  input: TemplateInput,
  now: number,
): Promise<number> {
  checkPlaces(input);
  const row = await tx
    .insertInto("notices.template")
    .values({ tenant_id: tenantId, ...columnsOf(input, now) })
    .onConflict((conflict) => conflict.columns(["tenant_id", "name", "language"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  if (!row) throw new AppError("rule_broken", "There is a template with this name and language.");
  await tellTopic(tx, tenantId, "", now);
  return row.id;
}

/** @throws AppError not_found, rule_broken */
export async function updateTemplate(
  tx: NoticesTx,
  tenantId: number,
  input: TemplateInput & { id: number },
  now: number,
): Promise<void> {
  checkPlaces(input);
  await readTemplate(tx, tenantId, input.id);
  await tx
    .updateTable("notices.template")
    .set(columnsOf(input, now))
    .where("tenant_id", "=", tenantId)
    .where("id", "=", input.id)
    .execute();
  await tellTopic(tx, tenantId, "", now);
}

export async function removeTemplate(
  tx: NoticesTx,
  tenantId: number,
  id: number,
  now: number,
): Promise<void> {
  await readTemplate(tx, tenantId, id);
  await tx.deleteFrom("notices.template").where("tenant_id", "=", tenantId).where("id", "=", id).execute();
  await tellTopic(tx, tenantId, "", now);
}

/** The provider refused it while a notice was sent: what follows does not try it again. */
export async function markRefused(
  tx: NoticesTx,
  tenantId: number,
  refused: readonly { name: string; language: string; state: "paused" | "disabled"; reason: string }[],
  now: number,
): Promise<void> {
  if (refused.length === 0) return;
  await sql`update notices.template t set state = r.state, reason = r.reason, state_at = ${new Date(now)}
    from unnest(${refused.map((r) => r.name)}::text[], ${refused.map((r) => r.language)}::text[], ${refused.map((r) => r.state)}::text[], ${refused.map((r) => r.reason)}::text[])
      r(name, language, state, reason)
    where t.tenant_id = ${tenantId} and t.name = r.name and t.language = r.language and t.state = 'approved'`.execute(
    tx,
  );
  await tellTopic(tx, tenantId, "", now);
}
