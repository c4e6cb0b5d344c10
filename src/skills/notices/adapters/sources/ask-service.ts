import { isUtf8 } from "node:buffer";
import type { Dispatcher } from "undici";
import { FetchError, faultOf } from "./fetch-faults.ts";
import {
  checkedUrl,
  collect,
  type FetcherParts,
  follow,
  type GuardedDoor,
  openGuardedDoor,
  unpacked,
} from "./fetch-source.ts";

/** Asks a company's own HTTP service through the same guarded door as sources, and believes it as little. */

export interface ServiceAsking {
  readonly method: "GET" | "POST";
  readonly url: string;
  /** JSON, of POST */
  readonly body: string | null;
  /** From the first byte asked for to the last one read. */
  readonly timeoutMs: number;
  /** The same for every try of one call, so that the service can do it once. */
  readonly key?: string;
  /** Tells the service who asks. */
  readonly signature?: string;
  /** What else this service wants to hear, such as its key. With them no redirect is followed. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Every status is an answer; `failed` names why there is none. */
export type ServiceAnswered =
  | { readonly status: number; readonly body: string; readonly retryAfter: string | null }
  | { readonly failed: string };

const MAX_BYTES = 256 * 1024;
const AGENT_NAME = "Augenhoehe/1 (flow of the company)";

export interface ServiceAsker {
  /** Never throws for what the other side does. */
  ask(asking: ServiceAsking): Promise<ServiceAnswered>;
  /** Has the operator named this host? */
  isAllowed(url: URL): boolean;
  close(): Promise<void>;
}

export function openAsker(parts: FetcherParts = {}): ServiceAsker {
  const door = openGuardedDoor(parts);
  return {
    async ask(asking) {
      const time = AbortSignal.timeout(asking.timeoutMs);
      try {
        const answer = await reach(asking, { door, time });
        const limits = { total_ms: asking.timeoutMs, maxBytes: MAX_BYTES };
        if (Number(answer.headers["content-length"] ?? 0) > MAX_BYTES) {
          answer.body.on("error", () => {}).destroy();
          throw new FetchError("too_large");
        }
        const bytes = await unpacked(answer, { limits, time, sink: collect });
        if (!isUtf8(bytes)) throw new FetchError("broken_body");
        const retryAfter = answer.headers["retry-after"];
        return {
          status: answer.statusCode,
          body: bytes.toString("utf8"),
          retryAfter: typeof retryAfter === "string" ? retryAfter : null,
        };
      } catch (error) {
        const fault = faultOf(error, time.aborted);
        if (fault === null) throw error;
        return { failed: fault };
      }
    },
    isAllowed: door.isAllowed,
    close: door.close,
  };
}

function headersOf({ key, body, signature, headers }: ServiceAsking): Record<string, string> {
  return {
    "user-agent": AGENT_NAME,
    accept: "application/json",
    "accept-encoding": "gzip, deflate, br",
    ...(key !== undefined && { "idempotency-key": key }),
    ...(signature !== undefined && { "x-augenhoehe-signature": signature }),
    ...(body !== null && { "content-type": "application/json" }),
    ...headers,
  };
}

/** What was posted is not posted again elsewhere, and keys are not shown elsewhere: such a redirect is refused. @throws FetchError */
async function reach(
  asking: ServiceAsking,
  { door, time }: { door: GuardedDoor; time: AbortSignal },
): Promise<Dispatcher.ResponseData> {
  const headers = headersOf(asking);
  if (asking.method === "GET" && !asking.headers) return follow(asking.url, { ...door, time, headers });
  const url = checkedUrl(asking.url, door.isAllowed);
  const answer = await door.agentOf(url).request({
    origin: url.origin,
    path: url.pathname + url.search,
    method: asking.method,
    headers,
    body: asking.body,
    signal: time,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  if (answer.statusCode < 301 || answer.statusCode > 308 || answer.statusCode === 304) return answer;
  answer.body.on("error", () => {}).destroy();
  throw new FetchError("bad_redirect");
}
