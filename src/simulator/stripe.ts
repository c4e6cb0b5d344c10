import { createHmac, randomBytes } from "node:crypto";
import { type Ask, json, type Reply, type SimulatorServer, serve } from "./http.ts";

/**
 * Stripe's API as https://docs.stripe.com/api has it, as far as Checkout in mode "payment" needs it: forms in, JSON out, Basic
 * or Bearer authentication, Idempotency-Key kept with its parameters, errors as {error: {type, code, message}}, webhooks signed
 * with t and v1.
 */

interface Session {
  id: string;
  object: "checkout.session";
  amount_total: number;
  currency: string;
  client_reference_id: string | null;
  metadata: Record<string, string>;
  mode: "payment";
  status: "open" | "complete" | "expired";
  payment_status: "unpaid" | "paid";
  payment_intent: string | null;
  success_url: string;
  expires_at: number;
  created: number;
  url: string | null;
}

export interface StripeSettings {
  apiKey: string;
  /** Signs webhooks; "whsec_...". */
  secret: string;
}

export interface StripeEvent {
  /** Where the webhook goes. */
  webhook: string;
  /** Overrides, for what a forger or a late network does. */
  secret?: string;
  /** Seconds since 1970 in the signature. */
  time?: number;
  /** Fields of the object that differ from the truth. */
  change?: Record<string, unknown>;
}

export interface StripeSimulator extends SimulatorServer {
  /** Sessions by id, in the order in which they were made. */
  sessions(): Session[];
  /** The customer pays. With "later" the money comes only with `settle`. */
  pay(id: string, how?: "now" | "later"): void;
  settle(id: string): void;
  expire(id: string): void;
  /** Somebody gives money back in the dashboard. */
  refundByHand(id: string, amount: number): void;
  refunds(): { id: string; payment_intent: string; amount: number }[];
  /** Posts an event about a session; "charge.refunded" about its charge, "charge.dispute..." about a dispute of it. @returns the status of the answer */
  post(type: string, id: string, event: StripeEvent): Promise<number>;
  /** The next calls are answered so. */
  fail(status: number | null): void;
}

const DAY_S = 86_400;

interface Refund {
  id: string;
  object: "refund";
  payment_intent: string;
  amount: number;
  status: string;
}

interface Stock {
  readonly sessions: Map<string, Session>;
  readonly refunds: Refund[];
}

const fault = (status: number, code: string): Reply =>
  json({ error: { type: "invalid_request_error", code, message: code } }, status);

const givenBack = ({ refunds }: Stock, intent: string | null): number =>
  refunds.filter((one) => one.payment_intent === intent).reduce((sum, one) => sum + one.amount, 0);

function reply(stock: Stock, ask: Ask): Reply {
  const form = new URLSearchParams(ask.body.toString("utf8"));
  if (ask.method === "GET" && ask.path === "/v1/balance") return json({ object: "balance", available: [] });
  if (ask.method === "POST" && ask.path === "/v1/checkout/sessions") return create(stock, form);
  const [, id] = /^\/v1\/checkout\/sessions\/(\w+)$/.exec(ask.path) ?? [];
  if (ask.method === "GET" && id) {
    const found = stock.sessions.get(id);
    return found ? json(found) : fault(404, "resource_missing");
  }
  if (ask.path !== "/v1/refunds") return fault(404, "url_invalid");
  if (ask.method === "POST") return refund(stock, form);
  const intent = ask.query.get("payment_intent");
  const data = stock.refunds.filter((one) => one.payment_intent === intent).reverse();
  return json({ object: "list", url: "/v1/refunds", has_more: false, data });
}

function create({ sessions }: Stock, form: URLSearchParams): Reply {
  const price = "line_items[0][price_data]";
  const unit = Number(form.get(`${price}[unit_amount]`));
  const expires = Number(form.get("expires_at"));
  if (form.get("mode") !== "payment" || !form.get("success_url") || !form.get(`${price}[product_data][name]`))
    return fault(400, "parameter_missing");
  if (!Number.isInteger(unit) || unit < 50) return fault(400, "amount_too_small");
  if (!Number.isInteger(expires)) return fault(400, "parameter_invalid_integer");
  const id = `cs_test_${randomBytes(12).toString("hex")}`;
  const now = Math.floor(Date.now() / 1_000);
  const session: Session = {
    id,
    object: "checkout.session",
    amount_total: unit * Number(form.get("line_items[0][quantity]") ?? 1),
    currency: form.get(`${price}[currency]`) ?? "",
    client_reference_id: form.get("client_reference_id"),
    metadata: { checkout: form.get("metadata[checkout]") ?? "" },
    mode: "payment",
    status: "open",
    payment_status: "unpaid",
    payment_intent: null,
    success_url: form.get("success_url") ?? "",
    expires_at: expires || now + DAY_S,
    created: now,
    url: `https://checkout.stripe.example/c/pay/${id}`,
  };
  sessions.set(id, session);
  return json(session);
}

