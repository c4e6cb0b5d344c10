import type { ProviderError, SendResult } from "#kernel";
import { type Answer, codeOf, wasWritten } from "./door.ts";
import { backOffMs, classOf, type ErrorClass, errorRules } from "./errors.ts";
import { type Fields, fieldsOf, idOf, isFields, listOf } from "./fields.ts";
import { errorOf } from "./provider-errors.ts";

/** What became of a send: the provider's answer, or the lack of one -> what the sender does next. */

const RETRY_AFTER_MAX_S = 3600;

/** @param attempt 1 for the first send of this message. */
export function outcomeOf(answer: Answer, attempt: number): SendResult {
  const body = bodyOf(answer.bytes);
  if (answer.status < 300) {
    const externalId = idOf(fieldsOf(listOf(body?.messages)[0]).id);
    if (externalId) return { outcome: "accepted", externalId };
    return { outcome: "uncertain", error: { code: 0, title: "accepted without an id" } };
  }
  if (isFields(body?.error)) {
    const error = errorOf(body.error);
    const name = classOf(error.code) ?? unknownClass(answer.status, body.error);
    return resultOf(name, error, { attempt, waitMs: retryAfterMs(answer) });
  }
  const error = { code: answer.status, title: `HTTP ${answer.status} without an error body` };
  const name = classOfStatus(answer.status);
  // A gateway may fail after Meta took the message: only its receipt can tell.
  return name === null
    ? { outcome: "uncertain", error }
    : resultOf(name, error, { attempt, waitMs: retryAfterMs(answer) });
}

/** @param error what the door threw. */
export function outcomeOfFailure(error: unknown, attempt: number): SendResult {
  const code = codeOf(error);
  const seen: ProviderError = { code: 0, title: `no answer: ${code}` };
  // a token or an address that makes no valid request
  if (code === "UND_ERR_INVALID_ARG" || code === "ERR_INVALID_URL")
    return { outcome: "failed", error: seen, action: "red" };
  if (wasWritten(error)) return { outcome: "uncertain", error: seen };
  const { retry } = errorRules.throttle;
  return { outcome: "retry", afterMs: retry ? backOffMs(retry, attempt) : 0, scope: "account", error: seen };
}

function resultOf(
  name: ErrorClass,
  error: ProviderError,
  when: { attempt: number; waitMs: number },
): SendResult {
  const { retry, action } = errorRules[name];
  if (!retry || when.attempt >= retry.tries) return { outcome: "failed", error, action };
  return {
    outcome: "retry",
    afterMs: Math.max(when.waitMs, backOffMs(retry, when.attempt)),
    scope: retry.scope,
    error,
  };
}

/** A code that nobody documented: the status and Meta's own flag decide. */
function unknownClass(status: number, error: Fields): ErrorClass {
  if (status === 429 || status === 503) return "throttle";
  if (error.is_transient === true || status >= 500) return "transient";
  return status === 401 ? "account" : "request";
}

/** @returns null when it is unknown whether the message was taken. */
function classOfStatus(status: number): ErrorClass | null {
  if (status === 429 || status === 503) return "throttle";
  if (status >= 500 || status === 408) return null;
  return status === 401 || status === 403 ? "account" : "request";
}

function retryAfterMs(answer: Answer): number {
  const seconds = Number(answer.headers["retry-after"] ?? 0);
  return Number.isFinite(seconds) ? Math.min(RETRY_AFTER_MAX_S, Math.max(0, seconds)) * 1000 : 0;
}

/** @returns null when the answer is no JSON object. */
export function bodyOf(bytes: Buffer): Fields | null {
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}
