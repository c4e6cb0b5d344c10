import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import {
  type Ask,
  type PaymentProvider,
  type ProviderAccount,
  ProviderFault,
  type SeenCheckout,
  type Told,
} from "../ports.ts";
import { askJson, objectOf, wordOf } from "./asking.ts";

/**
 * Stripe Checkout: sessions in mode "payment", forms in and JSON out, Basic authentication with the secret key. Source:
 * https://docs.stripe.com/api/checkout/sessions, /api/refunds, /disputes, /webhooks (signatures), /api/idempotent_requests.
 */

const BASE = "https://api.stripe.com";
/** A signature of a replayed webhook is refused after this; Stripe signs each try anew. */
const TOLERANCE_S = 300;
/** A session ends between 30 minutes and 24 hours after it was made. */
const LEAST_MS = 31 * 60_000;
const MOST_MS = 24 * 3_600_000 - 60_000;
const TITLE = 250;

const session = z.object({
  id: z.string(),
  url: z.string().nullish(),
  status: z.enum(["open", "complete", "expired"]).nullish(),
  payment_status: z.enum(["paid", "unpaid", "no_payment_required"]).catch("unpaid"),
  payment_intent: z.string().nullish(),
  client_reference_id: z.string().nullish(),
  amount_total: z.number().int(),
  currency: z.string(),
  expires_at: z.number().nullish(),
});
type Session = z.output<typeof session>;

export function openStripe(ask: Ask, now: () => number): PaymentProvider {
  const call = (
    account: ProviderAccount,
    path: string,
    given: { form?: URLSearchParams; key?: string } = {},
  ) =>
    askJson(ask, {
      method: given.form ? "POST" : "GET",
      url: `${account.apiBase || BASE}${path}`,
      ...(given.form && { body: given.form.toString() }),
      ...(given.key !== undefined && { key: given.key }),
      headers: {
        authorization: `Basic ${Buffer.from(`${account.apiKey}:`).toString("base64")}`,
        ...(given.form && { "content-type": "application/x-www-form-urlencoded" }),
      },
    });
  return {
    async begin(account, checkout) {
      const endsAt = Math.min(Math.max(checkout.expiresAt, now() + LEAST_MS), now() + MOST_MS);
      const form = new URLSearchParams({
        mode: "payment",
        success_url: checkout.returnUrl,
        cancel_url: checkout.returnUrl,
        client_reference_id: String(checkout.checkoutId),
        locale: checkout.language,
        expires_at: String(Math.floor(endsAt / 1_000)),
        "line_items[0][quantity]": "1",
        "line_items[0][price_data][currency]": checkout.currency.toLowerCase(),
        "line_items[0][price_data][unit_amount]": String(checkout.amountMinor),
        "line_items[0][price_data][product_data][name]": checkout.title.slice(0, TITLE),
        "metadata[checkout]": String(checkout.checkoutId),
      });
      const made = parse(await call(account, "/v1/checkout/sessions", { form, key: checkout.key }));
      if (!made.url) throw new ProviderFault("strange_answer");
      return {
        externalId: made.id,
        url: made.url,
        expiresAt: made.expires_at ? made.expires_at * 1_000 : null,
      };
    },
    async look(account, externalId) {
      const found = await call(account, `/v1/checkout/sessions/${encodeURIComponent(externalId)}`);
      return found && seenOf(parse(found));
    },
    async refund(account, { paymentRef, amountMinor, key }) {
      const form = new URLSearchParams({ payment_intent: paymentRef, amount: String(amountMinor) });
      const made = objectOf(await call(account, "/v1/refunds", { form, key }));
      const externalId = wordOf(made.id);
      const status = wordOf(made.status);
      if (externalId === "" || status === "failed" || status === "canceled")
        throw new ProviderFault("refused");
      return { externalId, isDone: status === "succeeded" };
    },
    async refunded(account, paymentRef) {
      const query = new URLSearchParams({ payment_intent: paymentRef, limit: "100" });
      const found = await call(account, `/v1/refunds?${query}`);
      return found && sumOf(found);
    },
    async check(account) {
      await call(account, "/v1/balance");
    },
    told(account, { rawText, signature, now: at }) {
      if (!isSigned(rawText, { signature, secret: account.webhookSecret, now: at })) return null;
      return eventOf(JSON.parse(rawText));
    },
  };
}

