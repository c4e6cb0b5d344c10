import type { AddressInfo } from "node:net";
import type { Effect, Flow, SkillManifest } from "#kernel";
import { portalFlow, portalRoutes, scheduleTimer } from "#kernel";
import { type World, world } from "#kernel/testing";
import { web } from "../../src/channels/web/index.ts";
import { createApiKey } from "../../src/kernel/auth/api-keys.ts";
import type { ChannelAdapter } from "../../src/kernel/channel.ts";
import { kernelRoutes } from "../../src/kernel/desk/routes.ts";
import { registerLive } from "../../src/kernel/events/live-routes.ts";
import { openFiles } from "../../src/kernel/files/files.ts";
import { createHttpServer } from "../../src/kernel/http/server.ts";
import { messageId } from "../../src/kernel/ids.ts";
import { kernelTimers } from "../../src/kernel/jobs/kernel-timers.ts";
import { registerVisitor } from "../../src/kernel/visitor/register.ts";
import { visitorRoutes } from "../../src/kernel/visitor/routes.ts";
import { ApiClient } from "../outside/api-client.ts";
import { Visitor } from "../outside/visitor.ts";

/** A node with the web chat, a messenger that writes down what it sends, the desk's API and the customer's page. */

export const MINUTE_MS = 60_000;
export const NEWS = {
  de: "Wir schreiben Ihnen, wenn auf der Linie U3 etwas ausfällt.",
  en: "We write to you when something fails on line U3.",
};

/** Hands everything over that the page's own flow does not take, and asks when told to. */
const person: Flow = {
  turn({ message, conversation }): readonly Effect[] {
    if (message.text === "Frag mich")
      return [{ do: "ask", flow: "test", step: "one", text: "Welche Nummer?" }];
    if (conversation.flow?.step === "one") return [{ do: "say", text: `Nummer: ${message.text}` }];
    if (message.text === "Mensch") return [{ do: "handOver", reason: "asked", summary: "Mensch" }];
    return [{ do: "say", text: `Echo: ${message.text}` }];
  },
};

/** A skill with a purpose that rests on consent, and one line about everybody. */
const news: Pick<SkillManifest, "id" | "purposes" | "personalData"> = {
  id: "news",
  purposes: [{ id: "news.line", legalBasis: "consent", text: NEWS, keepDays: 90 }],
  personalData: {
    export: async () => ({ lines: [{ line: "<b>U3</b>" }] }),
    erase: async () => {},
  },
};

export interface Sent {
  to: string;
  link: string | undefined;
  text: string;
}

