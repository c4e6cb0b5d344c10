import { type Ask, json, objectOf, type Reply } from "./http.ts";

/**
 * The simulators' remote control, alike for every provider: /_sent, /_fail, /_receipts, /_config, /_stats.
 * What only one provider has (/_customer) is its own business.
 */

/** Newest sends kept; older ones are forgotten, so that a load test of hours does not grow. */
export const SENT_MAX = 200_000;
/** The list is written in parts of about this size. */
const PART_CHARS = 65_536;

export interface Sent {
  /** ms since the epoch */
  at: number;
  to: string;
  type: string;
  /** JSON as received, already valid. */
  body: string;
}

/** The accepted sends in order, bounded. */
export class SentLog {
  /** Accepted since the start or the last clear, forgotten ones included. */
  total = 0;
  readonly #kept: Sent[] = [];
  #first = 0;

  add(sent: Sent): void {
    this.#kept.push(sent);
    this.total += 1;
    if (this.#kept.length - this.#first <= SENT_MAX) return;
    this.#first += 1;
    if (this.#first < SENT_MAX / 2) return;
    this.#kept.splice(0, this.#first);
    this.#first = 0;
  }

  clear(): void {
    this.#kept.length = 0;
    this.#first = 0;
    this.total = 0;
  }

  /** @param skip leave out that many of all accepted sends, counted from the start. */
  *parts(skip: number): Iterable<string> {
    const forgotten = this.total - (this.#kept.length - this.#first);
    let part = "[";
    let hasAny = false;
    for (let i = this.#first + Math.max(0, skip - forgotten); i < this.#kept.length; i += 1) {
      const { at, to, type, body } = this.#kept[i] as Sent;
      part += `${hasAny ? ",\n" : ""}{"at":"${new Date(at).toISOString()}","to":${JSON.stringify(to)},"type":${JSON.stringify(type)},"body":${body}}`;
      hasAny = true;
      if (part.length < PART_CHARS) continue;
      yield part;
      part = "";
    }
    yield `${part}]`;
  }
}

/**
 * The next `times` sends go wrong. mode "answer": refused with that status and provider code (0: no error body); "reset": the
 * connection is cut and nothing was accepted; "lost": accepted, then cut; "hang": accepted, never answered.
 */
export interface FailPlan {
  status: number;
  code: number;
  times: number;
  mode: "answer" | "reset" | "lost" | "hang";
  /** Telegram: parameters.retry_after in seconds; WhatsApp ignores it. */
  retryAfter: number;
}

export interface ReceiptPlan {
  /** ms after the send for sent, delivered, read. */
  delaysMs: readonly [number, number, number];
  /** Receipts come in any order, at a random time up to the longest delay. */
  shuffle: boolean;
  /** Every receipt comes twice. */
  double: boolean;
  off: boolean;
}

export interface Controlled {
  sent: SentLog;
  fail: FailPlan | null;
  receipts: ReceiptPlan;
  /** The key in POST /_config that is meant for this simulator. */
  kind: string;
  configure(settings: unknown): void;
  stats(): Record<string, number>;
}

/** @returns null when the path is not part of the remote control. */
export function control(ask: Ask, simulator: Controlled): Reply | null {
  if (ask.path === "/_sent" && ask.method === "DELETE") {
    simulator.sent.clear();
    return json({ ok: true });
  }
  if (ask.path === "/_sent")
    return { status: 200, body: simulator.sent.parts(Number(ask.query.get("skip") ?? 0)) };
  if (ask.path === "/_stats") return json({ accepted: simulator.sent.total, ...simulator.stats() });
  if (ask.path !== "/_fail" && ask.path !== "/_receipts" && ask.path !== "/_config") return null;
  const body = objectOf(ask.body);
  if (ask.method !== "POST" || body === null) return json({ error: "POST a JSON object" }, 400);
  if (ask.path === "/_fail") {
    simulator.fail = failPlanOf(body);
    return json({ ok: true, fail: simulator.fail });
  }
  if (ask.path === "/_receipts") {
    simulator.receipts = receiptPlanOf(body, simulator.receipts);
    return json({ ok: true, receipts: simulator.receipts });
  }
  const isOurs = simulator.kind in body;
  if (isOurs) simulator.configure(body[simulator.kind]);
  return json({ ok: true, applied: isOurs ? [simulator.kind] : [] });
}

/** Takes one failure off the plan. @returns the plan when this send must fail, else null. */
export function nextFailure(simulator: Pick<Controlled, "fail">): FailPlan | null {
  const plan = simulator.fail;
  if (plan === null || plan.times <= 0) return null;
  plan.times -= 1;
  return plan;
}

function failPlanOf(body: Record<string, unknown>): FailPlan {
  const mode = body.mode;
  return {
    status: Number(body.status ?? 500),
    code: Number(body.code ?? 0),
    times: Number(body.times ?? 1),
    mode: mode === "reset" || mode === "lost" || mode === "hang" ? mode : "answer",
    retryAfter: Number(body.retryAfter ?? 1),
  };
}

/** What the body leaves out stays as it was; `delayMs` null means at once, one number is for all three. */
export function receiptPlanOf(body: Record<string, unknown>, before: ReceiptPlan): ReceiptPlan {
  return {
    delaysMs: "delayMs" in body ? delaysOf(body.delayMs) : before.delaysMs,
    shuffle: "shuffle" in body ? body.shuffle === true : before.shuffle,
    double: "double" in body ? body.double === true : before.double,
    off: "off" in body ? body.off === true : before.off,
  };
}

function delaysOf(value: unknown): readonly [number, number, number] {
  const list = Array.isArray(value) ? value : [value, value, value];
  const delay = (at: number) => Math.max(0, Number(list[at] ?? 0)) || 0;
  return [delay(0), delay(1), delay(2)];
}
