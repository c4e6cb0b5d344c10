import { AppError, type ErrorCode } from "../errors.ts";

/** The body of every error, RFC 9457. `code` is the catalogue's, `type` points to its place in the reference. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  detail?: string;
  errors?: readonly { path: string; message: string }[];
  /** Stands in the node's log beside the cause; tell it to whoever runs the node. */
  requestId?: string;
}

export const PROBLEM_TYPE = "application/problem+json";

/** A rate limit was reached; `retryAfterSeconds` goes out as Retry-After. */
export class TooManyRequests extends AppError {
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super("too_many_requests", `Again in ${retryAfterSeconds} s.`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export function problemOf(error: AppError, requestId?: string): Problem {
  return {
    type: `/api#${error.code}`,
    title: error.text,
    status: error.status,
    code: error.code,
    ...(error.detail ? { detail: error.detail } : {}),
    ...(error.fields ? { errors: error.fields } : {}),
    ...(requestId ? { requestId } : {}),
  };
}

/** What Fastify, PostgreSQL and the network call their failures, in the catalogue's words. */
const KNOWN: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: "broken_json",
  FST_ERR_CTP_EMPTY_JSON_BODY: "broken_json",
  FST_ERR_CTP_BODY_TOO_LARGE: "too_large",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "unsupported_file",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "bad_request",
  FST_ERR_BAD_URL: "bad_request",
  /** unique_violation: somebody else was quicker */
  "23505": "conflict",
  /** query_canceled: our own time limit */
  "57014": "busy",
  /** admin_shutdown, crash_shutdown, cannot_connect_now, too_many_connections */
  "57P01": "busy",
  "57P02": "busy",
  "57P03": "busy",
  "53300": "busy",
};

/** Class 22: a value that no column can hold, e.g. a NUL character or an id beyond 64 bits. */
const DATA_EXCEPTION = /^22[0-9A-Z]{3}$/;
/** pg gives these no code. */
const NO_DATABASE = /^(timeout exceeded when trying to connect|Connection terminated)/;

/** @returns the error as the catalogue knows it; undefined for a fault of ours, which the caller logs */
export function knownError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  const { code, statusCode, message, syscall } = (error ?? {}) as Partial<NodeJS.ErrnoException> & {
    statusCode?: number;
  };
  const known =
    code === undefined ? undefined : (KNOWN[code] ?? (DATA_EXCEPTION.test(code) ? "bad_request" : undefined));
  if (known) return new AppError(known, code === "23505" ? "It exists already." : undefined);
  if (syscall === "connect" || NO_DATABASE.test(message ?? "")) return new AppError("busy");
  // secure-json-parse refuses "__proto__" with a plain SyntaxError.
  if (error instanceof SyntaxError && statusCode === 400) return new AppError("broken_json");
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return new AppError("bad_request");
  return undefined;
}
