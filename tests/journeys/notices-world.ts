import type {
  Actor,
  AnyRoute,
  ChannelAdapter,
  ChannelLimits,
  House,
  Inbound,
  OutboundMessage,
  SendResult,
  SkillManifest,
} from "#kernel";
import { type World, world } from "#kernel/testing";
import type { Vetoes } from "../../src/skills/notices/ports.ts";
import { openNotices } from "../../src/skills/notices/skill.ts";

/** A company that sends notices to phones that only remember what they got. */

export interface Sent {
  to: string;
  content: OutboundMessage["content"];
  at: number;
}

/** A provider in memory: it takes what it gets and keeps it, or refuses as it is told. */
export interface Phones {
  sent: Sent[];
  /** to -> what the provider answers instead */
  refuse: Map<string, SendResult>;
  adapter(kind: string, limits?: Partial<ChannelLimits>): ChannelAdapter;
}

const LIMITS: ChannelLimits = {
  perAccountPerSecond: 1_000,
  pairIntervalMs: 1,
  pairBurst: 100,
  windowMs: null,
  textMax: 4_096,
  hasReceipts: false,
  resendIsHarmless: false,
  concurrency: 64,
};

/** Inbound bodies of this provider are the house's own shape. */
function parse(raw: Buffer): Inbound[] {
  return [JSON.parse(raw.toString()) as Inbound];
}

export function openPhones(now: () => number): Phones {
  const sent: Sent[] = [];
  const refuse = new Map<string, SendResult>();
  return {
    sent,
    refuse,
    adapter: (kind, limits = {}) => ({
      kind,
      limits: { ...LIMITS, ...limits },
      verify: () => null,
      addressOf: () => null,
      looksBroken: () => false,
      parse,
      async send({ to, content, correlation }) {
        const refused = refuse.get(to);
        if (refused) return refused;
        sent.push({ to, content, at: now() });
        return { outcome: "accepted", externalId: correlation };
      },
    }),
  };
}

export interface NoticesWorld {
  world: World;
  house: House;
  phones: Phones;
  tenantId: number;
  /** kind -> channel id */
  channels: Record<"web" | "whatsapp" | "telegram", number>;
  /** Calls a route of the skill as staff. */
  call(
    summary: RegExp,
    given?: { params?: unknown; body?: unknown; query?: unknown; staffId?: string },
  ): Promise<Reply>;
  topic(body?: Record<string, unknown>): Promise<number>;
  /** A contact with an address on a channel, subscribed. */
  subscriber(options: Subscriber): Promise<number>;
  /** A customer writes; resolves when everything that follows has happened. */
  say(
    from: string,
    text: string,
    options?: { channel?: "web" | "whatsapp" | "telegram"; choice?: string },
  ): Promise<void>;
  /** Clock and node go on together, a second a step. */
  run(seconds: number): Promise<void>;
  close(): Promise<void>;
}

export type Reply = Record<string, unknown>;

export interface Subscriber {
  topicId: number;
  to: string;
  channel?: "web" | "whatsapp" | "telegram";
  language?: "de" | "en";
  choice?: Record<string, unknown>;
  contactId?: number;
}

const IDENTITY = { web: "web", whatsapp: "wa_id", telegram: "telegram" } as const;

export async function noticesWorld(
  options: {
    vetoes?: Vetoes;
    settings?: Record<string, unknown>;
    startMs?: number;
    /** Hosts that sources may be read from on this machine. */
    sourceHosts?: readonly string[];
  } = {},
): Promise<NoticesWorld> {
  const skill = openNotices({
    vetoes: options.vetoes ?? null,
    optIn: null,
    publicUrl: () => "",
    allowedHosts: () => options.sourceHosts ?? [],
  });
  let here: World | null = null;
  const phones = openPhones(() => here?.clock.now() ?? 0);
  const w = await world({
    ...(options.startMs === undefined ? {} : { startMs: options.startMs }),
    adapters: [
      phones.adapter("web"),
      phones.adapter("whatsapp", { windowMs: 24 * 3_600_000, perAccountPerSecond: 80 }),
      phones.adapter("telegram"),
    ],
    parts: (kernel) => ({
      flows: [
        { skill: "notices", flow: skill.flow?.(kernel) ?? { turn: () => null }, catalogue: skill.messages },
      ],
      timers: skill.timers?.(kernel) ?? {},
    }),
  });
  here = w;
  const { id: tenantId } = await w.tenant({ name: "Hafenbahn", settings: options.settings ?? {} });
  const channels = {
    web: await w.channel(tenantId, { kind: "web", address: `web-${tenantId}-abcdefgh` }),
    whatsapp: await w.channel(tenantId, {
      kind: "whatsapp",
      address: `49${tenantId}`,
      appId: `wa-${tenantId}`,
    }),
    telegram: await w.channel(tenantId, {
      kind: "telegram",
      address: `7${tenantId}`,
      appId: `tg-${tenantId}`,
    }),
  };
  return worldOf({ w, skill, phones, tenantId, channels });
}

