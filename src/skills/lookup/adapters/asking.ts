import type { z } from "zod";
import type { Fault, Kind, LookupRecord } from "../api/record.ts";
import type { Outside, RegisterAnswer, RegisterRequest } from "../ports.ts";
import { isWorthRetrying, retryAfterMs } from "../rules/breaker.ts";
import { ASK_TIMEOUT_MS } from "../rules/limits.ts";
import type { Question } from "../rules/record.ts";

/** How the adapters ask: with a time limit, once more where that may help, and with what is wrong in one vocabulary. */

export interface Failed {
  readonly failed: Fault;
  /** When to come again, as the other side says; null = not said. */
  readonly retryAfterMs: number | null;
}
export type Answered<T> = { readonly got: T } | Failed;

export interface Connection {
  readonly id: number;
  readonly name: string;
  readonly address: string;
  /** The keys, by the names that the adapter gives them. */
  readonly keys: Readonly<Record<string, string>>;
  readonly prefix: string;
}

export interface Reach {
  readonly tenantId: number;
  readonly connection: Connection;
  readonly outside: Outside;
  readonly now: () => number;
  readonly timeZone: string;
  /** Rows of the connection's file; of one that is no file, none. */
  readonly rows: (question: Question) => Promise<readonly LookupRecord[]>;
}

/** One kind of shop or register. */
export interface Register {
  /** What it can know. */
  readonly kinds: readonly Kind[];
  /** Names of the keys it wants; empty for a file. */
  readonly keys: readonly string[];
  /** @returns what it found for this question: none, one, or several; the caller looks whether they are what was asked for */
  find(reach: Reach, question: Question): Promise<Answered<readonly LookupRecord[]>>;
  /** Asks for something small, to see whether address, keys and permissions are right. */
  test(reach: Reach): Promise<Answered<null>>;
}

/** An address as its owner typed it: without the slash at its end. */
export function baseOf(address: string): string {
  return address.trim().replace(/\/+$/, "");
}

type Request = Omit<RegisterRequest, "timeoutMs" | "body"> & { body?: unknown };

/**
 * Asks for JSON of one shape.
 * @param statusFault what a status means where this shop means something of its own by it
 */
export async function askJson<T>(
  { outside, now }: Pick<Reach, "outside" | "now">,
  request: Request,
  expected: {
    schema: z.ZodType<T>;
    statusFault?: (status: number, body: string) => Fault | null | undefined;
  },
): Promise<Answered<T>> {
  const body =
    request.body === undefined
      ? null
      : typeof request.body === "string"
        ? request.body
        : JSON.stringify(request.body);
  const send = { ...request, body, timeoutMs: ASK_TIMEOUT_MS };
  // Also of a connection that was made when this was not asked: keys and orders do not travel in the clear.
  if (!isSafe(request.url, outside)) return { failed: "bad_address", retryAfterMs: null };
  const first = await outside.ask(send);
  const fault = faultOf(first, expected.statusFault);
  // Everything that is asked here only reads, so once more does no harm.
  const answer = fault && isWorthRetrying(fault) ? await outside.ask(send) : first;
  return read(answer, expected, now());
}

/** Is this address encrypted, or named by the operator? */
export function isSafe(address: string, { mayBePlain }: Pick<Outside, "mayBePlain">): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === "https:" || (url.protocol === "http:" && mayBePlain(url));
}

function read<T>(
  answer: RegisterAnswer,
  expected: Parameters<typeof askJson<T>>[2],
  now: number,
): Answered<T> {
  const fault = faultOf(answer, expected.statusFault);
  if (fault) {
    const header = "failed" in answer ? null : answer.retryAfter;
    return { failed: fault, retryAfterMs: retryAfterMs(header, now) };
  }
  if ("failed" in answer) return { failed: "unreachable", retryAfterMs: null };
  const json = parse(answer.body);
  // A page in place of data: there is something at this address, but no shop.
  if (json === undefined) return { failed: "not_a_shop", retryAfterMs: null };
  const { success, data } = expected.schema.safeParse(json);
  return success ? { got: data as T } : { failed: "changed", retryAfterMs: null };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** What the guarded door says, in our words. */
const DOOR: Readonly<Record<string, Fault>> = {
  too_slow: "too_slow",
  no_such_host: "no_such_host",
  certificate: "certificate",
  private_address: "private_address",
  bad_address: "bad_address",
  bad_redirect: "not_a_shop",
  too_many_redirects: "not_a_shop",
  redirect_loop: "not_a_shop",
  too_large: "changed",
  broken_body: "changed",
  http_error: "not_a_shop",
};

/** @param own undefined where the usual meaning holds, null where the status is an answer */
function faultOf(
  answer: RegisterAnswer,
  own?: (status: number, body: string) => Fault | null | undefined,
): Fault | null {
  if ("failed" in answer) return DOOR[answer.failed] ?? "unreachable";
  const { status, body } = answer;
  const said = own?.(status, body);
  if (said !== undefined) return said;
  if (status >= 200 && status < 300) return null;
  if (status === 401) return "wrong_key";
  if (status === 403) return "no_permission";
  if (status === 429) return "rate_limited";
  return status >= 500 ? "server_error" : "not_a_shop";
}
