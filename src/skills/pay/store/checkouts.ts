import { sql } from "kysely";
import { AppError, callPerson, type House, setTimer, type Tx, translate } from "#kernel";
import type { Providers } from "../adapters/index.ts";
import { ProviderFault, type ProviderKind, type SeenCheckout } from "../ports.ts";
import { catalogue } from "../rules/catalogue.ts";
import { FETCH } from "../rules/timer-kinds.ts";
import { findByPage, isPayable } from "./page.ts";
import { bookPayment, type When } from "./payments.ts";
import { accountOf, findProvider, hookAddress, noteFault } from "./providers.ts";
import { noteRefunded } from "./refund-rows.ts";
import { lockRequest, owedOf } from "./request-rows.ts";
import { pageAddress } from "./shown.ts";
import { inTenant, moment, tell } from "./tx.ts";

/** Trying to pay at a service, and what becomes of it. */

const AGAIN_MS = 10 * 60_000;
/** Two taps within this lead to one page of the service. */
const SAME_MS = 20 * 60_000;
const LIFE_MS = 2 * 3_600_000;

interface Begun {
  readonly checkoutId: number;
  readonly url: string | null;
}

/**
 * @returns the service's page
 * @throws AppError not_signed_in, rule_broken when nothing is to be paid or the service is not connected, provider_unavailable
 */
export async function beginCheckout(
  parts: { house: House; providers: Providers; publicUrl: string },
  of: { tenantId: number; pageKey: string; provider: ProviderKind },
): Promise<string> {
  const { house, providers, publicUrl } = parts;
  const { tenantId, pageKey, provider: kind } = of;
  const when = await moment(house, tenantId);
  const plan = await inTenant(house, tenantId, async (tx) => {
    const found = await findByPage(tx, tenantId, pageKey);
    if (!found) throw new AppError("not_signed_in");
    const row = await lockRequest(tx, tenantId, found.id);
    const service = await findProvider(tx, tenantId, kind);
    if (!isPayable(row, when.today))
      throw new AppError("rule_broken", "ended: nothing is to be paid here any more.");
    if (!service?.active) throw new AppError("rule_broken", "no_provider: this service is not connected.");
    const begun = await openCheckout(tx, tenantId, {
      requestId: row.id,
      kind,
      amountMinor: owedOf(row),
      now: when.now,
    });
    return { row, service, begun, amountMinor: owedOf(row) };
  });
  if (plan.begun.url !== null) return plan.begun.url;
  const { row, service, begun, amountMinor } = plan;
  const { checkoutId } = begun;
  try {
    const made = await providers[kind].begin(accountOf(service), {
      checkoutId,
      key: `ah-${tenantId}-${checkoutId}`,
      amountMinor,
      currency: row.currency,
      title: row.title,
      language: row.language,
      returnUrl: pageAddress(publicUrl, tenantId, pageKey),
      webhookUrl: hookAddress(publicUrl, tenantId, service),
      expiresAt: when.now + LIFE_MS,
    });
    await inTenant(house, tenantId, async (tx) => {
      await sql`update pay.checkout set external_id = ${made.externalId}, url = ${made.url},
        expires_at = ${made.expiresAt === null ? null : new Date(made.expiresAt)} where tenant_id = ${tenantId} and id = ${checkoutId}`.execute(
        tx,
      );
      await noteFault(tx, tenantId, kind, { fault: null, now: when.now });
      await lookLater(tx, tenantId, { kind, externalId: made.externalId, dueAt: when.now + AGAIN_MS });
    });
    return made.url;
  } catch (error) {
    if (!(error instanceof ProviderFault)) throw error;
    await inTenant(house, tenantId, async (tx) => {
      await sql`update pay.checkout set state = 'failed' where tenant_id = ${tenantId} and id = ${checkoutId}`.execute(
        tx,
      );
      await noteFault(tx, tenantId, kind, { fault: error.code, now: when.now });
    });
    throw new AppError("provider_unavailable", error.code);
  }
}

/** One that is open for this sum is used again. */
async function openCheckout(
  tx: Tx,
  tenantId: number,
  of: { requestId: number; kind: ProviderKind; amountMinor: number; now: number },
): Promise<Begun> {
  const { requestId, kind, amountMinor, now } = of;
  const { rows } = await sql<{ id: number; url: string }>`
    select id, url from pay.checkout where tenant_id = ${tenantId} and request_id = ${requestId} and provider = ${kind} and state = 'open'
      and url is not null and amount_minor = ${amountMinor} and created_at > ${new Date(now - SAME_MS)}
      and (expires_at is null or expires_at > ${new Date(now)}) order by id desc limit 1`.execute(tx);
  if (rows[0]) return { checkoutId: rows[0].id, url: rows[0].url };
  const made = await sql<{ id: number }>`
    insert into pay.checkout (tenant_id, request_id, provider, amount_minor, currency, state, created_at)
    values (${tenantId}, ${requestId}, ${kind}, ${amountMinor}, 'EUR', 'open', ${new Date(now)}) returning id`.execute(
    tx,
  );
  return { checkoutId: (made.rows[0] as { id: number }).id, url: null };
}

