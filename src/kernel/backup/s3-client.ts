import { setTimeout as sleep } from "node:timers/promises";
import { type Dispatcher, request } from "undici";
import { BackupFault } from "./fault.ts";
import { canonicalQuery, encodePath, type S3Credentials, sha256, signRequest } from "./sigv4.ts";

/** Requests to an S3-compatible store: signed, tried again when the store is busy or away. */
export interface S3Target extends S3Credentials {
  /** e.g. https://s3.eu-central-1.amazonaws.com; the bucket goes into the path, as all stores take it. */
  endpoint: string;
  bucket: string;
}

export interface S3Call {
  method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  /** Within the bucket; "" = the bucket itself. */
  key: string;
  query?: Readonly<Record<string, string>>;
  body?: Buffer;
}

export interface S3Client {
  /** @throws BackupFault with what the store said */
  call(call: S3Call): Promise<Dispatcher.ResponseData>;
  text(call: S3Call): Promise<string>;
}

const TRIES = 6;
const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 20_000;
const HEADERS_MS = 60_000;
const ERROR_LETTERS = 4_000;
/** The store asks for patience, or something between us broke; S3's documentation says to try again, more slowly each time. */
const isPassing = (status: number): boolean => status === 429 || status >= 500;

export function s3Client(target: S3Target, parts: { now: () => number }): S3Client {
  const url = new URL(target.endpoint);
  const base = url.pathname.replace(/\/$/, "");
  async function once({ method, key, query = {}, body }: S3Call): Promise<Dispatcher.ResponseData> {
    const path = encodePath(`${base}/${target.bucket}${key === "" ? "" : `/${key}`}`);
    const headers = signRequest(
      {
        method,
        path,
        query,
        headers: { host: url.host },
        payloadHash: sha256(body ?? ""),
      },
      target,
      new Date(parts.now()),
    );
    const search = canonicalQuery(query);
    return request(`${url.origin}${path}${search ? `?${search}` : ""}`, {
      method,
      headers: { ...headers, ...(body ? { "content-length": String(body.length) } : {}) },
      body: body ?? null,
      headersTimeout: HEADERS_MS,
      bodyTimeout: HEADERS_MS,
    });
  }
  async function call(wanted: S3Call): Promise<Dispatcher.ResponseData> {
    let fault: Error = new Error("no answer");
    for (let attempt = 0; attempt < TRIES; attempt++) {
      if (attempt > 0) await sleep(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1)));
      let response: Dispatcher.ResponseData;
      try {
        response = await once(wanted);
      } catch (error) {
        fault = error as Error;
        continue;
      }
      if (response.statusCode < 300) return response;
      const text = (await response.body.text()).slice(0, ERROR_LETTERS);
      fault = refusal(target, response.statusCode, text);
      if (!isPassing(response.statusCode)) throw fault;
    }
    throw fault instanceof BackupFault
      ? fault
      : new BackupFault(
          "refused",
          `${url.host} cannot be reached (${fault.message}): check AWS_ENDPOINT_URL and the network.`,
        );
  }
  return { call, text: async (wanted) => (await call(wanted)).body.text() };
}

/** S3 says what is wrong in XML: <Error><Code>AccessDenied</Code><Message>...</Message></Error>. */
function refusal(target: S3Target, status: number, text: string): BackupFault {
  const code = xmlValue(text, "Code") ?? `status ${status}`;
  const remedy: Record<string, string> = {
    AccessDenied: "the key may not do this: allow it to list, read, write and delete in the bucket",
    InvalidAccessKeyId: "check AWS_ACCESS_KEY_ID",
    SignatureDoesNotMatch: "check AWS_SECRET_ACCESS_KEY and AWS_REGION",
    RequestTimeTooSkewed: "this machine's clock is wrong: switch NTP on",
    NoSuchBucket: "make the bucket, or name another one",
    PermanentRedirect: "the bucket is in another region: set AWS_REGION and AWS_ENDPOINT_URL",
  };
  const kind = status === 404 && code !== "NoSuchBucket" ? "no-backup" : "refused";
  return new BackupFault(
    kind,
    `The bucket ${target.bucket} refused (${code}): ${remedy[code] ?? (xmlValue(text, "Message") || "see the store's documentation")}. Nothing was changed.`,
  );
}

/** First value of an element; the store's answers are flat and machine-made. */
export function xmlValue(text: string, name: string): string | undefined {
  const raw = new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1];
  return raw
    ?.replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");
}