function refund(stock: Stock, form: URLSearchParams): Reply {
  const intent = form.get("payment_intent") ?? "";
  const paid = [...stock.sessions.values()].find((one) => one.payment_intent === intent);
  const amount = Number(form.get("amount"));
  if (paid?.payment_status !== "paid") return fault(400, "charge_not_refundable");
  if (amount + givenBack(stock, intent) > paid.amount_total) return fault(400, "charge_already_refunded");
  const id = `re_${randomBytes(8).toString("hex")}`;
  const made: Refund = { id, object: "refund", payment_intent: intent, amount, status: "succeeded" };
  stock.refunds.push(made);
  return json(made);
}

/** Keeps what was answered to a key, and refuses the key with other parameters. */
function door(settings: StripeSettings, stock: Stock): (ask: Ask) => Reply {
  const byKey = new Map<string, { form: string; reply: Reply }>();
  const basic = `Basic ${Buffer.from(`${settings.apiKey}:`).toString("base64")}`;
  return (ask) => {
    const { authorization = "" } = ask.headers;
    if (authorization !== basic && authorization !== `Bearer ${settings.apiKey}`)
      return fault(401, "invalid_api_key");
    const key = ask.headers["idempotency-key"];
    if (ask.method !== "POST" || typeof key !== "string") return reply(stock, ask);
    const form = ask.body.toString("utf8");
    const before = byKey.get(key);
    if (before) return before.form === form ? before.reply : fault(400, "idempotency_error");
    const made = reply(stock, ask);
    byKey.set(key, { form, reply: made });
    return made;
  };
}

export async function startStripe(settings: StripeSettings): Promise<StripeSimulator> {
  const stock: Stock = { sessions: new Map(), refunds: [] };
  const { sessions, refunds } = stock;
  let failing: number | null = null;
  const answer = door(settings, stock);
  const server = await serve((ask) => (failing === null ? answer(ask) : fault(failing, "api_error")), {
    port: 0,
  });
  const of = (id: string): Session => sessions.get(id) as Session;
  return {
    ...server,
    sessions: () => [...sessions.values()],
    pay(id, how = "now") {
      const intent = `pi_${randomBytes(8).toString("hex")}`;
      Object.assign(of(id), { status: "complete", payment_intent: intent, url: null });
      if (how === "now") of(id).payment_status = "paid";
    },
    settle: (id) => void Object.assign(of(id), { payment_status: "paid" }),
    expire: (id) => void Object.assign(of(id), { status: "expired", url: null }),
    refundByHand(id, amount) {
      const intent = of(id).payment_intent ?? "";
      refunds.push({ id: "re_hand", object: "refund", payment_intent: intent, amount, status: "succeeded" });
    },
    refunds: () => refunds.map(({ id, payment_intent, amount }) => ({ id, payment_intent, amount })),
    post: (type, id, event) => post(stock, { type, session: of(id), event, secret: settings.secret }),
    fail: (status) => {
      failing = status;
    },
  };
}

async function post(
  stock: Stock,
  { type, session, event, secret }: { type: string; session: Session; event: StripeEvent; secret: string },
): Promise<number> {
  const intent = session.payment_intent;
  const charge = {
    id: "ch_1",
    object: "charge",
    payment_intent: intent,
    amount_refunded: givenBack(stock, intent),
  };
  const dispute = {
    id: "dp_1",
    object: "dispute",
    charge: "ch_1",
    payment_intent: intent,
    amount: session.amount_total,
    currency: session.currency,
    reason: "fraudulent",
    status: "needs_response",
  };
  const about = type.startsWith("charge.dispute.") ? dispute : type.startsWith("charge.") ? charge : session;
  const object = { ...about, ...event.change };
  const id = `evt_${randomBytes(8).toString("hex")}`;
  const body = JSON.stringify({ id, object: "event", type, data: { object } });
  const time = event.time ?? Math.floor(Date.now() / 1_000);
  const mac = createHmac("sha256", event.secret ?? secret)
    .update(`${time}.${body}`)
    .digest("hex");
  const headers = { "content-type": "application/json", "stripe-signature": `t=${time},v1=${mac},v0=00` };
  return (await fetch(event.webhook, { method: "POST", body, headers })).status;
}
