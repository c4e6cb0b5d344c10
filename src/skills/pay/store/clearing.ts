import { sql } from "kysely";
import { type Actor, AppError, type House, type Tx } from "#kernel";
import type { Entry, EntryStateName } from "../api.ts";
import { EURO } from "../rules/money.ts";
import { bookEntry } from "./entries.ts";
import { takeBack } from "./payments.ts";
import { lockRequest, owedOf, REQUESTS, type StoredRequest } from "./request-rows.ts";
import { inTenant, moment, tell } from "./tx.ts";

/** What a person decides about an entry of the bank. */

interface EntryRow {
  id: number;
  key: string;
  statement_id: number;
  is_credit: boolean;
  is_reversal: boolean;
  amount_minor: number;
  currency: string;
  booked_on: string;
  name: string;
  iban: string;
  reference: string;
  words: string;
  state: EntryStateName;
  proposals: { requestId: number; why: Entry["proposals"][number]["why"] }[];
  request_id: number | null;
  payment_id: number | null;
}

const ENTRIES = sql`
  select e.id, e.key, e.statement_id, e.is_credit, e.is_reversal, e.amount_minor, e.currency, e.booked_on::text, e.name, e.iban, e.reference, e.words, e.state,
    e.proposals, y.request_id, y.id as payment_id
  from pay.entry e left join pay.payment y on y.tenant_id = e.tenant_id and y.entry_id = e.id and y.undone_at is null`;
const TODO = ["proposed", "unknown", "reversal", "foreign_currency"];

export async function listEntries(
  tx: Tx,
  tenantId: number,
  of: {
    state?: EntryStateName | "todo" | undefined;
    statementId?: number | undefined;
    before: number | undefined;
    limit: number;
  },
): Promise<Entry[]> {
  const { state, statementId = null, before = null, limit } = of;
  const states = state === undefined ? null : state === "todo" ? TODO : [state];
  const { rows } = await sql<EntryRow>`${ENTRIES} where e.tenant_id = ${tenantId}
      and (${states}::text[] is null or e.state = any(${states}::text[]))
      and (${statementId}::bigint is null or e.statement_id = ${statementId}) and (${before}::bigint is null or e.id < ${before})
    order by e.id desc limit ${limit}`.execute(tx);
  return shown(tx, tenantId, rows);
}

/** What is proposed is shown as it stands now; what is paid meanwhile is proposed no more. */
async function shown(tx: Tx, tenantId: number, entries: readonly EntryRow[]): Promise<Entry[]> {
  const ids = [...new Set(entries.flatMap(({ proposals }) => proposals.map(({ requestId }) => requestId)))];
  const { rows } =
    ids.length === 0
      ? { rows: [] }
      : await sql<StoredRequest>`${REQUESTS} where r.tenant_id = ${tenantId} and r.id = any(${ids}::bigint[])`.execute(
          tx,
        );
  const requests = new Map(rows.map((row) => [row.id, row]));
  return entries.map((entry) => ({
    id: entry.id,
    statementId: entry.statement_id,
    isCredit: entry.is_credit,
    amountMinor: entry.amount_minor,
    currency: entry.currency,
    bookedOn: entry.booked_on,
    name: entry.name,
    iban: entry.iban,
    reference: entry.reference,
    words: entry.words,
    state: entry.state,
    requestId: entry.request_id,
    proposals: entry.proposals.flatMap(({ requestId, why }) => {
      const row = requests.get(requestId);
      if (!row || (why.startsWith("amount") && owedOf(row) !== entry.amount_minor)) return [];
      return [
        { requestId, why, title: row.title, name: row.name, owedMinor: owedOf(row), dueOn: row.due_on },
      ];
    }),
  }));
}

async function readEntry(tx: Tx, tenantId: number, id: number): Promise<EntryRow> {
  const { rows } = await sql<EntryRow>`${ENTRIES} where e.tenant_id = ${tenantId} and e.id = ${id}`.execute(
    tx,
  );
  if (!rows[0]) throw new AppError("not_found");
  return rows[0];
}

async function oneEntry(tx: Tx, tenantId: number, id: number): Promise<Entry> {
  return (await shown(tx, tenantId, [await readEntry(tx, tenantId, id)]))[0] as Entry;
}

/**
 * Locks the request before the entry, as the import does.
 * @throws AppError not_found; rule_broken for another currency, a debit, or an entry that is booked already
 */
