import type { FetchFault } from "../../rules/feeds/health.ts";

/** A fetch that ended with a reason of our own. */
export class FetchError extends Error {
  readonly fault: FetchFault;
  readonly retryAfterMs: number | null;

  constructor(fault: FetchFault, retryAfterMs: number | null = null, cause?: unknown) {
    super(fault, { cause });
    this.fault = fault;
    this.retryAfterMs = retryAfterMs;
  }
}

const BY_CODE: Readonly<Record<string, FetchFault>> = {
  PRIVATE_ADDRESS: "private_address",
  ENOTFOUND: "no_such_host",
  EAI_AGAIN: "no_such_host",
  EAI_NODATA: "no_such_host",
  ECONNREFUSED: "unreachable",
  ECONNRESET: "unreachable",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  EPIPE: "unreachable",
  EPROTO: "certificate",
  ETIMEDOUT: "too_slow",
  ERR_INVALID_URL: "bad_address",
  ERR_STREAM_PREMATURE_CLOSE: "unreachable",
  UND_ERR_SOCKET: "unreachable",
  UND_ERR_CONNECT_TIMEOUT: "too_slow",
  UND_ERR_HEADERS_TIMEOUT: "too_slow",
  UND_ERR_BODY_TIMEOUT: "too_slow",
  UND_ERR_HEADERS_OVERFLOW: "too_large",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "broken_body",
};

/**
 * What an error says about the other side.
 * @param isTimeOver our own limit was reached, whatever error came of it
 * @returns null for an error of ours
 */
export function faultOf(error: unknown, isTimeOver: boolean): FetchFault | null {
  if (error instanceof FetchError) return error.fault;
  if (isTimeOver) return "too_slow";
  if (!(error instanceof Error)) return null;
  const code = codeOf(error);
  const known = BY_CODE[code];
  if (known) return known;
  if (/CERT|TLS|SSL|SELF_SIGNED|ALTNAME|ISSUER|UNABLE_TO_VERIFY/.test(code)) return "certificate";
  if (code.startsWith("Z_") || code.startsWith("ERR__ERROR") || code.startsWith("ERR_BROTLI"))
    return "broken_body";
  if (code.startsWith("HPE_")) return "http_error";
  // Several addresses were tried (happy eyeballs): the first one's reason.
  if (error instanceof AggregateError) return faultOf(error.errors[0], false);
  if (error.cause instanceof Error) return faultOf(error.cause, false);
  return null;
}

function codeOf(error: Error): string {
  const code: unknown = "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "";
}
