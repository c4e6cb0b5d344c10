import type { History, SeenStatus, SendBody, Settings, UploadReply } from "../../contract.ts";
import { asFailure, Failure, failureOf } from "./failure.ts";

/** A request that takes longer counts as no connection. */
const REQUEST_LIMIT_MS = 20_000;
const UPLOAD_LIMIT_MS = 120_000;

export interface VisitorClient {
  settings(): Promise<Settings>;
  history(visitor: string): Promise<History>;
  send(visitor: string, body: SendBody): Promise<void>;
  seen(visitor: string, ids: string[], status: SeenStatus): Promise<void>;
  typing(visitor: string): Promise<void>;
  /** @returns the stored file's id. */
  upload(visitor: string, file: File): Promise<UploadReply>;
  /** The live stream's response; the caller reads and ends it. */
  stream(visitor: string, lastEventId: string, signal: AbortSignal): Promise<Response>;
  /** Address of a file or picture of the node. */
  address(path: string): string;
}

/**
 * Speaks the visitor's contract. The visitor's key goes in the Authorization header only, never in an address,
 * and never are cookies sent.
 * @throws Failure from every method, nothing else.
 */
export function visitorClient(base: string, key: string): VisitorClient {
  const root = `${base}web/${encodeURIComponent(key)}`;

  async function ask(
    path: string,
    init: RequestInit & { visitor?: string; limit_ms?: number } = {},
  ): Promise<Response> {
    const { visitor, limit_ms, ...rest } = init;
    const headers = new Headers(rest.headers);
    if (visitor) headers.set("authorization", `Visitor ${visitor}`);
    const signal = rest.signal ?? AbortSignal.timeout(limit_ms ?? REQUEST_LIMIT_MS);
    try {
      const response = await fetch(root + path, {
        cache: "no-store",
        ...rest,
        headers,
        signal,
        credentials: "omit",
      });
      if (!response.ok) throw failureOf(response);
      return response;
    } catch (cause) {
      throw asFailure(cause);
    }
  }

  async function read<Reply>(response: Response): Promise<Reply> {
    try {
      return (await response.json()) as Reply;
    } catch {
      throw new Failure("server", String(response.status));
    }
  }

  async function post(path: string, visitor: string, body: object): Promise<void> {
    await ask(path, {
      method: "POST",
      visitor,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  }

  return {
    settings: async () => read<Settings>(await ask("/settings", { cache: "default" })),
    history: async (visitor) => read<History>(await ask("/messages", { visitor })),
    send: (visitor, body) => post("/messages", visitor, body),
    seen: (visitor, ids, status) => post("/seen", visitor, { ids, status }),
    typing: (visitor) => post("/typing", visitor, {}),
    upload: async (visitor, file) => {
      const headers = { "content-type": file.type || "application/octet-stream" };
      const name = encodeURIComponent(file.name.slice(-150));
      const init = { method: "POST", visitor, headers, body: file, limit_ms: UPLOAD_LIMIT_MS };
      return read<UploadReply>(await ask(`/files?name=${name}`, init));
    },
    stream: (visitor, lastEventId, signal) =>
      ask("/stream", {
        visitor,
        signal,
        headers: { accept: "text/event-stream", "last-event-id": lastEventId },
      }),
    address: (path) => new URL(path, base).href,
  };
}
