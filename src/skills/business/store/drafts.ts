import { sql } from "kysely";
import { AppError, type Tx } from "#kernel";
import { lineNetCents, type Totals, totalsOf } from "../api/totals.ts";
import type { Content, Version } from "../api.ts";
import { mayBecome } from "../rules/states.ts";
import { companyRow } from "./companies.ts";
import { readLetterhead } from "./letterhead.ts";
import { partyIn } from "./party.ts";
import { lockQuotation, versionsOf } from "./quotations.ts";
import { tell } from "./tx.ts";

/** A draft is written at the desk; nobody outside sees it. */

const DAY_MS = 86_400_000;
const MOST_CENTS = 1_000_000_000_000;

/** @returns the quotation's id @throws AppError rule_broken when nobody's company is spoken for in this conversation */
export async function beginQuotation(
  tx: Tx,
  tenantId: number,
  begun: { conversationId: number; by: string; now: number; today: string },
): Promise<number> {
  const { conversationId, by, now, today } = begun;
  const party = await partyIn(tx, tenantId, conversationId);
  if (party.companyId === null || party.personId === null)
    throw new AppError(
      "rule_broken",
      "Nobody speaks for a company in this conversation. Say first for which company the person speaks.",
    );
  const company = await companyRow(tx, tenantId, party.companyId);
  const head = await readLetterhead(tx, tenantId);
  const { rows } = await sql<{ id: number }>`
    insert into business.quotation (tenant_id, company_id, created_at, created_by)
    values (${tenantId}, ${company.id}, ${new Date(now)}, ${by}) returning id`.execute(tx);
  const { id } = rows[0] as { id: number };
  await sql`insert into business.quotation_place (tenant_id, quotation_id, conversation_id, person_id)
    values (${tenantId}, ${id}, ${conversationId}, ${party.personId})`.execute(tx);
  const content: Content = {
    language: company.language,
    currency: "EUR",
    validUntil: addDays(today, head.validDays),
    lines: [],
    intro: "",
    delivery: "",
    terms: head.terms[company.language],
    taxNote: "",
  };
  await insertVersion(tx, tenantId, { id, version: 1, content, now });
  await tell(tx, tenantId, `quotation ${id}`, now);
  return id;
}

const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

async function insertVersion(
  tx: Tx,
  tenantId: number,
  one: { id: number; version: number; content: Content; now: number },
): Promise<void> {
  const { content } = one;
  const totals = totalsOf(content.lines);
  await sql`insert into business.quotation_version (tenant_id, quotation_id, version, language, currency, valid_until, lines, words,
      net_cents, tax_cents, gross_cents, changed_at)
    values (${tenantId}, ${one.id}, ${one.version}, ${content.language}, ${content.currency}, ${content.validUntil}::date,
      ${JSON.stringify(content.lines)}::jsonb, ${JSON.stringify(wordsOf(content))}::jsonb, ${totals.netCents}, ${totals.taxCents},
      ${totals.grossCents}, ${new Date(one.now)})`.execute(tx);
}

/** @throws AppError bad_request for a sum that nobody offers, and that could not be counted to the cent */
function countable({ lines }: Content): Totals {
  if (lines.some((line) => lineNetCents(line) > MOST_CENTS) || totalsOf(lines).grossCents > MOST_CENTS)
    throw new AppError("bad_request", undefined, [
      { path: "lines", message: "more than 10,000,000,000.00 in all" },
    ]);
  return totalsOf(lines);
}

const wordsOf = ({ intro, delivery, terms, taxNote }: Content) => ({ intro, delivery, terms, taxNote });

/** The version that is being written. @throws AppError rule_broken when none is */
export async function draftOf(tx: Tx, tenantId: number, id: number): Promise<Version> {
  const draft = (await versionsOf(tx, tenantId, id)).find(({ state }) => state === "draft");
  if (!draft) throw new AppError("rule_broken", "It was sent; only a new version can be changed.");
  return draft;
}

/** @throws AppError not_found, rule_broken; conflict when somebody saved it meanwhile */
export async function saveDraft(
  tx: Tx,
  tenantId: number,
  change: { id: number; revision: number; content: Content; now: number },
): Promise<void> {
  const { id, revision, content, now } = change;
  await lockQuotation(tx, tenantId, id);
  const draft = await draftOf(tx, tenantId, id);
  if (draft.revision !== revision) throw new AppError("conflict");
  const totals = countable(content);
  await sql`update business.quotation_version set language = ${content.language}, currency = ${content.currency},
      valid_until = ${content.validUntil}::date, lines = ${JSON.stringify(content.lines)}::jsonb,
      words = ${JSON.stringify(wordsOf(content))}::jsonb, net_cents = ${totals.netCents}, tax_cents = ${totals.taxCents},
      gross_cents = ${totals.grossCents}, revision = revision + 1, changed_at = ${new Date(now)}
    where tenant_id = ${tenantId} and quotation_id = ${id} and state = 'draft'`.execute(tx);
  await tell(tx, tenantId, `quotation ${id}`, now);
}

/** The next version begins as the newest one stands. @throws AppError not_found, rule_broken */
export async function renewDraft(
  tx: Tx,
  tenantId: number,
  next: { id: number; now: number; today: string },
): Promise<void> {
  const { id, now, today } = next;
  await lockQuotation(tx, tenantId, id);
  const versions = await versionsOf(tx, tenantId, id);
  const [newest] = versions;
  if (!newest || versions.some(({ state }) => state === "accepted"))
    throw new AppError("rule_broken", "It was ordered. Begin a new quotation.");
  if (newest.state === "draft")
    throw new AppError("rule_broken", "The next version is being written already.");
  if (!mayBecome(newest.state, "replaced")) throw new AppError("rule_broken");
  const { validDays } = await readLetterhead(tx, tenantId);
  const content = { ...newest, validUntil: addDays(today, validDays) };
  await insertVersion(tx, tenantId, { id, version: newest.version + 1, content, now });
  await tell(tx, tenantId, `quotation ${id}`, now);
}

/** A quotation that has no number yet goes with its only draft; a number stays, so that there is no gap. */
export async function dropDraft(tx: Tx, tenantId: number, id: number, now: number): Promise<void> {
  const { number } = await lockQuotation(tx, tenantId, id);
  const { version } = await draftOf(tx, tenantId, id);
  if (number === null)
    await sql`delete from business.quotation where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  else if (version === 1)
    throw new AppError(
      "rule_broken",
      "It has a number already, and numbers have no gaps. Send it or keep it.",
    );
  else
    await sql`delete from business.quotation_version where tenant_id = ${tenantId} and quotation_id = ${id} and state = 'draft'`.execute(
      tx,
    );
  await tell(tx, tenantId, `quotation ${id}`, now);
}
