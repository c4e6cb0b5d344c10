import type { z } from "zod";

/** How this skill's adapters ask services outside: bounded in time and size, and what is wrong in one vocabulary. */

export interface OutsideRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  /** JSON, of POST */
  readonly body: string | null;
  readonly timeoutMs: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Every status is an answer; `failed` names why there is none. */
export type OutsideAnswer =
  | { readonly status: number; readonly body: string; readonly retryAfter: string | null }
  | { readonly failed: string };

/** The node's guarded door, bound in src/skills.ts. */
export interface Outside {
  /** Never throws for what the other side does. */
  ask(request: OutsideRequest): Promise<OutsideAnswer>;
  /** Has the operator named this host, so that it may be asked without encryption? */
  mayBePlain(url: URL): boolean;
}

export type ServiceFault =
  /** No answer in time. */
  | "too_slow"
  /** No connection, or the service itself has failed. */
  | "unreachable"
  | "wrong_key"
  /** Asked too often. */
  | "busy"
  /** It understood, and will not: too many places at once, or a place that it does not know. */
  | "refused"
  /** Something answers, but not in the documented form. */
  | "changed"
  /** No address that may be asked. */
  | "bad_address";

export interface Failed {
  readonly failed: ServiceFault;
  /** When to come again, as the other side says; null = not said. */
  readonly retryAfterMs: number | null;
}
export type Asked<T> = { readonly got: T } | Failed;

/** An address as its owner typed it: without the slash at its end. */
export function baseOf(address: string): string {
  return address.trim().replace(/\/+$/, "");
}

/**
 * Asks for JSON of one shape. Addresses of customers do not travel in the clear: plain http only where the operator has
 * named the host.
 */
export async function askJson<T>(
  outside: Outside,
  request: OutsideRequest,
  schema: z.ZodType<T>,
): Promise<Asked<T>> {
  if (!isSafe(request.url, outside)) return { failed: "bad_address", retryAfterMs: null };
  const answer = await outside.ask(request);
  if ("failed" in answer)
    return { failed: answer.failed === "too_slow" ? "too_slow" : "unreachable", retryAfterMs: null };
  const fault = faultOfStatus(answer.status);
  if (fault) return { failed: fault, retryAfterMs: secondsToMs(answer.retryAfter) };
  const json = parse(answer.body);
  const { success, data } = schema.safeParse(json);
  return success ? { got: data as T } : { failed: "changed", retryAfterMs: null };
}

function isSafe(address: string, { mayBePlain }: Outside): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === "https:" || (url.protocol === "http:" && mayBePlain(url));
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function faultOfStatus(status: number): ServiceFault | null {
  if (status >= 200 && status < 300) return null;
  if (status === 401 || status === 403) return "wrong_key";
  if (status === 429) return "busy";
  return status >= 500 ? "unreachable" : "refused";
}

/** Retry-After in seconds (RFC 9110, 10.2.3); a date is not read, the circuit's own pause holds then. */
function secondsToMs(header: string | null): number | null {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : null;
}
