import type { Act, Live, LiveMap, LiveWindow } from "./contract.ts";

/** Why a call brought nothing: the link is over, nobody answered, it came too late, or the node said no. */
export type Failure = "ended" | "offline" | "busy" | "gone" | "refused";

export class CallError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure);
    this.failure = failure;
  }
}

export interface Client {
  read(): Promise<Live>;
  map(): Promise<LiveMap>;
  windows(): Promise<LiveWindow[]>;
  act(what: Act): Promise<Live>;
}

const TIMEOUT_MS = 15_000;

/** @throws CallError from every call that brings nothing */
export function openClient(key: string): Client {
  async function ask<T>(path: string, body?: unknown): Promise<T> {
    const headers = new Headers({ authorization: `Delivery ${key}` });
    if (body !== undefined) headers.set("content-type", "application/json");
    let response: Response;
    try {
      response = await fetch(`/api/v1/delivery/live${path}`, {
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
    map: () => ask("/map"),
    windows: async () => (await ask<{ windows: LiveWindow[] }>("/windows")).windows,
    act: (what) => ask("/choices", what),
  };
}

function failureOf(status: number): Failure {
  if (status === 401) return "ended";
  if (status === 409) return "gone";
  return status === 429 || status >= 500 ? "busy" : "refused";
}
