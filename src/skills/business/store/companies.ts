import { sql } from "kysely";
import { AppError, type Tx } from "#kernel";
import type { Company, CompanyInput, CompanySummary } from "../api.ts";
import { deleteDrawings, drawingsOf } from "./drawings.ts";
import { machinesOf } from "./machines.ts";
import { personsOf } from "./persons.ts";
import { quotationsOf } from "./quotations.ts";
import { partyOf, tell } from "./tx.ts";

interface CompanyRow {
  id: number;
  name: string;
  number: string;
  street: string;
  postal_code: string;
  city: string;
  country: string;
  vat_id: string;
  language: "de" | "en";
  note: string;
  revision: number;
}

/** Companies by name, after the last one shown. */
export async function companyPage(
  tx: Tx,
  tenantId: number,
  query: { q?: string | undefined; after: number | undefined; limit: number },
): Promise<CompanySummary[]> {
  const words = query.q?.trim().toLowerCase() ?? "";
  const pattern = `%${words.replace(/[\\%_]/g, "\\$&")}%`;
  const { after } = query;
  const { rows } = await sql<CompanySummary>`
    select c.id, c.name, c.number, c.city,
      (select count(*) from business.person p where p.tenant_id = c.tenant_id and p.company_id = c.id and p.left_at is null) as persons,
      (select count(*) from business.machine m where m.tenant_id = c.tenant_id and m.company_id = c.id) as machines,
      (select count(*) from business.quotation q join business.quotation_version v on v.tenant_id = q.tenant_id and v.quotation_id = q.id
        and v.state = 'sent' where q.tenant_id = c.tenant_id and q.company_id = c.id) as "openQuotations"
    from business.company c where c.tenant_id = ${tenantId}
      and (${words === ""} or lower(c.name) like ${pattern} or lower(c.number) like ${pattern} or lower(c.city) like ${pattern})
      and (${after === undefined} or (lower(c.name) collate "C", c.id) >
        (select lower(l.name) collate "C", l.id from business.company l where l.tenant_id = c.tenant_id and l.id = ${after ?? 0}))
    order by lower(c.name) collate "C", c.id limit ${query.limit}`.execute(tx);
  return rows;
}

/** @throws AppError not_found */
export async function companyRow(
  tx: Tx,
  tenantId: number,
  id: number,
  lock: "" | "update" = "",
): Promise<CompanyRow> {
  const { rows } = await sql<CompanyRow>`
    select id, name, number, street, postal_code, city, country, vat_id, language, note, revision from business.company
    where tenant_id = ${tenantId} and id = ${id} ${sql.raw(lock === "" ? "" : "for update")}`.execute(tx);
  const [row] = rows;
  if (!row) throw new AppError("not_found");
  return row;
}

/** @throws AppError not_found */
export async function readCompany(tx: Tx, tenantId: number, id: number): Promise<Company> {
  const { postal_code: postalCode, vat_id: vatId, ...row } = await companyRow(tx, tenantId, id);
  return {
    ...row,
    postalCode,
    vatId,
    persons: await personsOf(tx, tenantId, id),
    machines: await machinesOf(tx, tenantId, { companyId: id }),
    drawings: await drawingsOf(tx, tenantId, id),
    quotations: await quotationsOf(tx, tenantId, id),
    conversations: await conversationsOf(tx, tenantId, id),
  };
}

async function conversationsOf(tx: Tx, tenantId: number, id: number): Promise<Company["conversations"]> {
  const { rows } = await sql<{ id: number; name: string; kind: string; state: string; at: Date }>`
    select v.id, c.name, h.kind, v.state, v.last_message_at as at from kernel.contact c
    join kernel.conversation v on v.tenant_id = c.tenant_id and v.contact_id = c.id
    join kernel.channel h on h.tenant_id = v.tenant_id and h.id = v.channel_id
    where c.tenant_id = ${tenantId} and c.party = ${partyOf(id)} order by v.last_message_at desc limit 50`.execute(
    tx,
  );
  return rows.map(({ id: conversation, name, kind, state, at }) => ({
    id: conversation,
    contactName: name,
    channelKind: kind,
    state,
    lastMessageAt: at.toISOString(),
  }));
}

/** @throws AppError conflict when the number is another company's */
export async function insertCompany(
  tx: Tx,
  tenantId: number,
  input: CompanyInput,
  now: number,
): Promise<number> {
  await claimNumber(tx, tenantId, { number: input.number, id: 0 });
  const { rows } = await sql<{ id: number }>`
    insert into business.company (tenant_id, name, number, street, postal_code, city, country, vat_id, language, note, created_at)
    values (${tenantId}, ${input.name}, ${input.number}, ${input.street}, ${input.postalCode}, ${input.city}, ${input.country},
      ${input.vatId}, ${input.language}, ${input.note}, ${new Date(now)}) returning id`.execute(tx);
  const { id } = rows[0] as { id: number };
  await tell(tx, tenantId, `company ${id}`, now);
  return id;
}

/** @throws AppError not_found; conflict when somebody saved it meanwhile */
export async function updateCompany(
  tx: Tx,
  tenantId: number,
  change: { id: number; revision: number; input: CompanyInput },
  now: number,
): Promise<void> {
  const { id, revision, input } = change;
  const row = await companyRow(tx, tenantId, id, "update");
  if (row.revision !== revision) throw new AppError("conflict");
  await claimNumber(tx, tenantId, { number: input.number, id });
  await sql`
    update business.company set name = ${input.name}, number = ${input.number}, street = ${input.street}, postal_code = ${input.postalCode},
      city = ${input.city}, country = ${input.country}, vat_id = ${input.vatId}, language = ${input.language}, note = ${input.note},
      revision = revision + 1
    where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  await tell(tx, tenantId, `company ${id}`, now);
}

async function claimNumber(tx: Tx, tenantId: number, claim: { number: string; id: number }): Promise<void> {
  if (claim.number === "") return;
  const { rows } = await sql`select from business.company
    where tenant_id = ${tenantId} and number = ${claim.number} and id <> ${claim.id}`.execute(tx);
  if (rows.length > 0)
    throw new AppError("bad_request", undefined, [
      { path: "number", message: "another company has this number" },
    ]);
}

/** @throws AppError not_found; rule_broken when it has quotations */
export async function removeCompany(tx: Tx, tenantId: number, id: number, now: number): Promise<void> {
  await companyRow(tx, tenantId, id, "update");
  const { rows } =
    await sql`select from business.quotation where tenant_id = ${tenantId} and company_id = ${id} limit 1`.execute(
      tx,
    );
  if (rows.length > 0)
    throw new AppError("rule_broken", "There are quotations of this company; the law keeps them.");
  await deleteDrawings(tx, tenantId, { companyId: id });
  await sql`update kernel.contact set party = null where tenant_id = ${tenantId} and party = ${partyOf(id)}`.execute(
    tx,
  );
  await sql`delete from business.company where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  await tell(tx, tenantId, `company ${id}`, now);
}
