import { randomBytes } from "node:crypto";
import { type Ask, json, objectOf, type Reply, type SimulatorServer, serve } from "./http.ts";

/**
 * Mollie's API v2 as https://docs.mollie.com/reference has it, as far as payments and refunds need it: JSON, Bearer
 * authentication, amounts as {currency, value} with two places, `_links.checkout`, errors as {status, title, detail}, and
 * webhooks that post a form with nothing but the id.
 */

interface Amount {
  currency: string;
  value: string;
}
interface Payment {
  resource: "payment";
  id: string;
  mode: "test";
  status: "open" | "pending" | "paid" | "expired" | "canceled" | "failed";
  amount: Amount;
  amountRefunded?: Amount;
  amountChargedBack?: Amount;
  description: string;
  metadata: unknown;
  redirectUrl: string;
  webhookUrl: string;
  createdAt: string;
  expiresAt: string;
  _links: { checkout?: { href: string; type: string } };
}

export interface MollieSimulator extends SimulatorServer {
  payments(): Payment[];
  /** What becomes of it; the checkout's link goes with it. */
  become(id: string, status: Payment["status"]): void;
  refunds(): { id: string; paymentId: string; value: string }[];
  /** Somebody gives money back in the web app. */
  refundByHand(id: string, value: string): void;
  /** The payer's bank takes money back, or gives it back: "0.00" leaves the field out. */
  chargeBack(id: string, value: string): void;
  /** Posts the webhook, to the payment's own address unless another is given. @returns the status of the answer */
  call(id: string, webhook?: string): Promise<number>;
  /** Another sum than was asked for, as after a fault at the service. */
  distort(id: string, value: string): void;
}

const QUARTER_MS = 900_000;
const VALUE = /^\d+\.\d{2}$/;

const fault = (status: number, title: string, detail: string): Reply =>
  json({ status, title, detail, _links: {} }, status);

const cents = (value: string): number => Number(value.replace(".", ""));
const written = (minor: number): string => (minor / 100).toFixed(2);

function create(payments: Map<string, Payment>, body: Record<string, unknown>): Reply {
  const amount = body.amount as Amount | undefined;
  if (!amount || !VALUE.test(amount.value) || amount.currency !== "EUR")
    return fault(422, "Unprocessable Entity", "The amount contains an invalid value");
  if (!body.description || !body.redirectUrl)
    return fault(422, "Unprocessable Entity", "The description or redirectUrl is missing");
  const id = `tr_${randomBytes(5).toString("hex")}`;
  const payment: Payment = {
    resource: "payment",
    id,
    mode: "test",
    status: "open",
    amount,
    description: String(body.description),
    metadata: body.metadata ?? null,
    redirectUrl: String(body.redirectUrl),
    webhookUrl: String(body.webhookUrl ?? ""),
    createdAt: new Date().toISOString(),
    expiresAt: new Date(Date.now() + QUARTER_MS).toISOString(),
    _links: { checkout: { href: `https://www.mollie.example/checkout/${id}`, type: "text/html" } },
  };
  payments.set(id, payment);
  return json(payment, 201);
}

function giveBack(payment: Payment, value: string): void {
  const sum = cents(payment.amountRefunded?.value ?? "0.00") + cents(value);
  payment.amountRefunded = { currency: "EUR", value: written(sum) };
}

export async function startMollie(settings: { apiKey: string }): Promise<MollieSimulator> {
  const payments = new Map<string, Payment>();
  const refunds: { resource: "refund"; id: string; paymentId: string; amount: Amount; status: string }[] = [];
  const byKey = new Map<string, Reply>();
  function answer(ask: Ask): Reply {
    if (ask.headers.authorization !== `Bearer ${settings.apiKey}`)
      return fault(401, "Unauthorized Request", "Missing authentication, or failed to authenticate");
    const key = ask.headers["idempotency-key"];
    if (ask.method !== "POST" || typeof key !== "string") return reply(ask);
    const made = byKey.get(key) ?? reply(ask);
    byKey.set(key, made);
    return made;
  }

  function reply(ask: Ask): Reply {
    if (ask.method === "GET" && ask.path === "/v2/methods")
      return json({ count: 1, _embedded: { methods: [] } });
    if (ask.method === "POST" && ask.path === "/v2/payments")
      return create(payments, objectOf(ask.body) ?? {});
    const [, id, rest] = /^\/v2\/payments\/(\w+)(\/refunds)?$/.exec(ask.path) ?? [];
    const payment = id ? payments.get(id) : undefined;
    if (!payment) return fault(404, "Not Found", "No payment exists with this id");
    if (ask.method === "GET" && !rest) return json(payment);
    if (ask.method === "POST" && rest) return refund(payment, objectOf(ask.body) ?? {});
    return fault(405, "Method Not Allowed", "");
  }

  function refund(payment: Payment, body: Record<string, unknown>): Reply {
    const amount = body.amount as Amount | undefined;
    const left = cents(payment.amount.value) - cents(payment.amountRefunded?.value ?? "0.00");
    if (payment.status !== "paid" || !amount || !VALUE.test(amount.value) || cents(amount.value) > left)
      return fault(422, "Unprocessable Entity", "The specified amount cannot be refunded");
    const id = `re_${randomBytes(5).toString("hex")}`;
    const made = { resource: "refund" as const, id, paymentId: payment.id, amount, status: "pending" };
    refunds.push(made);
    giveBack(payment, amount.value);
    return json(made, 201);
  }

  const of = (id: string): Payment => payments.get(id) as Payment;
  const server = await serve(answer, { port: 0 });
  return {
    ...server,
    payments: () => [...payments.values()],
    become(id, status) {
      of(id).status = status;
      if (status !== "open") of(id)._links = {};
    },
    refunds: () => refunds.map(({ id, paymentId, amount }) => ({ id, paymentId, value: amount.value })),
    refundByHand: (id, value) => giveBack(of(id), value),
    chargeBack(id, value) {
      if (cents(value) === 0) delete of(id).amountChargedBack;
      else of(id).amountChargedBack = { currency: "EUR", value };
    },
    async call(id, webhook = payments.get(id)?.webhookUrl ?? "") {
      return (await fetch(webhook, { method: "POST", body: new URLSearchParams({ id }) })).status;
    },
    distort: (id, value) => {
      of(id).amount = { currency: "EUR", value };
    },
  };
}
