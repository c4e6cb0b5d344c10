/** Why a request came back without a result. */
export type FailureKind = "network" | "rateLimited" | "server" | "refused" | "tooBig" | "rejected";

/** A failed request. `network`, `rateLimited` and `server` pass by themselves, the others do not. */
export class Failure extends Error {
  readonly kind: FailureKind;
  /** When the server asked us to wait. */
  readonly retryAfter_s: number | null;
  /** What support needs to find it again, e.g. "429 · 18:07". */
  readonly reference: string;

  constructor(kind: FailureKind, reference: string, retryAfter_s: number | null = null) {
    super(`${kind} ${reference}`);
    this.kind = kind;
    this.reference = reference;
    this.retryAfter_s = retryAfter_s;
  }

  get isPassing(): boolean {
    return this.kind === "network" || this.kind === "rateLimited" || this.kind === "server";
  }
}

const BY_STATUS: Record<number, FailureKind> = {
  401: "refused",
  403: "refused",
  404: "refused",
  408: "server",
  413: "tooBig",
  429: "rateLimited",
};

const MOST_WAIT_S = 600;

export function failureOf(response: Response): Failure {
  const kind = BY_STATUS[response.status] ?? (response.status >= 500 ? "server" : "rejected");
  const seconds = Number(response.headers.get("retry-after"));
  const wait_s = Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, MOST_WAIT_S) : null;
  return new Failure(kind, String(response.status), wait_s);
}

/** Anything thrown while talking to the node, as a Failure. */
export function asFailure(cause: unknown): Failure {
  return cause instanceof Failure ? cause : new Failure("network", "0");
}
