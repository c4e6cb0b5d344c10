import { type Dispatcher, type FormData, Pool } from "undici";

/**
 * The one door to Meta: a pool of kept connections for each address, `undici.request` (fetch costs five times
 * the CPU), every answer bounded in time and size.
 */

export interface DoorTimes {
  connectTimeoutMs: number;
  /** From the written request to the answer's last byte before we call it unknown. */
  answerTimeoutMs: number;
}

export const doorTimes: DoorTimes = { connectTimeoutMs: 5_000, answerTimeoutMs: 20_000 };

/** Rate x latency: 1,040 sends a second at 150 ms each are 156 in flight. Opened only when needed. */
const CONNECTIONS = 160;
/** A POST on a broken pipelined connection would leave the ones behind it in doubt. */
const PIPELINING = 1;
const ANSWER_MAX_BYTES = 256 * 1024;

export interface Call {
  method: "GET" | "POST";
  url: string;
  token: string;
  body?: string | FormData;
  /** Default 256 kB. */
  maxBytes?: number;
}

export interface Answer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  bytes: Buffer;
}

/** The answer was longer than allowed. */
export class AnswerTooLarge extends Error {}

/** One request, one answer. */
export type Door = (call: Call) => Promise<Answer>;

/** @throws undici's errors, see `wasWritten`; AnswerTooLarge. */
export function openDoor(times: DoorTimes): Door {
  const pools = new Map<string, Pool>();
  return async (call) => {
    const url = new URL(call.url);
    let pool = pools.get(url.origin);
    if (!pool) {
      pool = new Pool(url.origin, {
        connections: CONNECTIONS,
        pipelining: PIPELINING,
        connect: { timeout: times.connectTimeoutMs },
        headersTimeout: times.answerTimeoutMs,
        bodyTimeout: times.answerTimeoutMs,
      });
      pools.set(url.origin, pool);
    }
    const headers: Record<string, string> = { authorization: `Bearer ${call.token}` };
    if (typeof call.body === "string") headers["content-type"] = "application/json";
    const response = await pool.request({
      method: call.method,
      path: url.pathname + url.search,
      headers,
      body: call.body,
    });
    const bytes = await readUpTo(response.body, call.maxBytes ?? ANSWER_MAX_BYTES);
    return { status: response.statusCode, headers: response.headers, bytes };
  };
}

async function readUpTo(body: Dispatcher.ResponseData["body"], maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxBytes) {
      body.destroy();
      throw new AnswerTooLarge(`answer is larger than ${maxBytes} bytes`);
    }
    parts.push(part);
  }
  return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
}

/** Failures that happen before a byte of the request is written. */
const unwritten: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENETDOWN",
  "EADDRNOTAVAIL",
  "EMFILE",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_DESTROYED",
  "UND_ERR_CLOSED",
  "UND_ERR_INVALID_ARG",
]);

/** @returns false only when the provider surely saw nothing of the request; a doubt counts as written. */
export function wasWritten(error: unknown): boolean {
  const code = codeOf(error);
  // a refused certificate ends the connection before the request
  return !unwritten.has(code) && !code.startsWith("ERR_TLS") && !code.includes("CERT");
}

/** @returns Node's or undici's code, or the error's name. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const code: unknown = "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : error.name;
}
