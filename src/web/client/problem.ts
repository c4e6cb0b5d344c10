/** An answer of the node that says no: RFC 9457 problem+json with a stable code of the error catalogue. */
export class Problem extends Error {
  readonly status: number;
  /** e.g. "conflict"; see the kernel's error catalogue. */
  readonly code: string;
  readonly detail: string | null;
  readonly fields: readonly { path: string; message: string }[];
  /** What to tell the people who run the node. */
  readonly reference: string | null;

  constructor(status: number, body: ProblemBody) {
    super(body.title ?? `HTTP ${status}`);
    this.status = status;
    this.code = codeOf(status, body);
    this.detail = body.detail ?? null;
    this.fields = body.errors ?? [];
    this.reference = body.requestId ?? body.instance ?? null;
  }

  /** Would the same call work later, without a change by the person? */
  get isPassing(): boolean {
    return this.status >= 500 || this.status === 429;
  }
}

/** No answer came: no network, the node stands still, or something between. Nothing is known about the call. */
export class NoContact extends Error {
  constructor() {
    super("no answer");
  }
}

interface ProblemBody {
  type?: string;
  title?: string;
  code?: string;
  detail?: string;
  instance?: string;
  requestId?: string;
  errors?: { path: string; message: string }[];
}

const codeByStatus: Record<number, string> = {
  400: "bad_request",
  401: "not_signed_in",
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  413: "too_large",
  415: "unsupported_file",
  422: "rule_broken",
  429: "too_many_requests",
  502: "provider_unavailable",
  503: "busy",
};

function codeOf(status: number, body: ProblemBody): string {
  return body.code ?? body.type?.split(/[/:#]/).pop() ?? codeByStatus[status] ?? "internal";
}

export async function problemFrom(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => ({}));
  return new Problem(response.status, typeof body === "object" && body !== null ? (body as ProblemBody) : {});
}
