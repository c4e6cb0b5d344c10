import { sql } from "kysely";
import { type Catalogue, type House, type PersonNumber, setTimer, type Tx, translate } from "#kernel";
import { HANDLE, KEEP_DAYS } from "../rules/purposes.ts";
import { FORGET } from "../rules/timer-kinds.ts";
import { inTenant, type ReportsTx } from "./tx.ts";

/** What this skill holds about persons: who reported what and where, and which conversation is a team's. */

/** Words, places and pictures of a report are needed while it is looked after and for questions afterwards. */
export const KEEP_MS = KEEP_DAYS * 86_400_000;

/** Where something was reported is the one number about a person that this skill stores. */
export const personNumbers: readonly PersonNumber[] = ["latitude", "longitude"].map((axis) => ({
  column: `reports.statement.${axis}`,
  origin: "told",
  purpose: HANDLE,
  inputs: [HANDLE],
  consequence: "the field team finds the place, and near reports become one",
  owner: "reports",
  keepDays: KEEP_DAYS,
}));

export async function exportReports(tx: Tx, contactIds: readonly number[]): Promise<Record<string, unknown>> {
  const ids = sql`${[...contactIds]}::bigint[]`;
  const statements = await sql`
    select s.report_id as report, k.name as kind, r.state, s.text, s.place_name as place, s.latitude, s.longitude,
      s.photo_message_id as "photoMessage", s.said_at as "saidAt", s.told
    from reports.statement s join reports.report r on r.tenant_id = s.tenant_id and r.id = s.report_id
    join reports.kind k on k.tenant_id = r.tenant_id and k.id = r.kind_id
    where s.contact_id = any(${ids}) order by s.id`.execute(tx);
  const teams =
    await sql`select name, joined_at as "joinedAt" from reports.team where contact_id = any(${ids})`.execute(
      tx,
    );
  return { reports: statements.rows, fieldTeams: teams.rows };
}

/** The report itself stays as a number in the company's statistics, without words, place or picture. */
export async function eraseReports(
  tx: Tx,
  contactIds: readonly number[],
  catalogue: Catalogue,
): Promise<void> {
  const ids = sql`${[...contactIds]}::bigint[]`;
  await removeStatements(tx as ReportsTx, sql`contact_id = any(${ids})`, catalogue);
  // What the flow has handed over and nobody has filed yet; the kernel removes timers of the conversation too.
  await sql`delete from kernel.timer where kind in ('reports_file', 'reports_join', 'reports_team', 'reports_consent')
    and payload ->> 'contactId' = any(${ids}::text[])`.execute(tx);
  await sql`update reports.report set done_conversation_id = null, done_message_id = null
    where done_conversation_id in (select id from kernel.conversation where contact_id = any(${ids}))`.execute(
    tx,
  );
  await sql`update reports.team set contact_id = null, channel_id = null, conversation_id = null, grant_id = null, joined_at = null
    where contact_id = any(${ids})`.execute(tx);
}

/** Removes what is older than promised, and sets the timer for the next that will be. */
export async function forgetOld(house: House, tenantId: number, catalogue: Catalogue): Promise<void> {
  const border = new Date(house.clock.now() - KEEP_MS);
  await inTenant(house, tenantId, async (tx) => {
    await removeStatements(tx, sql`tenant_id = ${tenantId} and said_at <= ${border}`, catalogue);
    const next = await tx
      .selectFrom("reports.statement")
      .where("tenant_id", "=", tenantId)
      .select((eb) => eb.fn.min("said_at").as("oldest"))
      .executeTakeFirst();
    if (!next?.oldest) return;
    const dueAt = next.oldest.getTime() + KEEP_MS;
    await setTimer(tx, { tenantId, kind: FORGET, key: "statements", dueAt });
  });
}

/** The copy that the team reads goes with the words it was made from, and the result's picture with the last words. */
async function removeStatements(
  tx: ReportsTx,
  condition: ReturnType<typeof sql>,
  catalogue: Catalogue,
): Promise<void> {
  const { rows } = await sql<{ id: number; report_id: number }>`
    delete from reports.statement where ${condition} returning id, report_id`.execute(tx);
  if (rows.length === 0) return;
  const statements = sql`${rows.map(({ id }) => id)}::bigint[]`;
  const reports = sql`${[...new Set(rows.map(({ report_id }) => report_id))]}::bigint[]`;
  const copies = await sql<Copy>`
    select r.tenant_id, r.id, r.team_conversation_id, r.team_message_id, coalesce(m.language, 'de') as language
    from reports.report r left join reports.team m on m.tenant_id = r.tenant_id and m.id = r.team_id
    where r.id = any(${reports}) and r.passed_statement = any(${statements}) order by r.id`.execute(tx);
  for (const copy of copies.rows) await blank(tx, copy, catalogue);
  await sql`update reports.report r set done_conversation_id = null, done_message_id = null, note = ''
    where r.id = any(${reports}) and not exists (select from reports.statement s where s.tenant_id = r.tenant_id and s.report_id = r.id)`.execute(
    tx,
  );
}

interface Copy {
  tenant_id: number;
  id: number;
  team_conversation_id: number;
  team_message_id: string;
  language: "de" | "en";
}

async function blank(tx: ReportsTx, copy: Copy, catalogue: Catalogue): Promise<void> {
  const choice = { language: copy.language, form: "sie" as const };
  const text = translate(catalogue, choice, "teamRemoved", { number: copy.id });
  const content = JSON.stringify({ type: "text", text });
  const place = sql`tenant_id = ${copy.tenant_id} and conversation_id = ${copy.team_conversation_id} and id = ${copy.team_message_id}`;
  const { rows } = await sql<{ sent_at: Date }>`
    update kernel.message set content = ${content}::jsonb where ${place} returning sent_at`.execute(tx);
  await sql`update kernel.outbox set content = ${content}::jsonb where ${place}`.execute(tx);
  const [message] = rows;
  if (!message) return;
  // The list shows the newest message's words.
  await sql`update kernel.conversation set preview = ${text}
    where tenant_id = ${copy.tenant_id} and id = ${copy.team_conversation_id} and last_message_at <= ${message.sent_at}`.execute(
    tx,
  );
}
