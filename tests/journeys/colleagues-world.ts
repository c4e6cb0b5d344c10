import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { Kernel } from "#kernel";
import * as api from "#kernel/api";
import { createApiKey } from "../../src/kernel/auth/api-keys.ts";
import { kernelRoutes } from "../../src/kernel/desk/routes.ts";
import { rotateInbox } from "../../src/kernel/dialogue/inbox.ts";
import { createHttpServer } from "../../src/kernel/http/server.ts";
import * as colleagues from "../../src/skills/colleagues/api.ts";
import { skills } from "../../src/skills.ts";
import { ApiClient } from "../outside/api-client.ts";
import { answerTo, fieldOf } from "../outside/mail.ts";
import { type MailWorld, openMailWorld, someone, US } from "./email-world.ts";

/** A company with a mailbox and a desk; colleagues without a seat have mailboxes elsewhere. */

export const COLLEAGUE = "oezdemir@werkstatt.example";

const found = skills.find(({ id }) => id === "colleagues");
if (!found) throw new Error("the node has no colleagues");
const skill = found;

/** The words of a mail, whatever way they are packed. */
export function wordsOf(raw: Buffer): string {
  const text = raw.toString("utf8");
  const boundary = /boundary="([^"]+)"/.exec(text)?.[1];
  const parts = boundary === undefined ? [text] : text.split(`--${boundary}`);
  const plain = parts.find((part) => /content-type: text\/plain/i.test(part)) ?? text;
  const [head = "", ...body] = plain.trimStart().split(/\r?\n\r?\n/);
  const packed = body.join("\n\n");
  if (/base64/i.test(head)) return Buffer.from(packed, "base64").toString();
  if (!/quoted-printable/i.test(head)) return packed;
  const bytes = packed
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

export class ColleagueWorld {
  readonly mails: MailWorld;
  readonly app: FastifyInstance;
  readonly agent: ApiClient;
  readonly manager: ApiClient;

  constructor(mails: MailWorld, app: FastifyInstance, clients: { agent: ApiClient; manager: ApiClient }) {
    this.mails = mails;
    this.app = app;
    this.agent = clients.agent;
    this.manager = clients.manager;
  }

  /** A customer writes. @returns the conversation */
  async customer(text = "Die Lampe flackert."): Promise<{ id: number; from: string; contactId: number }> {
    const from = someone();
    const { rows } = await this.mails.opened(from, { text });
    const id = rows[0]?.conversation_id ?? 0;
    const { contact } = await this.agent.call(api.getConversation, { params: { id } });
    return { id, from, contactId: contact.id };
  }

  ask(id: number, part: Partial<colleagues.AskInput> & { clientId?: string } = {}) {
    const body = {
      clientId: randomUUID(),
      to: COLLEAGUE,
      text: "Bekommen wir das Teil bis Freitag?",
      ...part,
    };
    return this.agent.call(colleagues.askColleague, { params: { id }, body });
  }

  /** Asks, and waits for the mail. */
  async asked(id: number, part: Partial<colleagues.AskInput> = {}) {
    const to = part.to ?? COLLEAGUE;
    const before = this.mailsAbout(id, to).length;
    const question = await this.ask(id, part);
    const mail = await this.mails.when(
      "the question's mail",
      async () => this.mailsAbout(id, to)[before] ?? null,
    );
    await this.stateOf(question, "sent");
    return { question, mail };
  }

  /** Mails to a colleague about one conversation: our Message-IDs begin with it. */
  mailsAbout(id: number, to = COLLEAGUE): Buffer[] {
    return this.mails.sentTo(to).filter((raw) => fieldOf(raw, "Message-ID").startsWith(`<${id}.`));
  }

  /** Drops a mail into the company's mailbox. */
  comes(raw: Buffer): void {
    this.mails.provider.box(US).add(raw);
  }

  replies(mail: Buffer, text: string, part: { from?: string; head?: Record<string, string> } = {}): Buffer {
    const raw = answerTo(mail, { from: COLLEAGUE, text, at: this.mails.w.clock.now(), ...part });
    this.comes(raw);
    return raw;
  }

  stateOf(question: Pick<colleagues.Question, "id" | "conversationId">, state: string) {
    return this.mails.when(`a question that is ${state}`, async () => {
      const { items } = await this.agent.call(colleagues.listQuestions, {
        params: { id: question.conversationId },
      });
      return items.find((one) => one.id === question.id && one.state === state) ?? null;
    });
  }

  async log(id: number): Promise<api.Message[]> {
    const { items } = await this.agent.call(api.listMessages, { params: { id } });
    return items;
  }

  /** The note of what came back, when it is there. */
  note(id: number, kind: string): Promise<api.Message> {
    return this.mails.when(`a note that is ${kind}`, async () => {
      const all = await this.log(id);
      return all.findLast(({ detail }) => kindOf(detail) === kind) ?? null;
    });
  }

  conversation(id: number) {
    return this.agent.call(api.getConversation, { params: { id } });
  }

  /** Time goes on, and the raw inbox has its place for what comes then. */
  async later(ms: number): Promise<void> {
    const { kernel, clock } = this.mails.w;
    clock.advance(ms);
    await rotateInbox(kernel.db.node, kernel.config.inboxKeepMinutes, clock.now());
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.mails.close();
  }
}

export function kindOf(detail: Record<string, unknown> | null): unknown {
  return (detail?.colleague as { kind?: unknown } | undefined)?.kind;
}

export async function openColleagueWorld(): Promise<ColleagueWorld> {
  const mails = await openMailWorld([], (kernel) => ({ ...skill.timers?.(kernel) }));
  const kernel: Kernel = mails.w.kernel;
  const rooms = skills.map(({ id, personalData }) => ({ id, personalData }));
  const closing = skills.flatMap((one) => one.closing?.(kernel) ?? []);
  const recipients = skills.flatMap((one) => one.recipients ?? []);
  const app = createHttpServer(kernel, {
    routes: [...kernelRoutes(kernel, { rooms, closing, recipients }), ...(skill.routes?.(kernel) ?? [])],
    checkReplies: true,
  });
  const base = await app.listen({ host: "127.0.0.1", port: 0 });
  const clientOf = async (name: string, role: "agent" | "owner"): Promise<ApiClient> => {
    const { secret } = await createApiKey(kernel, mails.tenantId, { name, role });
    return new ApiClient(base, { "x-api-key": secret });
  };
  const agent = await clientOf("Jana Köhler", "agent");
  const manager = await clientOf("Svea Lund", "owner");
  const world = new ColleagueWorld(mails, app, { agent, manager });
  await manager.call(colleagues.createColleague, {
    body: { name: "Frau Özdemir", email: COLLEAGUE, topic: "Ersatzteile", language: "de" },
  });
  return world;
}