const refundList = z.object({
  data: z.array(z.object({ amount: z.number().int(), status: z.string().nullish() })),
});

/** What was refused or taken back did not go back. */
function sumOf(list: unknown): number {
  const read = refundList.safeParse(list);
  if (!read.success) throw new ProviderFault("strange_answer");
  const kept = read.data.data.filter(({ status }) => status !== "failed" && status !== "canceled");
  return kept.reduce((sum, { amount }) => sum + amount, 0);
}

const event = z.object({ type: z.string(), data: z.object({ object: z.record(z.string(), z.unknown()) }) });
const charge = z.object({ payment_intent: z.string(), amount_refunded: z.number().int() });
/** What a session's event says; "completed" is paid only where its payment_status says so. */
const FAILED = "checkout.session.async_payment_failed";
const SESSIONS = [
  "checkout.session.completed",
  "checkout.session.expired",
  "checkout.session.async_payment_succeeded",
  FAILED,
];

function eventOf(body: unknown): Told {
  const read = event.safeParse(body);
  if (!read.success) return { is: "nothing" };
  const { type, data } = read.data;
  if (type === "charge.refunded") {
    const one = charge.safeParse(data.object);
    return one.success
      ? { is: "refund", paymentRef: one.data.payment_intent, refundedMinor: one.data.amount_refunded }
      : { is: "nothing" };
  }
  if (type.startsWith("charge.dispute.")) return disputeOf(data.object);
  if (!SESSIONS.includes(type)) return { is: "nothing" };
  const one = session.safeParse(data.object);
  if (!one.success) return { is: "nothing" };
  const seen = seenOf(one.data);
  return { is: "checkout", seen: type === FAILED ? { ...seen, state: "failed" } : seen };
}

const dispute = z.object({
  id: z.string(),
  amount: z.number().int(),
  payment_intent: z.string(),
  status: z.string(),
});
/** An inquiry holds nothing back yet ("warning_..."), and one that was won nothing any more. */
const HOLDS = ["needs_response", "under_review", "lost"];

function disputeOf(value: unknown): Told {
  const read = dispute.safeParse(value);
  if (!read.success) return { is: "nothing" };
  const { id, amount, payment_intent: paymentRef, status } = read.data;
  return { is: "dispute", paymentRef, disputeRef: id, heldMinor: HOLDS.includes(status) ? amount : 0 };
}

function parse(value: unknown): Session {
  const read = session.safeParse(value);
  if (!read.success) throw new ProviderFault("strange_answer");
  return read.data;
}

function seenOf(one: Session): SeenCheckout {
  const isPaid = one.payment_status === "paid";
  const unpaid = one.status === "expired" ? "expired" : one.status === "complete" ? "processing" : "open";
  const id = Number(one.client_reference_id);
  return {
    externalId: one.id,
    checkoutId: Number.isSafeInteger(id) && id > 0 ? id : null,
    state: isPaid ? "paid" : unpaid,
    paymentRef: one.payment_intent ?? null,
    amountMinor: one.amount_total,
    currency: one.currency.toUpperCase(),
    refundedMinor: null,
    chargedBackMinor: null,
  };
}

/** `t=SECONDS,v1=HEX[,v1=HEX]`: HMAC-SHA256 of "SECONDS.BODY"; several while a secret is changed. */
function isSigned(
  rawText: string,
  { signature, secret, now }: { signature: string; secret: string; now: number },
): boolean {
  if (secret === "") return false;
  const parts = signature.split(",").map((part) => part.trim().split("=", 2));
  const time = parts.find(([name]) => name === "t")?.[1] ?? "";
  if (!/^\d{1,12}$/.test(time) || Math.abs(now / 1_000 - Number(time)) > TOLERANCE_S) return false;
  const expected = createHmac("sha256", secret).update(`${time}.${rawText}`).digest();
  return parts.some(([name, hex = ""]) => {
    const given = Buffer.from(hex, "hex");
    return name === "v1" && given.length === expected.length && timingSafeEqual(given, expected);
  });
}
