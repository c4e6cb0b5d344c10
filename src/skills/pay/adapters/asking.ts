import { type Ask, ProviderFault } from "../ports.ts";

/** Services answer in well under a second; a customer waits for it. */
const TIMEOUT_MS = 10_000;

export interface Call {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly body?: string;
  readonly key?: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** @returns the answer's JSON; null for 404 @throws ProviderFault */
export async function askJson(ask: Ask, call: Call): Promise<Record<string, unknown> | null> {
  const { method, url, body = null, key, headers } = call;
  const answer = await ask({
    method,
    url,
    body,
    timeoutMs: TIMEOUT_MS,
    headers,
    ...(key !== undefined && { key }),
  });
  if ("failed" in answer) throw new ProviderFault("unreachable");
  const { status } = answer;
  if (status === 401 || status === 403) throw new ProviderFault("bad_key");
  if (status === 404) return null;
  // 409: the first call with this key is still under way.
  if (status === 409 || status === 429 || status >= 500) throw new ProviderFault("busy");
  if (status >= 400) throw new ProviderFault("refused");
  return objectOf(parsed(answer.body));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProviderFault("strange_answer");
  }
}

/** @throws ProviderFault when it is no object */
export function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new ProviderFault("strange_answer");
  return value as Record<string, unknown>;
}

export const wordOf = (value: unknown): string => (typeof value === "string" ? value : "");
