import { request } from "undici";
import { integerOf, type Json, objectOf, wordsOf } from "./json.ts";

/**
 * One call of the Bot API over HTTP. The token stands in the path, so no address of a call may reach a log or an
 * error text.
 */

export interface Bot {
  /** Without a trailing slash. */
  apiBase: string;
  token: string;
}

export interface ApiFailure {
  status: number;
  /** Telegram's error_code; the HTTP status where it gave none. */
  code: number;
  description: string;
  /** Seconds, from parameters.retry_after. */
  retryAfterS?: number;
  /** The chat became a supergroup. */
  hasMigrated?: boolean;
}

export type Answer =
  | { kind: "ok"; result: unknown }
  | { kind: "refused"; failure: ApiFailure }
  /** No connection was made: Telegram saw nothing. */
  | { kind: "unreached"; reason: string }
  /** The request may have left; no readable answer came. */
  | { kind: "lost"; reason: string };

const ANSWER_TIMEOUT_MS = 30_000;
/** An upload of 50 MB on a thin line. */
const UPLOAD_TIMEOUT_MS = 120_000;
/** For what only decorates a conversation: no answer to a customer waits longer for it. */
export const BRIEF_TIMEOUT_MS = 5_000;

const connectCodes = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** @param params an object goes as JSON, a form as multipart. Never rejects. */
export async function callApi(
  bot: Bot,
  method: string,
  params: object | FormData = {},
  timeoutMs?: number,
): Promise<Answer> {
  const isForm = params instanceof FormData;
  const timeout = timeoutMs ?? (isForm ? UPLOAD_TIMEOUT_MS : ANSWER_TIMEOUT_MS);
  try {
    const { type, body: sent } = isForm ? await multipart(params) : jsonBody(params);
    const { statusCode, body } = await request(`${bot.apiBase}/bot${bot.token}/${method}`, {
      method: "POST",
      headers: { "content-type": type },
      body: sent,
      headersTimeout: timeout,
      bodyTimeout: timeout,
    });
    return answerOf(statusCode, await body.text());
  } catch (error) {
    return unanswered(error);
  }
}

function jsonBody(params: object) {
  return { type: "application/json", body: JSON.stringify(params) };
}

/** Written by the platform: `request` of undici 7.30 was seen to hang on a form given as it is. */
async function multipart(form: FormData) {
  const written = new Response(form);
  return { type: written.headers.get("content-type") ?? "", body: Buffer.from(await written.arrayBuffer()) };
}

/** @param status of HTTP; @param text the body */
export function answerOf(status: number, text: string): Answer {
  const body = objectOf(jsonOf(text));
  const isSuccess = status >= 200 && status < 300;
  if (isSuccess && body?.ok === true) return { kind: "ok", result: body.result };
  if (isSuccess && body?.ok !== false) return { kind: "lost", reason: "an answer that is not the Bot API's" };
  return { kind: "refused", failure: failureOf(status, body) };
}

function failureOf(status: number, body: Json | null): ApiFailure {
  const parameters = objectOf(body?.parameters);
  const retryAfterS = integerOf(parameters?.retry_after);
  return {
    status,
    code: integerOf(body?.error_code) ?? status,
    description: wordsOf(body?.description)?.slice(0, 200) ?? `HTTP ${status}`,
    ...(retryAfterS !== null && retryAfterS >= 0 && { retryAfterS }),
    ...(integerOf(parameters?.migrate_to_chat_id) !== null && { hasMigrated: true }),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function unanswered(error: unknown): Answer {
  const code = codeOf(error);
  const syscall = objectOf(error)?.syscall;
  const isBefore =
    connectCodes.has(code) || syscall === "connect" || syscall === "getaddrinfo" || isTls(code);
  return { kind: isBefore ? "unreached" : "lost", reason: code };
}

/** A certificate that does not convince ends the connection before the first byte of the request. */
function isTls(code: string): boolean {
  return (
    code.startsWith("ERR_TLS_") ||
    code.startsWith("ERR_SSL_") ||
    code.includes("CERT") ||
    code.includes("SELF_SIGNED")
  );
}

/** The code only: an error's message may hold the address. */
function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return typeof code === "string" ? code : typeof name === "string" ? name : "unknown";
}
