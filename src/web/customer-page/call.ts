/** Why a call brought nothing: the link is over, nobody answered, the node is busy, or it said no. */
export type Failure = "ended" | "offline" | "busy" | "refused";

export class CallError extends Error {
  readonly failure: Failure;
  /** As the node answered; 0 = not at all. */
  readonly status: number;

  constructor(failure: Failure, status = 0) {
    super(failure);
    this.failure = failure;
    this.status = status;
  }
}

interface Way {
  /** Where all calls of the page begin. */
  base: string;
  /** "Pay 1.0a…": the scheme of the page and the key of its link. */
  authorization: string;
  timeout_ms: number;
}

interface Asked {
  /** POST with it; without it GET. */
  body?: unknown;
  timeout_ms?: number;
}

export interface Caller {
  json<T>(path: string, asked?: Asked): Promise<T>;
  blob(path: string): Promise<Blob>;
}

/** Calls with a link's key and without cookies. @throws CallError from every call that brings nothing */
export function openCaller({ base, authorization, timeout_ms }: Way): Caller {
  async function call<T>(path: string, asked: Asked, read: (response: Response) => Promise<T>): Promise<T> {
    const { body } = asked;
    const headers = new Headers({ authorization });
    if (body !== undefined) headers.set("content-type", "application/json");
    let response: Response;
    try {
      response = await fetch(base + path, {
        method: body === undefined ? "GET" : "POST",
        headers,
        body: body === undefined ? null : JSON.stringify(body),
        credentials: "omit",
        cache: "no-store",
        signal: AbortSignal.timeout(asked.timeout_ms ?? timeout_ms),
      });
      if (response.ok) return await read(response);
    } catch {
      // A broken connection, a time limit, or a captive portal's page instead of JSON.
      throw new CallError("offline");
    }
    throw new CallError(failureOf(response.status), response.status);
  }
  return {
    json: (path, asked = {}) => call(path, asked, (response) => response.json()),
    blob: (path) => call(path, {}, (response) => response.blob()),
  };
}

function failureOf(status: number): Failure {
  if (status === 401) return "ended";
  return status === 408 || status === 429 || status >= 500 ? "busy" : "refused";
}
