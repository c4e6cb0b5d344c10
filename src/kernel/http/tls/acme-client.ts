import { request } from "undici";
import { z } from "zod";
import { AcmeError, acmeError } from "./acme-error.ts";
import { type AccountKey, signRequest } from "./jws.ts";

/** One session with a certificate authority: directory, nonces, signed requests (RFC 8555 6 and 7.1 to 7.3). */

const TIMEOUT_MS = 20_000;
const BODY_CHARACTERS = 200_000;
/** A nonce may have run out between two requests (RFC 8555 6.5); more than this is a fault. */
const NONCE_TRIES = 4;

const directorySchema = z.object({ newNonce: z.url(), newAccount: z.url(), newOrder: z.url() });
export type Directory = z.output<typeof directorySchema>;

export interface Answer {
  body: string;
  location: string | null;
  /** ms to wait before asking again; null = not said */
  retryAfterMs: number | null;
}

export interface AcmeSession {
  directory: Directory;
  /** The account's address once it is known. */
  kid: string | undefined;
  /** @param payload null = only read @throws AcmeError */
  post(url: string, payload: unknown): Promise<Answer>;
}

interface Raw {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** @param address the authority's directory @throws AcmeError */
export async function openAcme(address: string, key: AccountKey): Promise<AcmeSession> {
  const found = await ask("GET", address);
  const read = directorySchema.safeParse(jsonOf(found.body));
  if (!read.success)
    throw new AcmeError(
      "unreachable",
      `${address} is no directory of a certificate authority: correct ACME_DIRECTORY.`,
    );
  const directory = read.data;
  let nonce: string | undefined;
  const session: AcmeSession = {
    directory,
    kid: undefined,
    async post(url, payload) {
      for (let n = 1; ; n++) {
        nonce ??= header(await ask("HEAD", directory.newNonce), "replay-nonce") ?? "";
        const kid = session.kid ? { kid: session.kid } : {};
        const body = JSON.stringify(signRequest(key, { url, nonce, ...kid }, payload));
        const answer = await ask("POST", url, body);
        nonce = header(answer, "replay-nonce");
        if (answer.status < 400) return answerOf(answer);
        const error = acmeError(jsonOf(answer.body), answer.status);
        if (error.type !== "badNonce" || n === NONCE_TRIES) throw error;
      }
    },
  };
  return session;
}

async function ask(method: "GET" | "HEAD" | "POST", url: string, body?: string): Promise<Raw> {
  try {
    const answer = await request(url, {
      method,
      body: body ?? null,
      headers: { "user-agent": "augenhoehe", ...(body ? { "content-type": "application/jose+json" } : {}) },
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    });
    const text = await answer.body.text();
    return { status: answer.statusCode, headers: answer.headers, body: text.slice(0, BODY_CHARACTERS) };
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    throw new AcmeError(
      "unreachable",
      `The certificate authority at ${new URL(url).host} was not reached (${code ?? message}): check the connection to the internet; the next try is made by itself.`,
    );
  }
}

function answerOf(answer: Raw): Answer {
  const seconds = Number(header(answer, "retry-after"));
  return {
    body: answer.body,
    location: header(answer, "location") ?? null,
    retryAfterMs: Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : null,
  };
}

function header({ headers }: Raw, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
