import { sql } from "kysely";
import { type House, setTimer, type Tx } from "#kernel";
import { BOOK } from "../rules/timer-kinds.ts";
import { bookEntry } from "./entries.ts";
import type { When } from "./payments.ts";
import { lockRequest } from "./request-rows.ts";
import { inTenant, moment } from "./tx.ts";

/**
 * Books what a right reference decides, after its statement was stored. Each step is short: whoever books writes an event of
 * the company and holds its row until the commit, and so does every message that comes in meanwhile.
 */

const STEP = 20;
/** After this another process goes on, should this one have died. */
const AGAIN_MS = 60_000;

export function bookLater(tx: Tx, tenantId: number, statementId: number, now: number): Promise<void> {
  const dueAt = now + AGAIN_MS;
  return setTimer(tx, { tenantId, kind: BOOK, key: String(statementId), dueAt, payload: { statementId } });
}

/** Repeatable, and by several at once: each entry is booked once. */
export async function bookEntries(house: House, tenantId: number, statementId: number): Promise<void> {
  for (;;) {
    const when = await moment(house, tenantId);
    const count = await inTenant(house, tenantId, (tx) => bookStep(tx, tenantId, statementId, when));
    if (count < STEP) return;
  }
}

interface Waiting {
  id: number;
  key: string;
  book_to: number;
  amount_minor: number;
  currency: string;
  name: string;
  iban: string;
  booked_on: string;
  imported_by: string;
}

/** Requests are locked in the order of their ids, and each before its entry, as by hand. @returns how many stood there */
async function bookStep(tx: Tx, tenantId: number, statementId: number, when: When): Promise<number> {
  const { rows } = await sql<Waiting>`
    select e.id, e.key, e.book_to, e.amount_minor, e.currency, e.name, e.iban, e.booked_on::text, s.imported_by
    from pay.entry e join pay.statement s on s.tenant_id = e.tenant_id and s.id = e.statement_id
    where e.tenant_id = ${tenantId} and e.statement_id = ${statementId} and e.book_to is not null order by e.book_to, e.id limit ${STEP}`.execute(
    tx,
  );
  for (const { id: entryId, key, book_to: requestId, imported_by: by, ...row } of rows) {
    await lockRequest(tx, tenantId, requestId);
    const claimed = await sql`update pay.entry set state = 'matched', proposals = '[]', book_to = null
      where tenant_id = ${tenantId} and id = ${entryId} and book_to = ${requestId} returning id`.execute(tx);
    // Somebody decided about it meanwhile.
    if (claimed.rows.length === 0) continue;
    const { amount_minor: amountMinor, currency, name, iban, booked_on: bookedOn } = row;
    const entry = { amountMinor, currency, name, iban, bookedOn };
    await bookEntry(tx, tenantId, { entryId, key, entry, requestId, by }, when);
  }
  return rows.length;
}