function worldOf(parts: {
  w: World;
  skill: SkillManifest;
  phones: Phones;
  tenantId: number;
  channels: NoticesWorld["channels"];
}): NoticesWorld {
  const { w, skill, phones, tenantId, channels } = parts;
  const house = w.kernel;
  let said = 0;
  const self: NoticesWorld = {
    world: w,
    house,
    phones,
    tenantId,
    channels,
    call: (summary, given = {}) => callRoute(skill, house, { tenantId, summary, ...given }),
    async topic(body = {}) {
      const made = await self.call(/Add a topic of notices/, { body: { ...LINES, ...body } });
      return made.id as number;
    },
    async subscriber(one) {
      const kind = one.channel ?? "telegram";
      const contactId = one.contactId ?? (await makeContact(w, tenantId, { kind, to: one.to }));
      if (one.contactId !== undefined) await addIdentity(w, tenantId, { kind, to: one.to, contactId });
      await self.call(/Subscribe a person/, {
        params: { id: contactId },
        body: {
          topicId: one.topicId,
          channelId: channels[kind],
          language: one.language ?? "de",
          evidence: "said so at the counter on Monday",
          ...one.choice,
        },
      });
      return contactId;
    },
    async say(from, text, { channel = "telegram", choice } = {}) {
      said += 1;
      const item: Inbound = {
        kind: "message",
        address: (await addressOf(w, channels[channel])) ?? "",
        externalId: `in-${said}`,
        identities: [{ kind: IDENTITY[channel], value: from }],
        replyAddress: from,
        sentAt: w.clock.now(),
        content: choice ? { type: "choice", id: choice, text } : { type: "text", text },
      };
      await w.ingest.enqueue({
        appId: channel === "web" ? "web" : `${channel === "whatsapp" ? "wa" : "tg"}-${tenantId}`,
        channelId: channels[channel],
        tenantId,
        body: Buffer.from(JSON.stringify(item)),
      });
      await w.settle();
    },
    async run(seconds) {
      for (let n = 0; n < seconds; n++) {
        await w.settle();
        w.clock.advance(1_000);
      }
      await w.settle();
    },
    close: () => w.close(),
  };
  return self;
}

export const LINES = {
  slug: "lines",
  title: { de: "Störungen", en: "Disruptions" },
  description: { de: "Was auf den Linien los ist.", en: "What happens on the lines." },
  kind: "service",
  parameters: [
    {
      key: "line",
      kind: "line",
      label: { de: "Welche Linie", en: "Which line" },
      values: ["U1", "U3", "U6"].map((value) => ({ value, label: { de: value, en: value } })),
      required: false,
    },
    {
      key: "stop",
      kind: "region",
      label: { de: "Welche Haltestelle", en: "Which stop" },
      values: [],
      required: false,
    },
    { key: "window", kind: "window", label: { de: "Wann", en: "When" }, values: [], required: false },
  ],
  isPublic: true,
  isUrgent: false,
};

/** A draft with usual words. */
export function draft(topicId: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    topicId,
    title: "U3 gesperrt",
    values: { line: ["U3"] },
    texts: { de: "Die U3 fährt nicht.", en: "Line U3 does not run." },
    ...more,
  };
}

async function callRoute(
  skill: SkillManifest,
  house: House,
  to: {
    tenantId: number;
    summary: RegExp;
    params?: unknown;
    body?: unknown;
    query?: unknown;
    staffId?: string;
  },
): Promise<Reply> {
  const route = skill.routes?.(house).find(({ contract }) => to.summary.test(contract.summary)) as AnyRoute;
  const actor: Actor = { tenantId: to.tenantId, role: "owner", staffId: to.staffId ?? "u1", name: "Ada" };
  const { contract } = route;
  const reply = await route.use({
    actor,
    params: contract.params?.parse(to.params),
    body: contract.body?.parse(to.body),
    query: contract.query?.parse(to.query ?? {}),
    reply: { header: () => undefined },
  } as never);
  return contract.reply.parse(JSON.parse(JSON.stringify(reply))) as Reply;
}

async function makeContact(w: World, tenantId: number, one: { kind: string; to: string }): Promise<number> {
  const { rows } = await w.kernel.db.node.query<{ id: number }>(
    "insert into kernel.contact (tenant_id, first_seen_at) values ($1, $2) returning id",
    [tenantId, new Date(w.clock.now())],
  );
  const contactId = rows[0]?.id ?? 0;
  await addIdentity(w, tenantId, { ...one, contactId });
  return contactId;
}

async function addIdentity(
  w: World,
  tenantId: number,
  one: { kind: string; to: string; contactId: number },
): Promise<void> {
  await w.kernel.db.node.query(
    "insert into kernel.identity (tenant_id, kind, value, contact_id, first_seen_at, last_seen_at) values ($1, $2, $3, $4, $5, $5) on conflict do nothing",
    [tenantId, IDENTITY[one.kind as keyof typeof IDENTITY], one.to, one.contactId, new Date(w.clock.now())],
  );
}

async function addressOf(w: World, channelId: number): Promise<string | undefined> {
  return w.kernel.registry.account(channelId)?.address;
}