export interface PortalNode {
  world: World;
  url: string;
  sent: Sent[];
  company(settings?: Record<string, unknown>): Promise<Company>;
  /** The customer's words are handled, and what follows from them is sent. */
  settle(): Promise<void>;
  rows(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

export interface Company {
  id: number;
  chat: { id: number; key: string };
  messenger: { id: number };
  /** The desk of an agent, by an API key. */
  desk: ApiClient;
  manager: ApiClient;
}

export async function startPortalNode(options: { pages?: string } = {}): Promise<PortalNode> {
  const sent: Sent[] = [];
  const w = await world({
    adapters: [web, messengerInto(sent)],
    parts: (kernel) => ({
      flows: [portalFlow(), { skill: "test", flow: person, catalogue: { de: {}, en: {} } }],
      timers: kernelTimers(kernel, openFiles(kernel)),
    }),
  });
  const { kernel, ingest } = w;
  const files = openFiles(kernel);
  const app = createHttpServer(kernel, {
    routes: [
      ...visitorRoutes(kernel, { ingest, hooks: { mostAsked: async () => ({ de: [], en: [] }) } }),
      ...kernelRoutes(kernel, { rooms: [news] }),
      ...portalRoutes(kernel, { rooms: [news] }),
    ],
    checkReplies: true,
    ...(options.pages ? { pages: options.pages } : {}),
  });
  registerVisitor(app, kernel, { live: registerLive(app, kernel), files });
  await app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  kernel.config.port = port;
  return {
    world: w,
    url,
    sent,
    company: (settings = {}) => foundCompany(w, url, settings),
    settle: () => w.settle(),
    rows: async (text, values = []) => (await kernel.db.node.query(text, values)).rows,
    async close() {
      await app.close();
      await w.close();
    },
  };
}

function messengerInto(sent: Sent[]): ChannelAdapter {
  return {
    ...web,
    kind: "telegram",
    send: async ({ to, content, correlation }) => {
      const link = content.type === "text" ? content.link : undefined;
      sent.push({ to, link, text: "text" in content ? (content.text ?? "") : "" });
      return { outcome: "accepted", externalId: correlation };
    },
  };
}

let companies = 0;

async function foundCompany(w: World, url: string, settings: Record<string, unknown>): Promise<Company> {
  companies += 1;
  const key = `portal-chat-${companies}`;
  const { id } = await w.tenant({ name: "Hansekontor", settings });
  const chat = await w.channel(id, { kind: "web", address: key });
  const messenger = await w.channel(id, { kind: "telegram", address: `bot-${companies}`, appId: "app" });
  const agent = await createApiKey(w.kernel, id, { name: "Kasse", role: "agent" });
  const manager = await createApiKey(w.kernel, id, { name: "Leitung", role: "manager" });
  return {
    id,
    chat: { id: chat, key },
    messenger: { id: messenger },
    desk: new ApiClient(url, { "x-api-key": agent.secret }),
    manager: new ApiClient(url, { "x-api-key": manager.secret }),
  };
}

/** Somebody at the company's chat. */
export class Customer {
  readonly visitor: Visitor;
  private readonly node: PortalNode;

  constructor(node: PortalNode, company: Company) {
    this.node = node;
    this.visitor = new Visitor(node.url, company.chat.key);
  }

  async say(text: string, more: { name?: string; language?: "de" | "en" } = {}): Promise<void> {
    await this.visitor.say(text, more);
    await this.node.settle();
  }

  /** The company's newest words in this visitor's chat. */
  async heard(): Promise<{ text: string; link: string | null }> {
    const { items } = await this.visitor.history();
    const last = items.findLast(({ author }) => author !== "customer");
    if (!last) throw new Error("Nothing was said yet");
    return last;
  }

  /** Asks for the own data. @returns the fragment of the link */
  async ask(text = "Meine Daten"): Promise<string> {
    await this.say(text);
    const { link } = await this.heard();
    return fragmentOf(link);
  }

  async page(): Promise<ApiClient> {
    return pageOf(this.node, await this.ask());
  }
}

export function fragmentOf(link: string | null | undefined): string {
  const fragment = link?.split("#")[1];
  if (!fragment) throw new Error(`No key in the link ${link}`);
  return fragment;
}

export function pageOf(node: PortalNode, key: string): ApiClient {
  return new ApiClient(node.url, { authorization: `Portal ${key}` });
}

/** A person of the messenger who has written once, put there by hand: the messenger has no webhook here. */
export async function messengerContact(
  node: PortalNode,
  company: Company,
  name: string,
): Promise<{ contactId: number; conversationId: number; messageId: string }> {
  const at = new Date(node.world.clock.now());
  const id = messageId(at.getTime(), at.getTime());
  const one = async (text: string, values: unknown[]): Promise<number> =>
    Number((await node.rows(text, values))[0]?.id);
  const contactId = await one(
    "insert into kernel.contact (tenant_id, name, first_seen_at) values ($1, $2, $3) returning id",
    [company.id, name, at],
  );
  await node.rows(
    "insert into kernel.identity (tenant_id, kind, value, contact_id, first_seen_at, last_seen_at) values ($1, 'telegram', $2, $3, $4, $4)",
    [company.id, String(900_000 + contactId), contactId, at],
  );
  const conversationId = await one(
    `insert into kernel.conversation (tenant_id, channel_id, contact_id, reply_address, language, last_message_at, last_day,
      last_customer_at, created_at) values ($1, $2, $3, $4, 'de', $5::timestamptz, $5::timestamptz::date, $5::timestamptz, $5::timestamptz) returning id`,
    [company.id, company.messenger.id, contactId, String(900_000 + contactId), at],
  );
  await node.rows(
    `insert into kernel.message (tenant_id, conversation_id, id, author, content, status, sent_at, received_at, processed_at)
      values ($1, $2, $3, 'customer', '{"type":"text","text":"Meine Daten"}', 'received', $4, $4, $4)`,
    [company.id, conversationId, id, at],
  );
  return { contactId, conversationId, messageId: id };
}

/** What the flow asks for when such a person writes "Meine Daten". */
export async function askFor(
  node: PortalNode,
  company: Company,
  asked: { conversationId: number; messageId: string },
): Promise<void> {
  await scheduleTimer(node.world.kernel, {
    tenantId: company.id,
    kind: "portal_link",
    key: asked.messageId,
    dueAt: node.world.clock.now(),
    payload: { ...asked, language: "de" },
  });
  await node.settle();
}
