import { randomBytes } from "node:crypto";
import {
  type Controlled,
  control,
  nextFailure,
  type ReceiptPlan,
  receiptPlanOf,
  SentLog,
} from "./control.ts";
import { type Ask, json, objectOf, type Reply, type Simulator, serve } from "./http.ts";
import { WebhookPost } from "./webhook-post.ts";
import { Customers } from "./whatsapp-customers.ts";
import { errorReply } from "./whatsapp-errors.ts";
import { type Json, objectOr } from "./whatsapp-fields.ts";
import { formOf, MediaShelf } from "./whatsapp-media.ts";
import { checkSend, recipientOf, typeOf } from "./whatsapp-rules.ts";
import { answerSetup, numberState, setupStateOf } from "./whatsapp-setup.ts";
import { type Accepted, type NumberNames, WhatsappWebhooks } from "./whatsapp-webhooks.ts";

/**
 * A simulator of the WhatsApp Cloud API: the same HTTP, checks, error bodies and signed webhooks, on loopback.
 * Settings (all optional): port, appSecret, webhook (URL), receipts {delayMs, shuffle, double, off}, token
 * (then every other bearer is refused with 190), phoneNumberId (for /_customer), displayPhone, retryMs.
 */

const usualReceipts: ReceiptPlan = { delaysMs: [20, 300, 900], shuffle: false, double: false, off: false };
const RETRY_MS = 500;
const VERSION = /^\/v\d+\.\d+\//;

class WhatsappSimulator implements Controlled {
  readonly kind = "whatsapp";
  readonly sent = new SentLog();
  fail: Controlled["fail"] = null;
  receipts: ReceiptPlan = usualReceipts;
  url = "";
  readonly #post: WebhookPost;
  readonly #webhooks: WhatsappWebhooks;
  readonly #shelf = new MediaShelf();
  readonly #customers = new Customers();
  readonly #run = randomBytes(6).toString("hex");
  #settings: Json = {};
  #count = 0;

  constructor(settings: Json) {
    this.#post = new WebhookPost(typeof settings.retryMs === "number" ? settings.retryMs : RETRY_MS);
    this.#webhooks = new WhatsappWebhooks(this.#post, "");
    this.configure(settings);
  }

  configure(value: unknown): void {
    const settings = objectOr(value);
    this.#settings = { ...this.#settings, ...settings };
    if (typeof settings.appSecret === "string") this.#webhooks.sign(settings.appSecret);
    if (typeof settings.webhook === "string") this.#post.aim(settings.webhook);
    if (settings.receipts !== undefined)
      this.receipts = receiptPlanOf(objectOr(settings.receipts), this.receipts);
  }

  stats(): Record<string, number> {
    const { delivered, refused, dropped, pending } = this.#post;
    const waiting = this.#webhooks.waiting;
    return {
      webhooksDelivered: delivered,
      webhooksRefused: refused,
      webhooksDropped: dropped,
      webhooksPending: pending + waiting,
    };
  }

  async close(): Promise<void> {
    this.#webhooks.stop();
    await this.#post.close();
  }

  handle(ask: Ask): Reply | Promise<Reply> {
    if (ask.path.startsWith("/_")) return this.#remote(ask);
    const bearer = ask.headers.authorization ?? "";
    const { token, appSecret } = this.#settings;
    // An app's own token is its id and secret.
    const isApp = bearer.endsWith(`|${appSecret}`);
    if (
      !bearer.startsWith("Bearer ") ||
      bearer.length < 8 ||
      (typeof token === "string" && bearer !== `Bearer ${token}` && !isApp)
    ) {
      return errorReply({ status: 401, code: 190, details: "Invalid OAuth access token" });
    }
    const [id = "", action = ""] = ask.path.replace(VERSION, "/").slice(1).split("/");
    const setup = answerSetup(id, action, setupStateOf(this.#settings), bearer.slice(7));
    if (ask.method === "GET" && setup) return setup;
    if (ask.method === "POST" && action === "messages") return this.#messages(ask, id);
    if (ask.method === "POST" && action === "media") return this.#upload(ask);
    if (ask.method === "GET" && id === "attachments")
      return this.#shelf.download(action) ?? unknownObject(action);
    if (ask.method === "GET" && action === "") {
      return this.#shelf.about(id, this.url) ?? (/^\d+$/.test(id) ? this.#number(id) : unknownObject(id));
    }
    return unknownObject(ask.path);
  }

  #remote(ask: Ask): Reply {
    if (ask.path === "/_customer") {
      const body = objectOf(ask.body);
      if (body === null) return json({ error: "POST a JSON object" }, 400);
      if (!this.#post.hasTarget) return json({ error: "no webhook set; POST /_config first" }, 409);
      const phoneNumberId = body.phoneNumberId ?? this.#settings.phoneNumberId;
      if (typeof phoneNumberId !== "string") return json({ error: "phoneNumberId is required" }, 400);
      return this.#customers.write(body, this.#names(phoneNumberId), {
        webhooks: this.#webhooks,
        shelf: this.#shelf,
      });
    }
    return control(ask, this) ?? json({ error: `no ${ask.path}` }, 404);
  }

