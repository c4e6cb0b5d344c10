import { type Controlled, control, type FailPlan, nextFailure, receiptPlanOf, SentLog } from "./control.ts";
import { type Ask, json, objectOf, type Reply, type Simulator, serve } from "./http.ts";
import { Bot } from "./telegram-bot.ts";
import { customerAct } from "./telegram-customer.ts";
import { isMessageMethod, type MethodCall, perform } from "./telegram-methods.ts";
import { loggedBody, type Params, paramsOf } from "./telegram-params.ts";
import { faultOf, isMethod } from "./telegram-rules.ts";
import { WebhookQueue } from "./telegram-webhook.ts";

/**
 * A simulator of the Telegram Bot API (10.1): `/bot<token>/<method>` and `/file/bot<token>/<path>`.
 * Remote control: /_sent (messages only), /_fail, /_receipts (taken, without effect: Telegram has none), /_config
 * `{"telegram":{…}}` as at the start, /_stats with calls by method, /_customer (see telegram-customer.ts).
 *
 * Settings, all optional: port, host; token (the only one accepted; otherwise any well-formed token is a bot),
 * username, webhook and secretToken (as setWebhook would set them), bots (a list of the same four).
 */

const BOTS_MAX = 5_000;
const defaultToken = "7000000001:simulator";
const tokenPattern = /^\d{1,15}:[A-Za-z0-9_-]+$/;

interface Line {
  bot: Bot;
  queue: WebhookQueue;
}

class TelegramSimulator implements Controlled {
  readonly kind = "telegram";
  readonly sent = new SentLog();
  fail: FailPlan | null = null;
  receipts = receiptPlanOf({ off: true }, { delaysMs: [0, 0, 0], shuffle: false, double: false, off: true });
  /** Set when only named bots are served. */
  #isStrict = false;
  readonly #lines = new Map<string, Line>();
  readonly #calls: Record<string, number> = {};

  configure(settings: unknown): void {
    const { bots, ...one } = (settings ?? {}) as Record<string, unknown>;
    for (const each of Array.isArray(bots) ? bots : [one]) this.#configureBot(each);
  }