/** A webhook may be lost: the service is asked, too. */
export function lookLater(
  tx: Tx,
  tenantId: number,
  { kind, externalId, dueAt }: { kind: ProviderKind; externalId: string; dueAt: number },
): Promise<void> {
  const payload = { provider: kind, externalId };
  return setTimer(tx, { tenantId, kind: FETCH, key: `${kind} ${externalId}`, dueAt, payload });
}

interface CheckoutRow {
  id: number;
  request_id: number;
  amount_minor: number;
  currency: string;
  state: SeenCheckout["state"] | "wrong_amount";
}

/**
 * Writes how a checkout stands, told or looked up, early, late or twice: money of the right sum is booked once; of another
 * sum never, a person looks at it.
 * @returns is it over?
 */
export async function applySeen(
  { house, tx, tenantId }: { house: House; tx: Tx; tenantId: number },
  kind: ProviderKind,
  seen: SeenCheckout,
  when: When,
): Promise<boolean> {
  const place = await findCheckout(tx, tenantId, kind, seen);
  // Somebody else's payment at the same account.
  if (!place) return true;
  const request = await lockRequest(tx, tenantId, place.request_id);
  const checkout = (await findCheckout(tx, tenantId, kind, seen)) ?? place;
  if (seen.state !== "paid") {
    const isOver = seen.state === "expired" || seen.state === "failed";
    if (checkout.state === "open" || checkout.state === "processing")
      await setCheckout(tx, tenantId, checkout.id, seen.state);
    await tell(tx, tenantId, `request ${request.id}`, when.now);
    return isOver || checkout.state === "paid";
  }
  if (seen.amountMinor !== checkout.amount_minor || seen.currency !== checkout.currency) {
    if (checkout.state !== "wrong_amount")
      await wrongAmount({ house, tx, tenantId }, checkout, request, when);
    return true;
  }
  const paymentRef = seen.paymentRef ?? seen.externalId;
  await setCheckout(tx, tenantId, checkout.id, "paid");
  await bookPayment(
    tx,
    tenantId,
    {
      requestId: checkout.request_id,
      source: kind,
      externalId: paymentRef,
      amountMinor: checkout.amount_minor,
      currency: checkout.currency,
      payer: "",
      checkoutId: checkout.id,
      bookedOn: when.today,
      by: kind,
    },
    when,
  );
  if (seen.refundedMinor !== null && seen.refundedMinor > 0)
    await noteRefunded(tx, tenantId, { source: kind, paymentRef, refundedMinor: seen.refundedMinor }, when);
  return true;
}

/** By the service's id; before its answer was stored, by ours that it gives back. */
async function findCheckout(
  tx: Tx,
  tenantId: number,
  kind: ProviderKind,
  seen: SeenCheckout,
): Promise<CheckoutRow | undefined> {
  const { rows } = await sql<CheckoutRow>`
    select id, request_id, amount_minor, currency, state from pay.checkout where tenant_id = ${tenantId} and provider = ${kind}
      and (external_id = ${seen.externalId} or (external_id is null and id = ${seen.checkoutId}))`.execute(
    tx,
  );
  return rows[0];
}

async function setCheckout(tx: Tx, tenantId: number, id: number, state: CheckoutRow["state"]): Promise<void> {
  await sql`update pay.checkout set state = ${state} where tenant_id = ${tenantId} and id = ${id}`.execute(
    tx,
  );
}

async function wrongAmount(
  { house, tx, tenantId }: { house: House; tx: Tx; tenantId: number },
  checkout: CheckoutRow,
  request: { id: number; title: string; conversation_id: number | null },
  when: When,
): Promise<void> {
  await setCheckout(tx, tenantId, checkout.id, "wrong_amount");
  if (request.conversation_id !== null) {
    const { language, teamFormOfAddress: form } = await house.profile(tenantId);
    const summary = translate(catalogue, { language, form }, "staffWrongAmount", { title: request.title });
    const { conversation_id: conversationId } = request;
    await callPerson(house, tx, { tenantId, conversationId, reason: "case", summary, now: when.now });
  }
  await tell(tx, tenantId, `request ${request.id}`, when.now);
}
