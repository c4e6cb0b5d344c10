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
import * as notices from "../../src/skills/notices/api.ts";
import * as service from "../../src/skills/service/api.ts";
import { trainTenant } from "../../src/skills/service/jobs.ts";
import { skills } from "../../src/skills.ts";

/** A company with every skill of the product, a provider that takes everything, and a clock that tests move. */

interface Said {
  from: string;
  id: string;
  at: number;
  text: string;
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
      (JSON.parse(raw.toString()) as Said[]).map(({ from, id, text, at }) => ({
        kind: "message" as const,
        address: "bot",
        externalId: id,
        identities: [{ kind: "telegram" as const, value: from }],
        replyAddress: from,
        sentAt: at,
        content: { type: "text" as const, text },
      })),
    send: async (message) => {
      sent.push(message);
      return { outcome: "accepted", externalId: `x${sent.length}` };
    },
  };
}

/** What the company answers by itself. */
const KNOWLEDGE: Readonly<Record<string, { answer: string; asked: readonly string[] }>> = {
  hours: {
    answer: "Wir haben von 8 bis 18 Uhr geöffnet.",
    asked: [
      "Wann habt ihr geöffnet?",
      "Öffnungszeiten",
      "Wie lange ist heute offen?",
      "Habt ihr samstags auf?",
    ],
  },
  returns: {
    answer: "Zurückschicken geht 30 Tage lang.",
    asked: ["Wie schicke ich etwas zurück?", "Rücksendung", "Umtausch möglich?", "Ich will es zurückgeben"],
  },
  parking: {
    answer: "Parken kann man hinter dem Haus.",
    asked: ["Wo kann ich parken?", "Parkplatz", "Gibt es ein Parkhaus?", "Parken beim Laden"],
  },
};

export interface PurposesWorld {
  here: World;
  tenantId: number;
  channelId: number;
  sent: OutboundMessage[];
  topics: { service: number; promotion: number; otherService: number; otherPromotion: number };
  call<R extends z.ZodType>(
    contract: { path: string; reply: R },
    given?: { params?: unknown; body?: unknown; query?: unknown },
  ): Promise<z.output<R>>;
  /** A customer writes; resolves when everything that follows has happened. */
  says(from: string, text: string): Promise<void>;
  /** Somebody who wrote once. @returns the contact's id */
  person(from: string): Promise<number>;
  subscribe(contactId: number, topicId: number): Promise<void>;
  warn(contactId: number, topic: string): Promise<void>;
  /** What this person was sent, oldest first, from a place in the list on. */
  textsTo(from: string, since: number): string[];
  close(): Promise<void>;
}

export async function purposesWorld(): Promise<PurposesWorld> {
  const sent: OutboundMessage[] = [];
  const here = await world({
    adapters: [takesEverything(sent)],
    startMs: Date.parse("2026-11-24T09:00:00Z"),
    parts: (kernel) => ({
      flows: skills.flatMap((skill) =>
        skill.flow ? [{ skill: skill.id, flow: skill.flow(kernel), catalogue: skill.messages }] : [],
      ),
      timers: Object.assign({}, ...skills.map((skill) => skill.timers?.(kernel) ?? {})),
    }),
  });
  const tenantId = (await here.tenant({ name: "Hafenkontor" })).id;
  const channelId = await here.channel(tenantId, { kind: "telegram", address: "bot", appId: "app" });
  const routes = skills.flatMap((skill) => skill.routes?.(here.kernel) ?? []);
  const actor: Actor = { tenantId, role: "owner", staffId: "u1", name: "Ada" };
  const call = async <R extends z.ZodType>(
    contract: { path: string; reply: R },
    given: { params?: unknown; body?: unknown; query?: unknown } = {},
  ): Promise<z.output<R>> => {
    const found = routes.find((one) => (one.contract as unknown) === contract) as AnyRoute;
    const reply = await found.use({
      actor,
      params: found.contract.params?.parse(given.params),
      body: found.contract.body?.parse(given.body),
      query: found.contract.query?.parse(given.query ?? {}),
      reply: { header: () => undefined },
    } as never);
    return contract.reply.parse(JSON.parse(JSON.stringify(reply)));
  };
  await teach(call);
  await trainTenant(here.kernel, tenantId);
  const topics = await makeTopics(call);
  let written = 0;
  const self: PurposesWorld = {
    here,
    tenantId,
    channelId,
    sent,
    topics,
    call,
    async says(from, text) {
      const said: Said = { from, id: `m${++written}`, at: here.clock.now(), text };
      await here.ingest.enqueue({
        appId: "app",
        channelId,
        tenantId,
        body: Buffer.from(JSON.stringify([said])),
      });
      await here.settle();
    },
    async person(from) {
      await self.says(from, "Wann habt ihr geöffnet?");
      const { rows } = await here.kernel.db.node.query<{ contact_id: number }>(
        "select contact_id from kernel.identity where tenant_id = $1 and value = $2",
        [tenantId, from],
      );
      return rows[0]?.contact_id ?? 0;
    },
    async subscribe(contactId, topicId) {
      await call(notices.subscribeContact, {
        params: { id: contactId },
        body: { topicId, channelId, language: "de", evidence: "said so at the counter" },
      });
    },
    async warn(contactId, topic) {
      await here.kernel.db.tenant(tenantId, (tx) =>
        grantConsent(tx, {
          tenantId,
          grants: [
            {
              contactId,
              channelId,
              purpose: "advocate.warning",
              topic,
              language: "de",
              text: "Ja, bitte warnen.",
              how: "form",
              evidence: { form: "test" },
              expiresAt: null,
            },
          ],
          now: here.clock.now(),
        }),
      );
    },
    textsTo: (from, since) =>
      sent.slice(since).flatMap(({ to, content }) => (to === from ? [wordsOf(content)] : [])),
    close: () => here.close(),
  };
  return self;
}

type CallRoute = PurposesWorld["call"];

async function teach(call: CallRoute): Promise<void> {
  for (const [intent, { answer, asked }] of Object.entries(KNOWLEDGE))
    await call(service.createTopic, {
      body: {
        intent,
        title: { de: intent, en: intent },
        answers: [{ language: "de", text: answer, link: null, fileId: null, options: [] }],
        examples: asked.map((text) => ({ language: "de", text })),
        flow: "",
        mostAsked: false,
      },
    });
}

async function makeTopics(call: CallRoute): Promise<PurposesWorld["topics"]> {
  const make = async (slug: string, kind: "service" | "promotion"): Promise<number> => {
    const made = await call(notices.createNoticeTopic, {
      body: {
        slug,
        title: { de: slug, en: slug },
        description: { de: slug, en: slug },
        kind,
        parameters: [],
        isPublic: true,
        isUrgent: false,
      },
    });
    return made.id;
  };
  return {
    service: await make("lines", "service"),
    promotion: await make("deals", "promotion"),
    otherService: await make("library", "service"),
    otherPromotion: await make("tickets", "promotion"),
  };
}

function wordsOf(content: Content): string {
  return JSON.stringify(content);
}
