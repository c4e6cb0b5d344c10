import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { AppError, callPerson, type House, setTimer, type Tx, translate } from "#kernel";
import type { Providers } from "../adapters/index.ts";
import { ProviderFault, type ProviderKind, type SeenCheckout } from "../ports.ts";
import { catalogue } from "../rules/catalogue.ts";
import { FETCH } from "../rules/timer-kinds.ts";
import { seeChargedBack } from "./disputes.ts";
import { findByPage, isPayable } from "./page.ts";
import { bookPayment, type When } from "./payments.ts";
import { accountOf, findProvider, hookAddress, noteFault } from "./providers.ts";
import { noteRefunded } from "./refund-rows.ts";
import { lockRequest, owedOf } from "./request-rows.ts";
import { pageAddress } from "./shown.ts";
import { inTenant, moment, tell } from "./tx.ts";

/** Trying to pay at a service, and what becomes of it. */

const AGAIN_MS = 10 * 60_000;
/** So long a page of the service is used again that does not say when it ends. */
const SAME_MS = 20 * 60_000;
/** With less left than this a new one is begun. */
const LAST_MS = 2 * 60_000;
/** Longer no call to a service takes: what has no page by then never gets one. */
const MAKING_MS = 30_000;
const LOOK_MS = 250;
const LIFE_MS = 2 * 3_600_000;

interface Begun {
  readonly checkoutId: number;
  readonly url: string | null;
  /** Somebody else is asking the service for its page right now. */
  readonly isMade: boolean;
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
  const plan = await planCheckout(house, of);
  if (plan.begun.url !== null) return plan.begun.url;
  const { row, service, begun, amountMinor, when } = plan;
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

/** Two who begin at once get one page: the second waits until the first has it. */
async function planCheckout(
  house: House,
  { tenantId, pageKey, provider: kind }: { tenantId: number; pageKey: string; provider: ProviderKind },
) {
  for (const begunAt = Date.now(); ; await pause(LOOK_MS)) {
    const when = await moment(house, tenantId);
    const plan = await inTenant(house, tenantId, async (tx) => {
      const found = await findByPage(tx, tenantId, pageKey);
      if (!found) throw new AppError("not_signed_in");
      const row = await lockRequest(tx, tenantId, found.id);
      const service = await findProvider(tx, tenantId, kind);
      if (!isPayable(row, when.today))
        throw new AppError("rule_broken", "ended: nothing is to be paid here any more.");
      if (!service?.active) throw new AppError("rule_broken", "no_provider: this service is not connected.");
      const of = { requestId: row.id, kind, amountMinor: owedOf(row), now: when.now };
      return { row, service, begun: await openCheckout(tx, tenantId, of), amountMinor: owedOf(row), when };
    });
    if (!plan.begun.isMade) return plan;
    if (Date.now() - begunAt > MAKING_MS) throw new AppError("provider_unavailable", "unreachable");
  }
}

/**
 * One that is open for this sum is used again, for as long as the service keeps it: two pages would take the money twice.
 * @throws AppError rule_broken while a payment is at work
 */
async function openCheckout(
  tx: Tx,
  tenantId: number,
  of: { requestId: number; kind: ProviderKind; amountMinor: number; now: number },
): Promise<Begun> {
  const { requestId, kind, amountMinor, now } = of;
  const working = await sql`select from pay.checkout
    where tenant_id = ${tenantId} and request_id = ${requestId} and state = 'processing' limit 1`.execute(tx);
  if (working.rows.length > 0)
    throw new AppError("rule_broken", "processing: a payment of it is at work already.");
  const { rows } = await sql<{ id: number; url: string | null }>`
    select id, url from pay.checkout where tenant_id = ${tenantId} and request_id = ${requestId} and provider = ${kind} and state = 'open'
      and amount_minor = ${amountMinor} and (
        (url is null and created_at > ${new Date(now - MAKING_MS)})
        or (url is not null and expires_at > ${new Date(now + LAST_MS)})
        or (url is not null and expires_at is null and created_at > ${new Date(now - SAME_MS)}))
    order by id desc limit 1`.execute(tx);
  const [open] = rows;
  if (open) return { checkoutId: open.id, url: open.url, isMade: open.url === null };
  const made = await sql<{ id: number }>`
    insert into pay.checkout (tenant_id, request_id, provider, amount_minor, currency, state, created_at)
    values (${tenantId}, ${requestId}, ${kind}, ${amountMinor}, 'EUR', 'open', ${new Date(now)}) returning id`.execute(
    tx,
  );
  return { checkoutId: (made.rows[0] as { id: number }).id, url: null, isMade: false };
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
  if (seen.chargedBackMinor !== null)
    await seeChargedBack(
      { house, tx, tenantId },
      { source: kind, paymentRef, heldMinor: seen.chargedBackMinor },
      when,
    );
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
