import type { AddressInfo } from "node:net";
import type { Effect, Flow, Kernel } from "#kernel";
import type { Conversation, Message, ReplyOf, VisitorMessage, visitorHistory } from "#kernel/api";
import { type World, world } from "#kernel/testing";
import { web } from "../../src/channels/web/index.ts";
import { createApiKey } from "../../src/kernel/auth/api-keys.ts";
import type { ChannelAdapter } from "../../src/kernel/channel.ts";
import { type Live, registerLive } from "../../src/kernel/events/live-routes.ts";
import { openFiles } from "../../src/kernel/files/files.ts";
import { mediaTimers } from "../../src/kernel/files/media-fetch.ts";
import { fileRoutes } from "../../src/kernel/files/routes.ts";
import { createHttpServer } from "../../src/kernel/http/server.ts";
import { registerVisitor } from "../../src/kernel/visitor/register.ts";
import { visitorRoutes } from "../../src/kernel/visitor/routes.ts";
import type { VisitorHooks } from "../../src/kernel/visitor/settings.ts";
import type { WorkerParts } from "../../src/kernel/worker.ts";

/** Says the customer's words back; "Mensch" is handed over, "Menü" offers a choice. */
const echo: Flow = {
  turn({ message }): readonly Effect[] {
    if (message.text === "Mensch") return [{ do: "handOver", reason: "asked", summary: "Mensch" }];
    const options = message.text === "Menü" ? [{ id: "topic:delivery", title: "Lieferung" }] : [];
    return [{ do: "say", text: `Echo: ${message.text}`, options, source: "Echo" }];
  },
};

export const NO_QUESTIONS: VisitorHooks = { mostAsked: async () => ({ de: [], en: [] }) };

/** A node whose web chat and desk feed are open on loopback. */
export interface WebNode {
  world: World;
  live: Live;
  url: string;
  /** A company with a web channel under this key. */
  company(
    key: string,
    settings?: Record<string, unknown>,
  ): Promise<{ id: number; channelId: number; apiKey: string }>;
  close(): Promise<void>;
}

export async function startWebNode(
  options: {
    hooks?: VisitorHooks;
    adapters?: readonly ChannelAdapter[];
    /** Takes the place of the flow that says words back. */
    parts?: (kernel: Kernel) => Partial<WorkerParts>;
  } = {},
): Promise<WebNode> {
  const w = await world({
    adapters: [web, ...(options.adapters ?? [])],
    parts: (kernel) => ({
      flows: [{ skill: "test", flow: echo, catalogue: { de: {}, en: {} } }],
      timers: mediaTimers(kernel, openFiles(kernel)),
      ...options.parts?.(kernel),
    }),
  });
  const { kernel, ingest } = w;
  const files = openFiles(kernel);
  const app = createHttpServer(kernel, {
    routes: visitorRoutes(kernel, { ingest, hooks: options.hooks ?? NO_QUESTIONS }),
    checkReplies: true,
  });
  const live = registerLive(app, kernel);
  registerVisitor(app, kernel, { live, files });
  fileRoutes(app, kernel, files);
  await app.listen({ host: "127.0.0.1", port: 0 });
  return {
    world: w,
    live,
    url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    async company(key, settings = {}) {
      const { id } = await w.tenant({ name: `Kontor ${key}` });
      const channelId = await w.channel(id, { kind: "web", address: key, settings });
      const { secret } = await createApiKey(kernel, id, { name: "test", role: "agent" });
      return { id, channelId, apiKey: secret };
    },
    async close() {
      await app.close();
      await w.close();
    },
  };
}

/** Desk and visitor events in one, so that a test may look into what came; the contracts are checked elsewhere. */
export interface Carried {
  type: string;
  message: Message & VisitorMessage;
  conversation: Conversation | null;
  state: { speaker: string; personName: string | null };
  side: string;
}

export interface StreamedEvent {
  id: string | null;
  data: Carried;
}

export type History = ReplyOf<typeof visitorHistory>;

/** An open stream and what has come by it. */
export class Stream {
  readonly events: StreamedEvent[] = [];
  lastId: string | null = null;
  isOver = false;
  private readonly abort = new AbortController();
  private waiting: (() => void)[] = [];

  static async open(url: string, headers: Record<string, string>, lastId?: string | null): Promise<Stream> {
    const stream = new Stream();
    const given = lastId ? { ...headers, "last-event-id": lastId } : headers;
    const response = await fetch(url, { headers: given, signal: stream.abort.signal });
    if (response.status !== 200) throw new Error(`stream answered ${response.status}`);
    stream.lastId = lastId ?? null;
    void stream.read(response).catch(() => {
      stream.isOver = true;
      stream.tell();
    });
    return stream;
  }

  private async read(response: Response): Promise<void> {
    let rest = "";
    for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (rest + piece).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) this.take(block);
      this.tell();
    }
    this.isOver = true;
    this.tell();
  }

  private take(block: string): void {
    const id = /^id: (.*)$/m.exec(block)?.[1];
    const data = /^data: (.*)$/m.exec(block)?.[1];
    if (id !== undefined) this.lastId = id;
    if (data !== undefined) this.events.push({ id: this.lastId, data: JSON.parse(data) });
  }

  private tell(): void {
    for (const done of this.waiting.splice(0)) done();
  }

  /** Resolves as soon as it holds; looks again at everything that comes. */
  async until(holds: (stream: Stream) => boolean): Promise<void> {
    while (!holds(this)) {
      if (this.isOver) throw new Error(`the stream ended after ${this.events.length} events`);
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** Data of one type, in order. */
  of(type: string): Carried[] {
    return this.events.filter(({ data }) => data.type === type).map(({ data }) => data);
  }

  close(): void {
    this.abort.abort();
  }
}
