import type { Contested, Erased, Grants, PortalData, PortalGrant } from "./contract.ts";
import type { Language } from "./words.ts";

/** Why a call brought nothing: the link is over, nobody answered, or the node said no. */
export type Failure = "ended" | "offline" | "busy" | "refused";

export class CallError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure);
    this.failure = failure;
  }
}

export interface Client {
  read(): Promise<PortalData>;
  switchGrant(grant: PortalGrant, on: boolean, language: Language): Promise<Grants>;
  withdrawAll(): Promise<Grants>;
  contest(decisionId: number, words: string): Promise<Contested>;
  erase(confirm: string): Promise<Erased>;
  extend(): Promise<{ expiresAt: string }>;
  leave(): Promise<unknown>;
  /** The file as the node made it. */
  download(kind: "json" | "html", language: Language): Promise<Blob>;
}

const TIMEOUT_MS = 20_000;

/** @throws CallError from every call that brings nothing */
export function openClient(key: string): Client {
  async function request(path: string, init: { method?: string; body?: unknown } = {}): Promise<Response> {
    const headers = new Headers({ authorization: `Portal ${key}` });
    if (init.body !== undefined) headers.set("content-type", "application/json");
    let response: Response;
    try {
      response = await fetch(`/me/${path}`, {
        method: init.method ?? "GET",
        headers,
        body: init.body === undefined ? null : JSON.stringify(init.body),
        credentials: "omit",
        cache: "no-store",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch {
      throw new CallError("offline");
    }
    if (!response.ok) throw new CallError(failureOf(response.status));
    return response;
  }
  const get = async <T>(path: string): Promise<T> => (await (await request(path)).json()) as T;
  const post = async <T>(path: string, body: unknown = {}): Promise<T> =>
    (await (await request(path, { method: "POST", body })).json()) as T;
  return {
    read: () => get("data"),
    switchGrant: ({ purpose, topic, channel }, on, language) =>
      post("grants", { purpose, topic, channelId: channel.id, on, language }),
    withdrawAll: () => post("withdraw-all"),
    contest: (id, words) => post(`decisions/${id}/contest`, { words }),
    erase: (confirm) => post("erase", { confirm }),
    extend: () => post("extend"),
    leave: () => post("leave"),
    download: async (kind, language) =>
      (await request(kind === "json" ? "export" : `export.html?lang=${language}`)).blob(),
  };
}

function failureOf(status: number): Failure {
  if (status === 401) return "ended";
  return status === 429 || status >= 500 ? "busy" : "refused";
}
