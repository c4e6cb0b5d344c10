import { randomUUID } from "node:crypto";
import { type World, world } from "#kernel/testing";
import { email } from "../../src/channels/email/index.ts";
import { openFiles } from "../../src/kernel/files/files.ts";
import { mediaTimers } from "../../src/kernel/files/media-fetch.ts";
import type { TimerHandlers } from "../../src/kernel/jobs/timers.ts";
import type { Kernel } from "../../src/kernel/kernel.ts";
import type { Flow } from "../../src/kernel/skill.ts";
import { type MailProvider, startMailProvider } from "../../src/simulator/mail.ts";
import { type Letter, writeLetter } from "../outside/mail.ts";
import { until } from "../outside/until.ts";

/** A company with a mailbox at the simulated provider; its one flow repeats what was said. */

const echo: Flow = { turn: (turn) => [{ do: "say", text: `Zu: ${turn.message.text}` }] };
export const US = "service@kontor.example";

export interface Row {
  conversation_id: number;
  author: string;
  status: string;
  text: string;
  detail: Record<string, unknown> | null;
  error: { title: string } | null;
}

export const someone = (): string => `kunde-${randomUUID().slice(0, 8)}@example.org`;
export const saidBy = (rows: readonly Row[], author = "customer") =>
  rows.filter((row) => row.author === author).map(({ text }) => text);
export const conversationsIn = (rows: readonly Row[]) => new Set(rows.map((row) => row.conversation_id)).size;

export class MailWorld {
  readonly w: World;
  readonly provider: MailProvider;
  readonly tenantId: number;
  channelId = 0;

  constructor(w: World, provider: MailProvider, tenantId: number) {
    this.w = w;
    this.provider = provider;
    this.tenantId = tenantId;
  }

  servers() {
    return {
      imap: { host: "127.0.0.1", port: this.provider.imapPort, security: "none" },
      smtp: { host: "127.0.0.1", port: this.provider.smtpPort, security: "none" },
    };
  }

  /** Connects a mailbox. @param password as the channel has it; the right one is "secret" */
  mailbox(address: string, options: { password?: string; tenantId?: number } = {}): Promise<number> {
    this.provider.box(address);
    return this.w.channel(options.tenantId ?? this.tenantId, {
      kind: "email",
      address,
      token: options.password ?? "secret",
      settings: { ...this.servers(), plusAddresses: true },
    });
  }

  async position(channelId = this.channelId): Promise<{ uid_validity: number; last_uid: number } | null> {
    const { rows } = await this.w.kernel.db.node.query(
      "select uid_validity, last_uid from kernel.mailbox where channel_id = $1",
      [channelId],
    );
    return rows[0] ?? null;
  }

  isRead(channelId: number): Promise<unknown> {
    return until("the mailbox is read", () => this.position(channelId));
  }

  letter(part: Partial<Letter> & Pick<Letter, "from" | "text">): Buffer {
    return writeLetter({ to: US, subject: "Frage", at: this.w.clock.now(), ...part });
  }

  /** Every message of the conversations of whoever writes from this address. */
  async messagesOf(address: string): Promise<Row[]> {
    const { rows } = await this.w.kernel.db.node.query<Row>(
      `select m.conversation_id, m.author, m.status, m.content ->> 'text' as text, m.detail, m.error from kernel.identity i
        join kernel.conversation c on c.tenant_id = i.tenant_id and c.contact_id = i.contact_id
        join kernel.message m on m.tenant_id = c.tenant_id and m.conversation_id = c.id
        where i.tenant_id = $1 and i.kind = 'email' and i.value = $2 order by m.id`,
      [this.tenantId, address],
    );
    return rows;
  }

  sentTo(address: string): Buffer[] {
    return this.provider.sent.filter(({ to }) => to.includes(address)).map(({ raw }) => raw);
  }

  /** Time goes on a second, so that buckets fill, until it holds. */
  when<T>(name: string, ask: () => Promise<T | null>): Promise<T> {
    return until(name, async () => {
      this.w.clock.advance(1_000);
      await this.w.settle();
      return ask();
    }) as Promise<T>;
  }

  /** Drops a mail into the mailbox, and waits for what the customer has said then. */
  deliver(raw: Buffer, from: string, count: number): Promise<Row[]> {
    this.provider.box(US).add(raw);
    return this.when("the mail is stored", async () => {
      const rows = await this.messagesOf(from);
      return saidBy(rows).length >= count ? rows : null;
    });
  }

  /** Somebody writes and is answered. */
  async opened(from: string, part: Partial<Letter> = {}): Promise<{ rows: Row[]; answer: Buffer }> {
    const rows = await this.deliver(this.letter({ from, text: "Guten Tag.", ...part }), from, 1);
    const answer = await this.when("an answer", async () => this.sentTo(from).at(-1) ?? null);
    return { rows, answer };
  }

  /** The answer to this address when it has this status. */
  answered(from: string, status: string): Promise<Row> {
    return this.when(`an answer that is ${status}`, async () => {
      const rows = await this.messagesOf(from);
      return rows.find((row) => row.author === "bot" && row.status === status) ?? null;
    });
  }

  async close(): Promise<void> {
    await this.w.close();
    await this.provider.close();
  }
}

/**
 * @param before mails that lie in the mailbox when it is connected
 * @param timersOf timers beside the kernel's that bring files
 */
export async function openMailWorld(
  before: readonly Buffer[] = [],
  timersOf: (kernel: Kernel) => TimerHandlers = () => ({}),
): Promise<MailWorld> {
  const provider = await startMailProvider();
  const w = await world({
    adapters: [email],
    parts: (kernel) => ({
      flows: [{ skill: "test", flow: echo, catalogue: { de: {}, en: {} } }],
      timers: { ...mediaTimers(kernel, openFiles(kernel)), ...timersOf(kernel) },
    }),
  });
  const mails = new MailWorld(w, provider, (await w.tenant()).id);
  for (const raw of before) provider.box(US).add(raw);
  mails.channelId = await mails.mailbox(US);
  w.worker();
  await mails.isRead(mails.channelId);
  return mails;
}