  #configureBot(settings: Record<string, unknown>): void {
    const { token, username, webhook, secretToken } = settings;
    if (token === undefined && webhook === undefined) return;
    if (token !== undefined) this.#isStrict = true;
    const line = this.#open(
      String(token ?? defaultToken),
      username === undefined ? undefined : String(username),
    );
    if (webhook !== undefined) {
      line.bot.hook = { url: String(webhook), secret: String(secretToken ?? ""), allowed: null };
      line.queue.wake();
    }
  }

  #open(token: string, username?: string): Line {
    const known = this.#lines.get(token);
    if (known) return known;
    const bot = new Bot(token, username);
    const line = { bot, queue: new WebhookQueue(bot) };
    this.#lines.set(token, line);
    return line;
  }

  #lineOf(token: string): Line | null {
    const known = this.#lines.get(token);
    if (known || this.#isStrict || !tokenPattern.test(token) || this.#lines.size >= BOTS_MAX)
      return known ?? null;
    return this.#open(token);
  }

  stats(): Record<string, number> {
    const lines = [...this.#lines.values()];
    return {
      ...this.#calls,
      bots: lines.length,
      pending: lines.reduce((sum, { queue }) => sum + queue.pending, 0),
      givenUp: lines.reduce((sum, { queue }) => sum + queue.givenUp, 0),
    };
  }

  async handle(ask: Ask): Promise<Reply> {
    const controlled = control(ask, this);
    if (controlled) return controlled;
    if (ask.path === "/_customer") return this.#customer(ask);
    const [, kind, token = "", rest = ""] = /^\/(bot|file\/bot)([^/]+)\/(.+)$/.exec(ask.path) ?? [];
    if (kind === undefined) return refused(404, "Not Found");
    const line = this.#lineOf(decodeURIComponent(token));
    if (line === null) return refused(401, "Unauthorized");
    return kind === "bot" ? this.#call(line, rest, ask) : download(line.bot, rest);
  }

  async #call(line: Line, method: string, ask: Ask): Promise<Reply> {
    if (!isMethod(method)) return refused(404, "Not Found");
    const params = await paramsOf(ask);
    if (params === null) return refused(400, "Bad Request: can't parse the request");
    this.#calls[method] = (this.#calls[method] ?? 0) + 1;
    const plan = isMessageMethod(method) ? nextFailure(this) : null;
    if (plan?.mode === "answer") return planned(plan);
    if (plan?.mode === "reset") return { status: 0, body: "", silent: "reset" };
    const fault = faultOf(method, params);
    if (fault !== null) return refused(400, `Bad Request: ${fault}`);
    const reply = this.#accept({ ...line, method, params });
    if (plan === null) return reply;
    return { status: 0, body: "", silent: plan.mode === "hang" ? "hang" : "reset" };
  }

  #accept(call: MethodCall): Reply {
    const outcome = perform(call);
    if ("code" in outcome) return refused(outcome.code, outcome.description);
    if (isMessageMethod(call.method)) this.sent.add(sentOf(call.method, call.params));
    return json({ ok: true, result: outcome.result });
  }

  #customer(ask: Ask): Reply {
    const body = objectOf(ask.body);
    if (ask.method !== "POST" || body === null) return json({ error: "POST a JSON object" }, 400);
    const lines = [...this.#lines.values()];
    const line = lines.find(({ bot }) =>
      body.bot === undefined ? bot.hook !== null : bot.id === Number(body.bot),
    );
    if (line === undefined) return json({ error: "no such bot, or none has a webhook" }, 409);
    const act = customerAct(line.bot, body);
    if (typeof act === "string") return json({ error: act }, 400);
    if (!line.queue.add(act.update)) return json({ error: "too many updates wait" }, 429);
    return json({ ok: true, update_id: act.update.update_id, message_id: act.messageId });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#lines.values()].map(({ queue }) => queue.close()));
  }
}

function sentOf(method: string, params: Params) {
  return { at: Date.now(), to: String(params.values.chat_id), type: method, body: loggedBody(params) };
}

function refused(code: number, description: string): Reply {
  return json({ ok: false, error_code: code, description }, code);
}

const sentences: Readonly<Record<number, string>> = {
  400: "Bad Request: chat not found",
  401: "Unauthorized",
  403: "Forbidden: bot was blocked by the user",
  404: "Not Found",
  409: "Conflict: terminated by other getUpdates request",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
};

function planned({ status, code, retryAfter }: FailPlan): Reply {
  const errorCode = code || status;
  if (status === 429 || code === 429) {
    const description = `Too Many Requests: retry after ${retryAfter}`;
    return json(
      { ok: false, error_code: errorCode, description, parameters: { retry_after: retryAfter } },
      status,
    );
  }
  const description = sentences[errorCode] ?? sentences[status] ?? "Bad Request";
  return json({ ok: false, error_code: errorCode, description }, status);
}

function download(bot: Bot, path: string): Reply {
  const file = bot.fileAt(decodeURIComponent(path));
  if (file === undefined) return refused(404, "Not Found");
  return { status: 200, type: "application/octet-stream", body: file.bytes };
}

/** @param settings see above; port 0 or none for any free one. */
export async function startTelegram(settings: unknown): Promise<Simulator> {
  const { port, host, ...rest } = (settings ?? {}) as Record<string, unknown>;
  const simulator = new TelegramSimulator();
  simulator.configure(rest);
  const server = await serve((ask) => simulator.handle(ask), {
    port: Number(port ?? 0),
    ...(typeof host === "string" && { host }),
  });
  return {
    port: server.port,
    url: server.url,
    configure: (more) => simulator.configure(more),
    close: async () => {
      await simulator.close();
      await server.close();
    },
  };
}
