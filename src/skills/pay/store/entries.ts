import { sql } from "kysely";
import { jsonText, type Tx } from "#kernel";
import type { ImportReport } from "../api.ts";
import type { CamtEntry, CamtStatement } from "../rules/camt/statement.ts";
import {
  type KnownRequests,
  keyedEntries,
  knownRequests,
  type Matched,
  matchEntry,
  referencesIn,
} from "../rules/match.ts";
import { settleOrderedRefunds } from "./ordered.ts";
import { bookPayment, type When } from "./payments.ts";
import { owedOf, REQUESTS, type StoredRequest } from "./request-rows.ts";

/** Entries of a statement, and what each was paid for. */

type Counts = Pick<ImportReport, "matched" | "proposed" | "unknown" | "twice">;

/** Stores them set-wise. What a right reference decides is booked afterwards, in small steps (book-entries.ts). */
export async function storeEntries(
  tx: Tx,
  tenantId: number,
  { statement, statementId }: { statement: CamtStatement; statementId: number },
  when: When,
): Promise<Counts> {
  const { entries } = statement;
  if (entries.length === 0) return { matched: 0, proposed: 0, unknown: 0, twice: 0 };
  const known = await requestsFor(tx, tenantId, entries);
  const covered = await coveredDays(tx, tenantId, { statement, statementId });
  const plans = keyedEntries(statement.iban, statement.id, entries).map(({ key, entry }) => ({
    key,
    entry,
    fate: matchEntry(entry, known, { isCovered: covered.has(entry.bookedOn) }),
  }));
  const rows = await insertEntries(tx, tenantId, { statementId, plans });
  const ids = new Map(rows.map(({ id, key }) => [key, id]));
  const fresh = plans.flatMap((plan) => {
    const entryId = ids.get(plan.key);
    return entryId === undefined ? [] : [{ ...plan, entryId }];
  });
  const returned = await settleOrderedRefunds(tx, tenantId, fresh, when);
  const count = (...states: readonly Matched["state"][]) =>
    fresh.filter(({ fate }) => states.includes(fate.state)).length;
  return {
    matched: count("matched"),
    proposed: count("proposed", "reversal") - returned,
    unknown: count("unknown", "foreign_currency"),
    twice: entries.length - fresh.length,
  };
}

/** @returns days of these entries that another statement of the account has brought already */
async function coveredDays(
  tx: Tx,
  tenantId: number,
  { statement: { iban, entries }, statementId }: { statement: CamtStatement; statementId: number },
): Promise<ReadonlySet<string>> {
  const days = [...new Set(entries.map(({ bookedOn }) => bookedOn))];
  const { rows } = await sql<{ day: string }>`
    select d.day::text from unnest(${days}::date[]) as d (day) where exists (
      select from pay.statement s where s.tenant_id = ${tenantId} and s.iban = ${iban} and s.id <> ${statementId} and d.day <= s.to_on
        and d.day >= coalesce(s.from_on, (
          select min(e.booked_on) from pay.entry e where e.tenant_id = s.tenant_id and e.statement_id = s.id), s.to_on))`.execute(
    tx,
  );
  return new Set(rows.map(({ day }) => day));
}

/** Requests whose reference stands in one of these entries, and open ones of which one may be the sum. */
async function requestsFor(tx: Tx, tenantId: number, entries: readonly CamtEntry[]): Promise<KnownRequests> {
  const references = [...new Set(entries.flatMap(referencesIn))];
  const sums = [...new Set(entries.filter(({ isCredit }) => isCredit).map(({ amountMinor }) => amountMinor))];
  const { rows } =
    await sql<StoredRequest>`${REQUESTS} where r.tenant_id = ${tenantId} and (r.reference = any(${references}::text[])
      or (r.state in ('open', 'reminded', 'part_paid') and r.amount_minor - r.paid_minor = any(${sums}::bigint[])))
    order by r.id`.execute(tx);
  return knownRequests(
    rows.map((row) => ({
      id: row.id,
      reference: row.reference,
      state: row.state,
      currency: row.currency,
      owedMinor: owedOf(row),
      name: row.name,
    })),
  );
}

interface Planned {
  readonly key: string;
  readonly entry: CamtEntry;
  readonly fate: Matched;
}

/** @returns the new ones; those that stand there already are left as they are */
async function insertEntries(
  tx: Tx,
  tenantId: number,
  { statementId, plans }: { statementId: number; plans: readonly Planned[] },
): Promise<{ id: number; key: string }[]> {
  const list = plans.map(({ key, entry, fate }) => ({
    key,
    is_credit: entry.isCredit,
    is_reversal: entry.isReversal,
    amount_minor: entry.amountMinor,
    currency: entry.currency,
    booked_on: entry.bookedOn,
    name: entry.name,
    iban: entry.iban,
    end_to_end: entry.endToEnd,
    reference: entry.reference,
    words: entry.words,
    // Until it is booked it looks like what it would be for a person.
    state: fate.state === "matched" ? "proposed" : fate.state,
    proposals: fate.state === "matched" ? [{ requestId: fate.requestId, why: "reference" }] : fate.proposals,
    book_to: fate.state === "matched" ? fate.requestId : null,
  }));
  const { rows } = await sql<{ id: number; key: string }>`
    insert into pay.entry (tenant_id, statement_id, key, is_credit, is_reversal, amount_minor, currency, booked_on, name, iban, end_to_end,
      reference, words, state, proposals, book_to)
    select ${tenantId}, ${statementId}, t.key, t.is_credit, t.is_reversal, t.amount_minor, t.currency, t.booked_on, t.name, t.iban, t.end_to_end,
      t.reference, t.words, t.state, t.proposals, t.book_to
    from jsonb_to_recordset(${jsonText(list)}::jsonb) as t (key text, is_credit boolean, is_reversal boolean, amount_minor bigint, currency text,
      booked_on date, name text, iban text, end_to_end text, reference text, words text, state text, proposals jsonb, book_to bigint)
    on conflict (tenant_id, key) do nothing returning id, key`.execute(tx);
  return rows;
}

export interface BookedEntry {
  readonly entryId: number;
  readonly key: string;
  readonly entry: Pick<CamtEntry, "amountMinor" | "currency" | "name" | "iban" | "bookedOn">;
  readonly requestId: number;
  readonly by: string;
}

/** Books an entry to a request. @returns false when it is booked already */
export async function bookEntry(tx: Tx, tenantId: number, booked: BookedEntry, when: When): Promise<boolean> {
  const { entryId, key, entry, requestId, by } = booked;
  const done = await bookPayment(
    tx,
    tenantId,
    {
      requestId,
      source: "bank",
      externalId: key,
      amountMinor: entry.amountMinor,
      currency: entry.currency,
      payer: entry.name,
      payerIban: entry.iban,
      entryId,
      bookedOn: entry.bookedOn,
      by,
    },
    when,
  );
  return done !== null;
}
