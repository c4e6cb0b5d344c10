import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import type { Contract, LiveEvent } from "#kernel/api";
import { liveEvent } from "#kernel/api";
import { routes } from "./answers.ts";
import { Refusal } from "./refusal.ts";
import type { World } from "./world.ts";

const pages = join(import.meta.dirname, "../../../../dist/web");
const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
/** As the node sends it. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; base-uri 'none'";

export interface FakeNode {
  url: string;
  world: World;
  /** Every next call whose "METHOD /path" fits is refused, `times` times. */
  refuse(call: RegExp, status: number, code: string, times?: number): void;
  /** No answer at all, until it is taken back: cuts streams and connections. */
  cut(isCut: boolean): void;
  /** What was called, in order, as "METHOD /path". */
  calls: string[];
  close(): Promise<void>;
}

/**
 * A node that speaks the contracts from memory: for developing the desk and for browser tests of states that a
 * real node is rarely in. Bodies and replies are checked against the contracts, so it cannot drift from them.
 */
export async function startFakeNode(world: World, port = 0): Promise<FakeNode> {
  const streams = new Set<ServerResponse>();
  const state = {
    isCut: false,
    refusals: [] as { call: RegExp; status: number; code: string; times: number }[],
  };
  const log: string[] = [];
  const history: { id: number; event: LiveEvent }[] = [];
  world.emit = (event) => {
    world.lastSeq += 1;
    history.push({ id: world.lastSeq, event: liveEvent.parse(event) });
    for (const stream of streams) stream.write(frame(world.lastSeq, event));
  };
  const server = createServer((request, response) => {
    if (state.isCut) return void request.socket.destroy();
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    log.push(`${request.method} ${path}`);
    const refusal = state.refusals.find(
      ({ call, times }) => times > 0 && call.test(`${request.method} ${path}`),
    );
    if (refusal) {
      refusal.times -= 1;
      return sendProblem(response, refusal.status, refusal.code);
    }
    if (path === "/api/v1/events") return openStream(request, response, { streams, history });
    answer(request, response, world).catch((error: unknown) => {
      if (error instanceof Refusal) sendProblem(response, error.status, error.code);
      else sendProblem(response, 500, "internal", String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    world,
    calls: log,
    refuse: (call, status, code, times = 1) => state.refusals.push({ call, status, code, times }),
    cut: (isCut) => {
      state.isCut = isCut;
      if (!isCut) return;
      for (const stream of streams) stream.destroy();
      server.closeAllConnections();
    },
    close: () => closeServer(server),
  };
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

function frame(id: number, event: LiveEvent): string {
  return `id: ${id}\ndata: ${JSON.stringify(event)}\n\n`;
}

interface Feed {
  streams: Set<ServerResponse>;
  history: readonly { id: number; event: LiveEvent }[];
}

function openStream(request: IncomingMessage, response: ServerResponse, { streams, history }: Feed): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  const since = Number(request.headers["last-event-id"] ?? Number.NaN);
  response.write(`id: ${Number.isNaN(since) ? (history.at(-1)?.id ?? 0) : since}\n\n`);
  for (const { id, event } of history) if (id > since) response.write(frame(id, event));
  streams.add(response);
  response.on("close", () => streams.delete(response));
}

async function answer(request: IncomingMessage, response: ServerResponse, world: World): Promise<void> {
  const url = new URL(request.url ?? "/", "http://localhost");
  for (const { contract, handle } of routes) {
    const params = contract.method === request.method ? match(contract.path, url.pathname) : null;
    if (!params) continue;
    const body = await readBody(request, contract);
    const input = {
      params: contract.params?.parse(params),
      query: contract.query?.parse(Object.fromEntries(url.searchParams)),
      body,
      request,
      response,
    };
    const reply = contract.reply.parse(await handle(world, input as never));
    if (response.writableEnded) return;
    response.writeHead(contract.status ?? 200, { "content-type": "application/json" });
    response.end(JSON.stringify(reply));
    return;
  }
  if (url.pathname.startsWith("/api/")) throw new Refusal(404, "not_found");
  await sendPage(url.pathname, response);
}

function match(template: string, path: string): Record<string, string> | null {
  const names: string[] = [];
  const pattern = template.replace(/:(\w+)/g, (_, name: string) => {
    names.push(name);
    return "([^/]+)";
  });
  const found = new RegExp(`^${pattern}$`).exec(path);
  return (
    found && Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(found[at + 1] ?? "")]))
  );
}

async function readBody(request: IncomingMessage, contract: Contract): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  if (!contract.body) return bytes;
  const found = contract.body.safeParse(JSON.parse(bytes.toString() || "{}"));
  if (!found.success) throw new Refusal(400, "bad_request");
  return found.data;
}

function sendProblem(response: ServerResponse, status: number, code: string, detail?: string): void {
  response.writeHead(status, { "content-type": "application/problem+json" });
  response.end(
    JSON.stringify({ type: `/api#${code}`, title: code, status, code, detail, requestId: "req-7f3a91c0" }),
  );
}

async function sendPage(path: string, response: ServerResponse): Promise<void> {
  const file = extname(path) ? path : "/desk/index.html";
  try {
    const bytes = await readFile(join(pages, file));
    response.writeHead(200, {
      "content-type": types[extname(file)] ?? "application/octet-stream",
      "content-security-policy": policy,
      // As the node does it for names with a hash: a second visit reads nothing anew.
      ...(path.includes("/assets/") && { "cache-control": "public, max-age=31536000, immutable" }),
    });
    response.end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}
