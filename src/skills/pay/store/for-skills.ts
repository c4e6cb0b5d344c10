import { sql } from "kysely";
import { AppError, bareIban, type House, instantOf, localDate, type Tx } from "#kernel";
import { EURO } from "../rules/money.ts";
import type { RequestState } from "../rules/states.ts";
import { findAsked, insertAsker } from "./asker.ts";
import { owedOf, readRequest } from "./request-rows.ts";
import { fingerprintOf, firstOf, insertRequest, type NewRequest, planRequest, setDates } from "./requests.ts";
import { pageAddress } from "./shown.ts";
import { inTenant, tell } from "./tx.ts";

/** What other skills have of this one, bound as their ports in src/skills.ts. */

const DAY_MINUTES = 1_440;

export interface AskedFor {
  readonly tenantId: number;
  /** Kind of the caller's own timer, set once when the money is there and once when it is not any more. */
  readonly timer: string;
  /** The caller's own, opaque, at most 50 characters: the same one gives the same request. */
  readonly reference: string;
  /** cents, euro */
  readonly amountMinor: number;
  /** Stands on the page and the receipt, at most 140 characters. */
  readonly title: string;
  readonly language: "de" | "en";
  /** YYYY-MM-DD, the last day on which its page takes a payment; default: none */
  readonly expiresOn?: string;
  /** Who asks, as it stands in the books. */
  readonly by: string;
}

export interface AskedRequest {
  readonly requestId: number;
  /** Its page, from the node's address on: "/pay#1.0a…". Who has it can pay and see the receipt. */
  readonly page: string;
  /** RF creditor reference of a transfer. */
  readonly reference: string;
  readonly state: RequestState;
  readonly amountMinor: number;
  readonly owedMinor: number;
}

/**
 * Asks for money in the caller's transaction. The request names nobody and nothing is sent: whoever gets its page pays. When
 * it is paid in full, a timer of the kind `timer` is set with the payload `{ reference, requestId, what: "paid" }`, at most
 * once; when the money is taken back or refunded later, once more with `what: "taken_back"`.
 * @throws AppError rule_broken as long as no way to pay is set up; conflict for the reference with other content
 */
export async function requestFor(house: House, tx: Tx, given: AskedFor): Promise<AskedRequest> {
  const { tenantId, timer, reference, amountMinor, title, language, expiresOn, by } = given;
  const key = `${timer}:${reference}`;
  const request: NewRequest = { key, amountMinor, currency: EURO, title, lines: [], language, expiresOn };
  const fingerprint = fingerprintOf(request);
  const now = house.clock.now();
  const today = localDate(now, (await house.profile(tenantId)).timeZone);
  const before = await findAsked(tx, tenantId, { timer, reference });
  const plan = await planRequest(tx, tenantId, { given: request, fingerprint, today });
  if ("id" in plan) {
    // The key is of people's choice, too.
    if (before !== plan.id) throw new AppError("conflict");
    return shownAsked(tx, tenantId, plan.id);
  }
  const id = await insertRequest(tx, tenantId, { given: request, plan, fingerprint, by, now });
  if (id === null) {
    const first = await firstOf(tx, tenantId, key, fingerprint);
    if (first === null) throw new AppError("conflict");
    return shownAsked(tx, tenantId, first);
  }
  await insertAsker(tx, tenantId, { requestId: id, timer, reference });
  await setDates(house, tx, { tenantId, id, plan });
  await tell(tx, tenantId, `request ${id}`, now);
  return shownAsked(tx, tenantId, id);
}

async function shownAsked(tx: Tx, tenantId: number, id: number): Promise<AskedRequest> {
  const row = await readRequest(tx, tenantId, id);
  return {
    requestId: id,
    page: pageAddress("", tenantId, row.page_key),
    reference: row.reference,
    state: row.state,
    amountMinor: row.amount_minor,
    owedMinor: owedOf(row),
  };
}

export interface Balance {
  readonly amountMinor: number;
  readonly currency: string;
  /** ms: the end of the statement's day, or when it was brought in where that was before */
  readonly statedAt: number;
  /** SHA-256 of the file as the bank gave it, hexadecimal. */
  readonly statementHash: string;
}

/** The newest closing balance that a statement of this account of the company says; null = none was brought in. */
export async function newestBalance(house: House, tenantId: number, iban: string): Promise<Balance | null> {
  const { timeZone } = await house.profile(tenantId);
  const { rows } = await inTenant(house, tenantId, (tx) =>
    sql<{ closing_minor: number; currency: string; to_on: string; sha256: string; imported_at: Date }>`
      select closing_minor, currency, to_on::text, sha256, imported_at from pay.statement
      where tenant_id = ${tenantId} and iban = ${bareIban(iban)} order by to_on desc, id desc limit 1`.execute(
      tx,
    ),
  );
  const [row] = rows;
  if (!row) return null;
  return {
    amountMinor: row.closing_minor,
    currency: row.currency,
    statedAt: Math.min(row.imported_at.getTime(), instantOf(timeZone, row.to_on, DAY_MINUTES)),
    statementHash: row.sha256,
  };
}
