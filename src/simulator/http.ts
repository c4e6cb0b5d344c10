import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * The small HTTP server under every simulator: raw `node:http`, because it stands on the same two cores as the
 * node it tests. The simulators import nothing of the house: they are the other side of the wire.
 */

const BODY_MAX_BYTES = 110 * 1024 * 1024;
const KEEP_ALIVE_MS = 60_000;

export interface Ask {
  method: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Reply {
  status: number;
  /** Default application/json. */
  type?: string;
  headers?: Readonly<Record<string, string>>;
  /** Several parts are written one after the other, so that a long list needs no long string. */
  body: string | Buffer | Iterable<string>;
  /** hang: the request was read and is never answered; reset: the connection is cut without an answer. */
  silent?: "hang" | "reset";
}

export type Handle = (ask: Ask) => Reply | Promise<Reply>;

export interface SimulatorServer {
  port: number;
  url: string;
  close(): Promise<void>;
}

/** What `main.ts` starts and ends; `configure` takes the same settings as the start, all optional. */
export interface Simulator extends SimulatorServer {
  configure(settings: unknown): void;
}

const noQuery = new URLSearchParams();

export function json(value: unknown, status = 200): Reply {
  return { status, body: JSON.stringify(value) };
}

/** @returns the body as JSON object, or null when it is none. */
export function objectOf(body: Buffer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** @param options.port 0 for any free one; listens on loopback unless `host` says otherwise. */
export async function serve(
  handle: Handle,
  options: { port: number; host?: string },
): Promise<SimulatorServer> {
  const host = options.host ?? "127.0.0.1";
  const server = createServer((request, response) => receive(request, response, handle));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://${host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function receive(request: IncomingMessage, response: ServerResponse, handle: Handle): void {
  const parts: Buffer[] = [];
  let size = 0;
  request.on("data", (part: Buffer) => {
    size += part.length;
    if (size <= BODY_MAX_BYTES) parts.push(part);
  });
  request.on("error", () => response.destroy());
  request.on("end", () => {
    if (size > BODY_MAX_BYTES) {
      answer(response, json({ error: { message: "body too large" } }, 413));
      return;
    }
    const body = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
    respond(response, handle, askOf(request, body));
  });
}

function askOf(request: IncomingMessage, body: Buffer): Ask {
  const target = request.url ?? "/";
  const mark = target.indexOf("?");
  return {
    method: request.method ?? "GET",
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? noQuery : new URLSearchParams(target.slice(mark + 1)),
    headers: request.headers,
    body,
  };
}

function respond(response: ServerResponse, handle: Handle, ask: Ask): void {
  const fail = (error: unknown) =>
    answer(response, json({ error: { message: `simulator: ${String(error)}` } }, 500));
  try {
    const reply = handle(ask);
    if (reply instanceof Promise) reply.then((late) => answer(response, late), fail);
    else answer(response, reply);
  } catch (error) {
    fail(error);
  }
}

function answer(response: ServerResponse, reply: Reply): void {
  if (reply.silent === "hang") return;
  if (reply.silent === "reset") {
    response.socket?.resetAndDestroy();
    return;
  }
  const type = reply.type ?? "application/json; charset=utf-8";
  if (typeof reply.body === "string" || Buffer.isBuffer(reply.body)) {
    response.writeHead(reply.status, {
      "content-type": type,
      "content-length": Buffer.byteLength(reply.body),
      ...reply.headers,
    });
    response.end(reply.body);
    return;
  }
  response.writeHead(reply.status, { "content-type": type, ...reply.headers });
  for (const part of reply.body) response.write(part);
  response.end();
}
