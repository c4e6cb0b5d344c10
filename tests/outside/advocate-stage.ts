import type { z } from "zod";
import {
  type Actor,
  type AnyRoute,
  type ChannelAdapter,
  type Content,
  grantConsent,
  type OutboundMessage,
} from "#kernel";
import { type World, world } from "#kernel/testing";
import { rotateInbox } from "../../src/kernel/dialogue/inbox.ts";
import * as api from "../../src/skills/advocate/api.ts";
import { advocate } from "../../src/skills/advocate/skill.ts";

/** A company whose only skill is the advocate, a provider that takes everything, and a clock that tests move. */

const DAY = 86_400_000;

let latestMs = 0;

interface Said {
  from: string;
  id: string;
  at: number;
  content: Content;
}

function takesEverything(sent: OutboundMessage[]): ChannelAdapter {
  return {
    kind: "telegram",
    limits: {
      perAccountPerSecond: 10_000,
      pairIntervalMs: 0,
      pairBurst: 10_000,
      windowMs: null,
      textMax: 4_000,
      hasReceipts: false,
      concurrency: 50,
    },
    verify: () => null,
    addressOf: () => null,
    looksBroken: () => false,
    parse: (raw) =>
      (JSON.parse(raw.toString()) as Said[]).map(({ from, id, content, at }) => ({
        kind: "message" as const,
        address: "bot",
        externalId: id,
        identities: [{ kind: "telegram" as const, value: from }],
        replyAddress: from,
        sentAt: at,
        content,
      })),
    send: async (message) => {
      sent.push(message);
      return { outcome: "accepted", externalId: `x${sent.length}` };
    },
  };
}

/** A contract of a year whose last day to cancel is 28 February 2027, a Sunday. */
export const gas = {
  kind: "contract",
  start: "2026-04-01",
  minimumMonths: 12,
  noticePeriod: "1M",
  renewalMonths: 12,
  monthlyCents: 4_000,
};

export async function openStage() {
  const sent: OutboundMessage[] = [];
  const here: World = await world({
    adapters: [takesEverything(sent)],
    startMs: Date.parse("2026-09-01T08:00:00Z"),
    parts: (kernel) => ({
      flows: [{ skill: "advocate", flow: advocate.flow?.(kernel) as never, catalogue: advocate.messages }],
      timers: advocate.timers?.(kernel) ?? {},
    }),
  });
  const tenantId = (await here.tenant()).id;
  const channelId = await here.channel(tenantId, { kind: "telegram", address: "bot", appId: "app" });
  return new Stage(here, { tenantId, channelId, sent });
}

export class Stage {
  readonly here: World;
  readonly tenantId: number;
  readonly channelId: number;
  readonly sent: OutboundMessage[];
  private written = 0;

  constructor(here: World, parts: { tenantId: number; channelId: number; sent: OutboundMessage[] }) {
    this.here = here;
    this.tenantId = parts.tenantId;
    this.channelId = parts.channelId;
    this.sent = parts.sent;
  }

  async says(from: string, content: Content | string): Promise<void> {
    const said: Said = {
      from,
      id: `m${++this.written}`,
      at: this.here.clock.now(),
      content: typeof content === "string" ? { type: "text", text: content } : content,
    };
    const body = Buffer.from(JSON.stringify([said]));
    // Time jumps here faster than housekeeping makes room, and ids of the inbox never go back in a process.
    const { db, config } = this.here.kernel;
    latestMs = Math.max(latestMs, this.here.clock.now());
    await rotateInbox(db.node, config.inboxKeepMinutes, latestMs);
    await this.here.ingest.enqueue({
      appId: "app",
      channelId: this.channelId,
      tenantId: this.tenantId,
      body,
    });
    await this.here.settle();
  }

  /** Taps the option with this title on the message. */
  taps(from: string, message: OutboundMessage | undefined, title: string): Promise<void> {
    const options = message?.content.type === "text" ? (message.content.options ?? []) : [];
    const option = options.find((one) => one.title === title);
    if (!option) throw new Error(`No option ${title} among ${options.map((one) => one.title)}`);
    return this.says(from, { type: "choice", id: option.id, text: title });
  }

  /** Somebody who wrote to the company once and agreed to these kinds of warnings. */
  async person(value: string, ...topics: string[]): Promise<number> {
    await this.says(value, "Moin");
    const [row] = await this.rows(
      `select contact_id from kernel.identity where tenant_id = ${this.tenantId} and value = '${value}'`,
    );
    const contactId = Number(row?.contact_id);
    // No skill here answers a greeting; a person who took it has finished.
    await this.rows(`update kernel.conversation set state = 'bot' where contact_id = ${contactId}`);
    for (const topic of topics) await this.sayYes(contactId, topic);
    this.sent.length = 0;
    return contactId;
  }

  async sayYes(contactId: number, topic: string): Promise<void> {
    const { tenantId, channelId } = this;
    const words = { language: "de" as const, text: "Ja, bitte warnen.", how: "form" as const };
    const grant = { contactId, channelId, purpose: "advocate.warning", topic, ...words, expiresAt: null };
    await this.here.kernel.db.tenant(tenantId, (tx) =>
      grantConsent(tx, {
        tenantId,
        grants: [{ ...grant, evidence: { form: "test" } }],
        now: this.here.clock.now(),
      }),
    );
  }

  /** Calls a route as the owner, without HTTP; request and reply are checked by the contract. */
  async call<R extends z.ZodType>(
    contract: { path: string; reply: R },
    given: { params?: unknown; body?: unknown; query?: unknown } = {},
  ): Promise<z.output<R>> {
    const routes = advocate.routes?.(this.here.kernel) ?? [];
    const actor: Actor = { tenantId: this.tenantId, role: "owner", staffId: "u1", name: "Ada" };
    const found = routes.find((one) => (one.contract as { path: string }) === contract) as AnyRoute;
    const reply = await found.use({
      actor,
      params: found.contract.params?.parse(given.params),
      body: found.contract.body?.parse(given.body),
      query: found.contract.query?.parse(given.query ?? {}),
    } as never);
    return contract.reply.parse(reply);
  }

  async putContract(
    contactId: number,
    change: Record<string, unknown> = {},
    reference = "GAS-1",
  ): Promise<number> {
    const { id } = await this.call(api.putFact, {
      params: { kind: "contract", reference },
      body: { customer: { contactId }, title: "Erdgas", fact: { ...gas, ...change } },
    });
    await this.here.settle();
    return id;
  }

  texts(): string[] {
    return this.sent.map(({ content }) => (content.type === "text" ? content.text : content.type));
  }

  async rows(sql: string): Promise<Record<string, unknown>[]> {
    return (await this.here.kernel.db.node.query(sql)).rows;
  }

  /** Lets so many days pass, one by one. */
  async daysPass(count: number): Promise<void> {
    for (let n = 0; n < count; n++) {
      this.here.clock.advance(DAY);
      await this.here.settle();
    }
  }

  /** Jumps to a moment, as if the node had been off. */
  async jumpTo(iso: string): Promise<void> {
    this.here.clock.advance(Date.parse(iso) - this.here.clock.now());
    await this.here.settle();
  }
}
