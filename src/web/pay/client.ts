import type { Pay, Provider, Receipt } from "./contract.ts";

/** Why a call brought nothing: the link is over, nobody answered, the service did not, or the node said no. */
export type Failure = "ended" | "offline" | "busy" | "service" | "refused";

export class CallError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure);
    this.failure = failure;
  }
}

export interface Client {
  read(): Promise<Pay>;
  receipt(): Promise<Receipt>;
  /** @returns the service's page */
  checkout(provider: Provider): Promise<string>;
}

/** A service is asked on the way. */
const TIMEOUT_MS = 20_000;

/** @throws CallError from every call that brings nothing */
export function openClient(key: string): Client {
  async function ask<T>(path: string, body?: unknown): Promise<T> {
    const headers = new Headers({ authorization: `Pay ${key}` });
    if (body !== undefined) headers.set("content-type", "application/json");
    let response: Response;
    try {
      response = await fetch(`/api/v1/pay/page${path}`, {
        method: body === undefined ? "GET" : "POST",
        headers,
        body: body === undefined ? null : JSON.stringify(body),
        credentials: "omit",
        cache: "no-store",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch {
      throw new CallError("offline");
    }
    if (!response.ok) throw new CallError(failureOf(response.status));
    return (await response.json()) as T;
  }
  return {
    read: () => ask(""),
    receipt: () => ask("/receipt"),
    checkout: async (provider) => (await ask<{ url: string }>("/checkout", { provider })).url,
  };
}

function failureOf(status: number): Failure {
  if (status === 401) return "ended";
  if (status === 502) return "service";
  return status === 429 || status >= 500 ? "busy" : "refused";
}