  #names(phoneNumberId: string): NumberNames {
    const { displayPhone } = this.#settings;
    return { phoneNumberId, displayPhone: typeof displayPhone === "string" ? displayPhone : "15550783881" };
  }

  #number(id: string): Reply {
    const display = this.#names(id).displayPhone;
    const state = numberState(setupStateOf(this.#settings));
    return json({ id, display_phone_number: display, verified_name: "Simulator", ...state });
  }

  #messages(ask: Ask, phoneNumberId: string): Reply {
    const raw = ask.body.toString("utf8");
    const body = objectOf(ask.body);
    if (body === null)
      return errorReply({ status: 400, code: 100, details: "The body is not a JSON object" });
    // read mark and typing indicator: no message
    if (body.status === "read") return json({ success: typeof body.message_id === "string" });
    const plan = nextFailure(this);
    if (plan?.mode === "reset") return { status: 0, body: "", silent: "reset" };
    if (plan?.mode === "answer") {
      if (plan.code === 0) return { status: plan.status, body: "" };
      return errorReply({ status: plan.status, code: plan.code, details: "as told by POST /_fail" });
    }
    const reply = this.#accept(body, raw, phoneNumberId);
    if (plan?.mode === "lost") return { ...reply, silent: "reset" };
    return plan?.mode === "hang" ? { ...reply, silent: "hang" } : reply;
  }

  #accept(body: Json, raw: string, phoneNumberId: string): Reply {
    const to = recipientOf(body);
    const type = typeOf(body);
    const wrong = checkSend(body);
    if (wrong) return errorReply(wrong);
    const mediaId = objectOr(body[type]).id;
    if (typeof mediaId === "string" && type !== "interactive" && !this.#shelf.has(mediaId)) {
      return errorReply({ status: 400, code: 100, details: "The media id is not known" });
    }
    if (type !== "template" && !this.#customers.isOpen(phoneNumberId, to)) {
      return errorReply({
        status: 400,
        code: 131047,
        details: "More than 24 hours have passed since the customer last replied",
      });
    }
    this.#count += 1;
    const id = `wamid.${Buffer.from(`${this.#run}:${this.#count}`).toString("base64")}`;
    this.sent.add({ at: Date.now(), to, type, body: raw });
    const isUserId = body.to === undefined;
    const data = body.biz_opaque_callback_data;
    const accepted: Accepted = {
      ...this.#names(phoneNumberId),
      id,
      to,
      isUserId,
      callbackData: typeof data === "string" ? data : undefined,
      category: type === "template" ? "utility" : "service",
    };
    this.#webhooks.receipts(accepted, this.receipts);
    const contact = isUserId ? { input: to, user_id: to } : { input: to, wa_id: to.replace("+", "") };
    return json({ messaging_product: "whatsapp", contacts: [contact], messages: [{ id }] });
  }

  async #upload(ask: Ask): Promise<Reply> {
    const form = await formOf(ask);
    const file = form?.get("file");
    if (!form || !(file instanceof Blob))
      return errorReply({ status: 400, code: 100, details: "file is required" });
    if (form.get("messaging_product") !== "whatsapp") {
      return errorReply({ status: 400, code: 100, details: "messaging_product is required" });
    }
    const bytes = Buffer.from(await file.arrayBuffer());
    return json({ id: this.#shelf.add(bytes, file.type || "application/octet-stream") });
  }
}

function unknownObject(what: string): Reply {
  return errorReply({ status: 404, code: 100, details: `Object ${what} does not exist` });
}

/** @param value see above; what is missing takes its usual value. */
export async function startWhatsapp(value: unknown): Promise<Simulator> {
  const settings = objectOr(value);
  const simulator = new WhatsappSimulator(settings);
  const server = await serve((ask) => simulator.handle(ask), { port: Number(settings.port ?? 0) });
  simulator.url = server.url;
  return {
    ...server,
    configure: (changed) => simulator.configure(changed),
    close: async () => {
      await server.close();
      await simulator.close();
    },
  };
}
