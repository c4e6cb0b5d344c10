import { z } from "zod";
import {
  type Ask,
  type PaymentProvider,
  type ProviderAccount,
  ProviderFault,
  type SeenCheckout,
} from "../ports.ts";
import { decimalOf, minorOf } from "../rules/money.ts";
import { askJson, objectOf, wordOf } from "./asking.ts";

/**
 * Mollie's Payments API v2. A webhook only names an id, signed by nobody, so the payment is read from Mollie and that is
 * believed. Source: https://docs.mollie.com/reference/v2 (payments-api, refunds-api, chargebacks-api), /reference/webhooks.
 */

const BASE = "https://api.mollie.com";
const TITLE = 255;
const ID = /^tr_[A-Za-z0-9]{4,60}$/;

const amount = z.object({ value: z.string(), currency: z.string() });
const payment = z.object({
  id: z.string(),
  status: z.string(),
  amount,
  amountRefunded: amount.nullish(),
  amountChargedBack: amount.nullish(),
  metadata: z.object({ checkout: z.string() }).nullish().catch(null),
  expiresAt: z.string().nullish(),
  _links: z.object({ checkout: z.object({ href: z.string() }).nullish() }),
});
type Payment = z.output<typeof payment>;

export function openMollie(ask: Ask): PaymentProvider {
  const call = (account: ProviderAccount, path: string, given: { body?: unknown; key?: string } = {}) =>
    askJson(ask, {
      method: given.body === undefined ? "GET" : "POST",
      url: `${account.apiBase || BASE}${path}`,
      ...(given.body !== undefined && { body: JSON.stringify(given.body) }),
      ...(given.key !== undefined && { key: given.key }),
      headers: { authorization: `Bearer ${account.apiKey}` },
    });
  return {
    async begin(account, checkout) {
      const body = {
        amount: { currency: checkout.currency, value: decimalOf(checkout.amountMinor) },
        description: checkout.title.slice(0, TITLE),
        redirectUrl: checkout.returnUrl,
        webhookUrl: checkout.webhookUrl,
        locale: checkout.language === "de" ? "de_DE" : "en_GB",
        metadata: { checkout: String(checkout.checkoutId) },
      };
      const made = parse(await call(account, "/v2/payments", { body, key: checkout.key }));
      const url = made._links.checkout?.href;
      if (!url) throw new ProviderFault("strange_answer");
      const expiresAt = Date.parse(made.expiresAt ?? "");
      return { externalId: made.id, url, expiresAt: Number.isNaN(expiresAt) ? null : expiresAt };
    },
    async look(account, externalId) {
      const found = await call(account, `/v2/payments/${encodeURIComponent(externalId)}`);
      return found && seenOf(parse(found));
    },
    async refund(account, { paymentRef, amountMinor, currency, key, reason }) {
      const path = `/v2/payments/${encodeURIComponent(paymentRef)}/refunds`;
      const body = { amount: { currency, value: decimalOf(amountMinor) }, description: reason || "Refund" };
      const made = objectOf(await call(account, path, { body, key }));
      const externalId = wordOf(made.id);
      const status = wordOf(made.status);
      if (externalId === "" || status === "failed" || status === "canceled")
        throw new ProviderFault("refused");
      return { externalId, isDone: status === "refunded" };
    },
    async refunded(account, paymentRef) {
      const found = await call(account, `/v2/payments/${encodeURIComponent(paymentRef)}`);
      return found && (seenOf(parse(found)).refundedMinor ?? 0);
    },
    async check(account) {
      await call(account, "/v2/methods");
    },
    told(_account, { body }) {
      const id = wordOf((body as { id?: unknown } | null)?.id);
      return ID.test(id) ? { is: "look", externalId: id } : { is: "nothing" };
    },
  };
}

function parse(value: unknown): Payment {
  const read = payment.safeParse(value);
  if (!read.success) throw new ProviderFault("strange_answer");
  return read.data;
}

const STATES: Readonly<Record<string, SeenCheckout["state"]>> = {
  open: "open",
  pending: "processing",
  authorized: "processing",
  paid: "paid",
  expired: "expired",
  canceled: "failed",
  failed: "failed",
};

function seenOf(one: Payment): SeenCheckout {
  const minor = minorOf(one.amount.value);
  if (minor === null) throw new ProviderFault("strange_answer");
  const id = Number(one.metadata?.checkout);
  return {
    externalId: one.id,
    checkoutId: Number.isSafeInteger(id) && id > 0 ? id : null,
    state: STATES[one.status] ?? "processing",
    paymentRef: one.id,
    amountMinor: minor,
    currency: one.amount.currency,
    refundedMinor: one.amountRefunded ? minorOf(one.amountRefunded.value) : null,
    // Left out where nothing is charged back, also after a reversal.
    chargedBackMinor: one.amountChargedBack ? minorOf(one.amountChargedBack.value) : 0,
  };
}
