import { sql } from "kysely";
import { AppError, type Tx } from "#kernel";
import { totalsOf } from "../api/totals.ts";
import type {
  Content,
  Line,
  Quotation,
  QuotationRow,
  QuotationState,
  ShortQuotation,
  Version,
} from "../api.ts";

/** Reading quotations. What is written stands in drafts.ts, issue.ts and orders.ts. */

interface VersionRow {
  version: number;
  state: QuotationState;
  language: "de" | "en";
  currency: Content["currency"];
  valid_until: string;
  lines: Line[];
  words: Pick<Content, "intro" | "delivery" | "terms" | "taxNote">;
  revision: number;
  changed_at: Date;
  sent_at: Date | null;
  ended_at: Date | null;
  reason: string;
  file_id: string | null;
  sha256: string | null;
}

export const shownVersion = (row: VersionRow): Version => ({
  version: row.version,
  state: row.state,
  language: row.language,
  currency: row.currency,
  validUntil: row.valid_until,
  lines: row.lines,
  ...row.words,
  revision: row.revision,
  totals: totalsOf(row.lines),
  changedAt: row.changed_at.toISOString(),
  sentAt: row.sent_at?.toISOString() ?? null,
  endedAt: row.ended_at?.toISOString() ?? null,
  reason: row.reason,
  fileId: row.file_id,
  sha256: row.sha256,
});

export async function versionsOf(tx: Tx, tenantId: number, id: number): Promise<Version[]> {
  const { rows } = await sql<VersionRow>`
    select version, state, language, currency, valid_until::text, lines, words, revision, changed_at, sent_at, ended_at, reason,
      file_id, sha256
    from business.quotation_version where tenant_id = ${tenantId} and quotation_id = ${id} order by version desc`.execute(
    tx,
  );
  return rows.map(shownVersion);
}

interface HeadRow {
  id: number;
  number: string | null;
  company_id: number;
  company: string;
  conversation_id: number | null;
  person_id: number | null;
  person: string | null;
  accepted_version: number | null;
  accepted_by: string | null;
  words: string;
  accepted_at: Date;
  accepted_sha: string;
  confirmation: string | null;
  confirmation_file: string | null;
  confirmation_sent: Date | null;
}

/** @throws AppError not_found */
export async function readQuotation(tx: Tx, tenantId: number, id: number): Promise<Quotation> {
  const { rows } = await sql<HeadRow>`
    select q.id, q.number, q.company_id, c.name as company, t.id as conversation_id, x.person_id, k.name as person,
      a.version as accepted_version, ak.name as accepted_by, a.words, a.accepted_at, a.sha256 as accepted_sha,
      o.number as confirmation, o.file_id as confirmation_file, o.sent_at as confirmation_sent
    from business.quotation q join business.company c on c.tenant_id = q.tenant_id and c.id = q.company_id
    left join business.quotation_place x on x.tenant_id = q.tenant_id and x.quotation_id = q.id
    left join kernel.conversation t on t.tenant_id = x.tenant_id and t.id = x.conversation_id
    left join business.person p on p.tenant_id = q.tenant_id and p.id = x.person_id
    left join kernel.contact k on k.tenant_id = p.tenant_id and k.id = p.contact_id
    left join business.acceptance a on a.tenant_id = q.tenant_id and a.quotation_id = q.id
    left join business.person ap on ap.tenant_id = a.tenant_id and ap.id = a.person_id
    left join kernel.contact ak on ak.tenant_id = ap.tenant_id and ak.id = ap.contact_id
    left join business.confirmation o on o.tenant_id = q.tenant_id and o.quotation_id = q.id
    where q.tenant_id = ${tenantId} and q.id = ${id}`.execute(tx);
  const [row] = rows;
  if (!row) throw new AppError("not_found");
  return {
    id: row.id,
    number: row.number,
    company: { id: row.company_id, name: row.company },
    person: row.person_id === null ? null : { id: row.person_id, name: row.person ?? "" },
    conversationId: row.conversation_id,
    versions: await versionsOf(tx, tenantId, id),
    acceptance:
      row.accepted_version === null
        ? null
        : {
            version: row.accepted_version,
            by: row.accepted_by ?? "",
            words: row.words,
            acceptedAt: row.accepted_at.toISOString(),
            sha256: row.accepted_sha,
          },
    confirmation:
      row.confirmation === null
        ? null
        : {
            number: row.confirmation,
            fileId: row.confirmation_file,
            sentAt: row.confirmation_sent?.toISOString() ?? null,
          },
  };
}

interface ListRow {
  id: number;
  number: string | null;
  company_id: number;
  company: string;
  version: number;
  state: QuotationState;
  net_cents: number;
  gross_cents: number;
  currency: string;
  valid_until: string;
  changed_at: Date;
}

export interface QuotationQuery {
  state?: QuotationState | undefined;
  companyId?: number | undefined;
  conversationId?: number | undefined;
  /** Only those with smaller ids. */
  before?: number | undefined;
  limit: number;
}

/** Each by its newest version, newest first. */
export async function findQuotations(
  tx: Tx,
  tenantId: number,
  query: QuotationQuery,
): Promise<QuotationRow[]> {
  const { rows } = await sql<ListRow>`
    select q.id, q.number, q.company_id, c.name as company, v.version, v.state, v.net_cents, v.gross_cents, v.currency,
      v.valid_until::text, v.changed_at
    from business.quotation q join business.company c on c.tenant_id = q.tenant_id and c.id = q.company_id
    join lateral (select * from business.quotation_version v where v.tenant_id = q.tenant_id and v.quotation_id = q.id
      order by v.version desc limit 1) v on true
    left join business.quotation_place x on x.tenant_id = q.tenant_id and x.quotation_id = q.id
    where q.tenant_id = ${tenantId} and (${query.companyId === undefined} or q.company_id = ${query.companyId ?? 0})
      and (${query.state === undefined} or v.state = ${query.state ?? ""})
      and (${query.conversationId === undefined} or x.conversation_id = ${query.conversationId ?? 0})
      and (${query.before === undefined} or q.id < ${query.before ?? 0})
    order by q.id desc limit ${query.limit}`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    company: { id: row.company_id, name: row.company },
    version: row.version,
    state: row.state,
    netCents: row.net_cents,
    grossCents: row.gross_cents,
    currency: row.currency,
    validUntil: row.valid_until,
    changedAt: row.changed_at.toISOString(),
  }));
}

const SHOWN = 50;

export async function quotationsOf(tx: Tx, tenantId: number, companyId: number): Promise<ShortQuotation[]> {
  const rows = await findQuotations(tx, tenantId, { companyId, limit: SHOWN });
  return rows.map(({ id, number, version, state, grossCents, currency, validUntil }) => ({
    id,
    number,
    version,
    state,
    grossCents,
    currency,
    validUntil,
  }));
}

/** The quotation, locked until the commit. @throws AppError not_found */
export async function lockQuotation(tx: Tx, tenantId: number, id: number) {
  const { rows } = await sql<{ id: number; company_id: number; number: string | null }>`
    select id, company_id, number from business.quotation where tenant_id = ${tenantId} and id = ${id} for update`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) throw new AppError("not_found");
  return row;
}
