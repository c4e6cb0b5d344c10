import { sql } from "kysely";
import { accentVariables, type House, type TenantProfile, type Tx } from "#kernel";
import type { PayPage } from "../api.ts";
import { giroCode } from "../rules/girocode.ts";
import { activeProviders } from "./providers.ts";
import { receiptOf } from "./receipts.ts";
import { owedOf, REQUESTS, type StoredRequest } from "./request-rows.ts";
import { readSettings } from "./settings.ts";
import { moment } from "./tx.ts";

/** A request in the words of the customer's page. */

/** @returns undefined when the key opens nothing */
export async function findByPage(
  tx: Tx,
  tenantId: number,
  pageKey: string,
): Promise<StoredRequest | undefined> {
  const { rows } =
    await sql<StoredRequest>`${REQUESTS} where r.tenant_id = ${tenantId} and r.page_key = ${pageKey}`.execute(
      tx,
    );
  return rows[0];
}

/** Can it still be paid on its page? */
export const isPayable = (row: StoredRequest, today: string): boolean =>
  owedOf(row) > 0 && (row.expires_on === null || today <= row.expires_on);

export async function shownPage(
  house: House,
  tx: Tx,
  tenantId: number,
  row: StoredRequest,
): Promise<PayPage> {
  const profile = await house.profile(tenantId);
  const { today, now } = await moment(house, tenantId);
  const { holder, iban, bic } = await readSettings(tx, tenantId);
  const owed = owedOf(row);
  const canPay = isPayable(row, today);
  const receipt = await receiptOf(tx, tenantId, row.id);
  const pending =
    await sql`select from pay.checkout where tenant_id = ${tenantId} and request_id = ${row.id} and state = 'processing'`.execute(
      tx,
    );
  return {
    company: shownCompany(profile),
    title: row.title,
    lines: row.lines,
    currency: row.currency,
    amountMinor: row.amount_minor,
    paidMinor: row.paid_minor,
    refundedMinor: row.refunded_minor,
    owedMinor: owed,
    state: row.state,
    dueOn: row.due_on,
    expiresOn: row.expires_on,
    reference: row.reference,
    transfer:
      canPay && iban !== ""
        ? {
            holder,
            iban,
            bic,
            giroCode: giroCode({ name: holder, iban, bic, amountMinor: owed, reference: row.reference }),
          }
        : null,
    // While one payment is at work a second one would be too much.
    providers:
      canPay && pending.rows.length === 0
        ? (await activeProviders(tx, tenantId)).map(({ kind }) => kind)
        : [],
    pending: pending.rows.length > 0,
    receipt: receipt
      ? { number: receipt.number, paidOn: receipt.facts.paidOn, cancels: receipt.cancels }
      : null,
    timeZone: profile.timeZone,
    language: row.language,
    formOfAddress: profile.formOfAddress,
    updatedAt: new Date(now).toISOString(),
  };
}

function shownCompany({ name, slug, logo, accent, legal }: TenantProfile): PayPage["company"] {
  return {
    name,
    logo,
    accent: accentVariables(accent),
    page: `/c/${encodeURIComponent(slug)}`,
    legal: { ...legal },
  };
}