export function matchByHand(
  house: House,
  actor: Actor,
  { id, requestId }: { id: number; requestId: number },
): Promise<Entry> {
  const { tenantId, staffId: by } = actor;
  return changing(house, tenantId, async (tx, when) => {
    await lockRequest(tx, tenantId, requestId);
    const row = await lockEntry(tx, tenantId, id);
    if (row.payment_id !== null || row.state === "matched")
      throw new AppError("conflict", "booked: a colleague has booked this entry meanwhile.");
    if (row.is_reversal && row.is_credit)
      throw new AppError("rule_broken", "returned: a transfer of ours came back; it pays no request.");
    if (row.is_reversal) {
      await reverse(tx, tenantId, { row, requestId, by }, when);
    } else {
      if (!row.is_credit) throw new AppError("rule_broken", "debit: only money that came pays a request.");
      const entry = {
        amountMinor: row.amount_minor,
        currency: row.currency,
        name: row.name,
        iban: row.iban,
        bookedOn: row.booked_on,
      };
      await bookEntry(tx, tenantId, { entryId: id, key: row.key, entry, requestId, by }, when);
    }
    await setState(tx, tenantId, id, "matched");
    return oneEntry(tx, tenantId, id);
  });
}

type When = Awaited<ReturnType<typeof moment>>;

/** The bank took money back (a debit): the booking of the same sum on this request is undone. */
async function reverse(
  tx: Tx,
  tenantId: number,
  { row, requestId, by }: { row: EntryRow; requestId: number; by: string },
  when: When,
): Promise<void> {
  const { rows } = await sql<{ id: number; entry_id: number | null }>`
    select id, entry_id from pay.payment where tenant_id = ${tenantId} and request_id = ${requestId} and source = 'bank'
      and undone_at is null and amount_minor = ${row.amount_minor} order by id desc limit 1`.execute(tx);
  const [payment] = rows;
  if (!payment)
    throw new AppError("rule_broken", "no_booking: no booking of this sum stands on the request.");
  const { entryId } = await takeBack(tx, tenantId, { requestId, paymentId: payment.id, by }, when);
  if (entryId !== null) await setState(tx, tenantId, entryId, "dismissed");
}

export function undoMatch(house: House, actor: Actor, id: number): Promise<Entry> {
  const { tenantId, staffId: by } = actor;
  return changing(house, tenantId, async (tx, when) => {
    const { request_id: requestId } = await readEntry(tx, tenantId, id);
    if (requestId !== null) await lockRequest(tx, tenantId, requestId);
    const row = await lockEntry(tx, tenantId, id);
    if (row.payment_id !== null && row.request_id !== null)
      await takeBack(tx, tenantId, { requestId: row.request_id, paymentId: row.payment_id, by }, when);
    else if (row.state !== "dismissed")
      throw new AppError("rule_broken", "not_booked: there is nothing to undo.");
    await setState(tx, tenantId, id, waitingState(row));
    return oneEntry(tx, tenantId, id);
  });
}

/** As what an entry waits that is booked to nothing. */
function waitingState(row: EntryRow): EntryStateName {
  if (row.is_reversal) return "reversal";
  if (!row.is_credit) return "other";
  if (row.currency !== EURO) return "foreign_currency";
  return row.proposals.length > 0 ? "proposed" : "unknown";
}

export function dismiss(house: House, actor: Actor, id: number): Promise<Entry> {
  const { tenantId } = actor;
  return changing(house, tenantId, async (tx) => {
    const row = await lockEntry(tx, tenantId, id);
    if (row.payment_id !== null) throw new AppError("rule_broken", "booked: undo the match first.");
    await setState(tx, tenantId, id, "dismissed");
    return oneEntry(tx, tenantId, id);
  });
}

async function changing<T>(
  house: House,
  tenantId: number,
  work: (tx: Tx, when: When) => Promise<T>,
): Promise<T> {
  const when = await moment(house, tenantId);
  return inTenant(house, tenantId, async (tx) => {
    const result = await work(tx, when);
    await tell(tx, tenantId, "entries", when.now);
    return result;
  });
}

async function lockEntry(tx: Tx, tenantId: number, id: number): Promise<EntryRow> {
  await sql`select from pay.entry where tenant_id = ${tenantId} and id = ${id} for update`.execute(tx);
  return readEntry(tx, tenantId, id);
}

/** After a booking was taken back at its request, its entry waits again. */
export async function releaseEntry(tx: Tx, tenantId: number, id: number): Promise<void> {
  await setState(tx, tenantId, id, waitingState(await lockEntry(tx, tenantId, id)));
}

async function setState(tx: Tx, tenantId: number, id: number, state: EntryStateName): Promise<void> {
  await sql`update pay.entry set state = ${state}, book_to = null where tenant_id = ${tenantId} and id = ${id}`.execute(
    tx,
  );
}
