import { sql } from "kysely";
import type { z } from "zod";
import {
  type Actor,
  type AnyRoute,
  type ChannelAdapter,
  type Content,
  grantConsent,
  type OutboundMessage,
  type SkillManifest,
} from "#kernel";
import { type World, world } from "#kernel/testing";
import { rotateInbox } from "../../src/kernel/dialogue/inbox.ts";

/** A company with some of the product's skills, a provider that takes everything, and a clock that tests move. */

const DAY = 86_400_000;

let latestMs = 0;

interface Said {
  from: string;
  id: string;
  at: number;
  content: Content;
}

/** What the provider knows of whoever writes. */
const IDENTITIES = {
  telegram: (from: string) => ({ kind: "telegram" as const, value: from }),
  whatsapp: (from: string) => ({ kind: "phone" as const, value: `+${from}` }),
};
type Messenger = keyof typeof IDENTITIES;

function takesEverything(kind: Messenger, sent: OutboundMessage[], windowMs: number | null): ChannelAdapter {
  return {
    kind,
    limits: {
      perAccountPerSecond: 10_000,
      pairIntervalMs: 0,
      pairBurst: 10_000,
      windowMs,
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
        identities: [IDENTITIES[kind](from)],
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

export interface StageParts {
  here: World;
  tenantId: number;
  channelId: number;
  /** The company's WhatsApp number, where it has one: whoever writes there has written to it from their telephone. */
  whatsappId: number;
  sent: OutboundMessage[];
  skills: readonly SkillManifest[];
}

/**
 * @param startMs what the clock shows at first
 * @param windowMs how long the provider lets the company write after the customer did; null = for ever
 */
export async function openParts(
  skills: readonly SkillManifest[],
  startMs: number,
  windowMs: number | null = null,
  { withWhatsapp = false }: { withWhatsapp?: boolean } = {},
): Promise<StageParts> {
  const sent: OutboundMessage[] = [];
  const here = await world({
    adapters: [
      takesEverything("telegram", sent, windowMs),
      ...(withWhatsapp ? [takesEverything("whatsapp", sent, DAY)] : []),
    ],
    startMs,
    parts: (kernel) => ({
      flows: skills.flatMap((skill) =>
        skill.flow ? [{ skill: skill.id, flow: skill.flow(kernel), catalogue: skill.messages }] : [],
      ),
      timers: Object.assign({}, ...skills.map((skill) => skill.timers?.(kernel) ?? {})),
    }),
  });
  const tenantId = (await here.tenant({ name: "Hafenkontor" })).id;
  const channelId = await here.channel(tenantId, { kind: "telegram", address: "bot", appId: "app" });
  const whatsappId = withWhatsapp
    ? await here.channel(tenantId, { kind: "whatsapp", address: "bot", appId: "wa" })
    : 0;
  return { here, tenantId, channelId, whatsappId, sent, skills };
}

export class CompanyStage {
  readonly here: World;
  readonly tenantId: number;
  readonly channelId: number;
  readonly sent: OutboundMessage[];
  private readonly whatsappId: number;
  private readonly skills: readonly SkillManifest[];
  private written = 0;

  constructor(parts: StageParts) {
    this.here = parts.here;
    this.tenantId = parts.tenantId;
    this.channelId = parts.channelId;
    this.whatsappId = parts.whatsappId;
    this.sent = parts.sent;
    this.skills = parts.skills;
  }

  /** A customer writes; resolves when everything that follows has happened. */
  async says(from: string, content: Content | string, by: Messenger = "telegram"): Promise<void> {
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
    const { tenantId } = this;
    const [appId, channelId] = by === "telegram" ? ["app", this.channelId] : ["wa", this.whatsappId];
    await this.here.ingest.enqueue({ appId, channelId, tenantId, body });
    await this.here.settle();
  }

  async contactOf(from: string): Promise<number> {
    const [row] = await this.rows(`select contact_id from kernel.identity where value = '${from}'`);
    return Number(row?.contact_id ?? 0);
  }

  /** Agrees, by a form, to be warned of this kind; "" = of every kind. */
  sayYes(contactId: number, topic: string): Promise<void> {
    return this.agree(contactId, { purpose: "advocate.warning", topic, text: "Ja, bitte warnen." });
  }

  async agree(contactId: number, to: { purpose: string; topic: string; text: string }): Promise<void> {
    const { tenantId, channelId } = this;
    const said = {
      language: "de" as const,
      how: "form" as const,
      evidence: { form: "test" },
      expiresAt: null,
    };
    await this.here.kernel.db.tenant(tenantId, (tx) =>
      grantConsent(tx, {
        tenantId,
        grants: [{ contactId, channelId, ...to, ...said }],
        now: this.here.clock.now(),
      }),
    );
  }

  /** Calls a route as the owner, without HTTP; request and reply are checked by the contract. */
  async call<R extends z.ZodType>(
    contract: { path: string; reply: R },
    given: { params?: unknown; body?: unknown; query?: unknown } = {},
  ): Promise<z.output<R>> {
    const routes = this.skills.flatMap((skill) => skill.routes?.(this.here.kernel) ?? []);
    const actor: Actor = { tenantId: this.tenantId, role: "owner", staffId: "u1", name: "Ada" };
    const found = routes.find((one) => (one.contract as { path: string }) === contract) as AnyRoute;
    const reply = await found.use({
      actor,
      params: found.contract.params?.parse(given.params),
      body: found.contract.body?.parse(given.body),
      query: found.contract.query?.parse(given.query ?? {}),
      reply: { header: () => undefined },
    } as never);
    return contract.reply.parse(JSON.parse(JSON.stringify(reply)));
  }

  /** What the company may see of the database. */
  rows(text: string): Promise<Record<string, unknown>[]> {
    return this.here.kernel.db.tenant(
      this.tenantId,
      async (tx) => (await sql<Record<string, unknown>>`${sql.raw(text)}`.execute(tx)).rows,
    );
  }

  /** Lets so many days pass, one by one. */
  async daysPass(count: number): Promise<void> {
    for (let n = 0; n < count; n++) {
      this.here.clock.advance(DAY);
      await this.here.settle();
    }
  }

  /** Lets so many seconds pass, one by one. */
  async secondsPass(count: number): Promise<void> {
    for (let n = 0; n < count; n++) {
      await this.here.settle();
      this.here.clock.advance(1_000);
    }
    await this.here.settle();
  }

  /** Jumps to a moment, as if the node had been off. */
  async jumpTo(iso: string): Promise<void> {
    this.here.clock.advance(Date.parse(iso) - this.here.clock.now());
    await this.here.settle();
  }
}
