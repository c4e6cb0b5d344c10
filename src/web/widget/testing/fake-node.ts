import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { visitorHistory, visitorSeen, visitorSend, visitorSettings } from "#kernel/api";
import type { CompanyPage, Settings } from "../contract.ts";
import { fakeCompanyPage, fakeSettings, WIDGET_KEY } from "./fake-company.ts";
import { FakeConversation } from "./fake-conversation.ts";
import { answerTopics, type FakeTopics, fakeTopics } from "./fake-topics.ts";

const TYPES: Record<string, string> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".woff2": "font/woff2",
  ".svg": "image/svg+xml",
};
const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "authorization, content-type, last-event-id",
  "access-control-allow-methods": "GET, POST",
};

interface Trouble {
  status: number;
  retryAfter_s?: number;
  times: number;
}

/** Speaks the visitor's contract on loopback, checked by the contracts, and does what a test asks of it. */
export interface FakeNode {
  base: string;
  settings: Settings;
  page: CompanyPage;
  topics: FakeTopics;
  /** What the automaton answers. Default: one answer with its source. */
  answer(conversation: FakeConversation, text: string): void;
  /** The visitor's conversation; there is one at most in a test. */
  conversation(): FakeConversation;
  /** Visitors that spoke. */
  visitors: Map<string, FakeConversation>;
  files: Map<string, { name: string; mime: string; bytes: Buffer }>;
  /** Every request below /web/: "POST /messages". */
  requests: string[];
  fail: Trouble | null;
  /** So many messages are stored, and their answers get lost on the way back. */
  losesReplies: number;
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

function reply(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { ...CORS, "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

/** What the node serves as files: /widget.js, /widget/…, /page/… and the page itself at /c/:slug. */
async function serveFile(dist: string, path: string, response: ServerResponse): Promise<void> {
  const file =
    path === "/widget.js" ? "/widget/widget.js" : path.startsWith("/c/") ? "/page/index.html" : path;
  const name = normalize(file);
  try {
    const bytes = await readFile(join(dist, name));
    response.writeHead(200, { ...CORS, "content-type": TYPES[extname(name)] ?? "application/octet-stream" });
    response.end(bytes);
  } catch {
    reply(response, 404, { title: "Not found" });
  }
}

function conversationOf(node: FakeNode, request: IncomingMessage): FakeConversation {
  const key = /^Visitor ([\w-]{43})$/.exec(request.headers.authorization ?? "")?.[1];
  if (!key) throw new Error("no visitor key");
  const known = node.visitors.get(key) ?? new FakeConversation();
  return known;
}

async function take(node: FakeNode, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = visitorSend.body?.parse(JSON.parse((await bodyOf(request)).toString()));
  if (!body) throw new Error("no body");
  const key = request.headers.authorization?.slice("Visitor ".length) ?? "";
  const conversation = conversationOf(node, request);
  node.visitors.set(key, conversation);
  const file = body.fileId ? node.files.get(body.fileId) : undefined;
  const media = file && {
    url: `/files/${body.fileId}`,
    mime: file.mime,
    name: file.name,
    size: file.bytes.length,
  };
  const isNew = conversation.hear(body, media ?? null);
  if (node.losesReplies > 0) {
    node.losesReplies -= 1;
    response.destroy();
  } else reply(response, 202, visitorSend.reply.parse({ accepted: true }));
  if (isNew) setTimeout(() => node.answer(conversation, body.text), 20);
}

async function upload(node: FakeNode, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const name = new URL(request.url ?? "", node.base).searchParams.get("name") ?? "";
  const bytes = await bodyOf(request);
  const fileId = `file-${node.files.size + 1}`;
  const mime = request.headers["content-type"] ?? "";
  node.files.set(fileId, { name, mime, bytes });
  reply(response, 200, { fileId, mime, size: bytes.length });
}

type Handler = (node: FakeNode, request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

const HANDLERS: Record<string, Handler> = {
  "GET /settings": (node, _request, response) =>
    reply(response, 200, visitorSettings.reply.parse(node.settings)),
  "GET /messages": (node, request, response) => {
    const { messages, state, cursor } = conversationOf(node, request);
    reply(response, 200, visitorHistory.reply.parse({ items: messages, state, cursor }));
  },
  "POST /messages": take,
  "POST /files": upload,
  "POST /seen": async (node, request, response) => {
    const body = visitorSeen.body?.parse(JSON.parse((await bodyOf(request)).toString()));
    if (body) conversationOf(node, request).seen.push(body);
    reply(response, 202, { accepted: true });
  },
  "POST /typing": (node, request, response) => {
    conversationOf(node, request).typed += 1;
    reply(response, 202, { accepted: true });
  },
  "GET /stream": (node, request, response) => {
    response.writeHead(200, { ...CORS, "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write(": here\n\n");
    conversationOf(node, request).follow(response, String(request.headers["last-event-id"] ?? ""));
  },
};

async function handle(
  node: FakeNode,
  dist: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", node.base);
  if (request.method === "OPTIONS") return reply(response, 204, null);
  if (/^\/c\/[^/]+\/data$/.test(pathname)) return reply(response, 200, node.page);
  const isPage = pathname.startsWith("/c/");
  const told = isPage ? answerTopics(node.topics, request, await bodyOf(request)) : null;
  if (told) return reply(response, told.status, told.body);
  const stored = node.files.get(pathname.replace("/files/", ""));
  if (stored) {
    response.writeHead(200, { ...CORS, "content-type": stored.mime });
    response.end(stored.bytes);
    return;
  }
  const prefix = `/web/${WIDGET_KEY}`;
  if (!pathname.startsWith(prefix)) return serveFile(dist, pathname, response);
  const name = `${request.method} ${pathname.slice(prefix.length)}`;
  node.requests.push(name);
  if (node.fail && node.fail.times > 0) {
    node.fail.times -= 1;
    const wait: Record<string, string> = node.fail.retryAfter_s
      ? { "retry-after": String(node.fail.retryAfter_s) }
      : {};
    return reply(
      response,
      node.fail.status,
      { title: "as asked" },
      { ...wait, "access-control-expose-headers": "retry-after" },
    );
  }
  const handler = HANDLERS[name];
  if (handler) await handler(node, request, response);
  else reply(response, 404, { title: "Not found" });
}

export function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

export async function startServer(
  listener: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Server> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

/** @param dist folder of the built pages (dist/web). */
export async function startFakeNode(dist: string): Promise<FakeNode> {
  const server = await startServer((request, response) => {
    handle(node, dist, request, response).catch((cause: unknown) =>
      reply(response, 400, { title: String(cause) }),
    );
  });
  const node: FakeNode = {
    base: addressOf(server),
    settings: fakeSettings(),
    page: fakeCompanyPage(),
    topics: fakeTopics(),
    answer: (conversation) => {
      const text = "Schicken Sie uns Ihre Bestellnummer. Dann sehen wir nach.";
      conversation.say(text, {
        source: "Lieferstatus",
        options: [{ id: "topic:7", title: "Fenster ändern" }],
      });
    },
    conversation: () => [...node.visitors.values()][0] ?? new FakeConversation(),
    visitors: new Map(),
    files: new Map(),
    requests: [],
    fail: null,
    losesReplies: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return node;
}
