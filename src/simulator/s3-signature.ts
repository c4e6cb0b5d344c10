import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Ask } from "./http.ts";

/**
 * How a store checks AWS Signature Version 4, step by step after Amazon's documentation ("Signature Calculations for the
 * Authorization Header"). Written apart from the client that it checks.
 */
export interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
}

export interface Refusal {
  status: number;
  code: string;
  message: string;
}

const SKEW_MAX_MS = 15 * 60_000;
const HEADER =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;

const refuse = (status: number, code: string, message: string): Refusal => ({ status, code, message });

/** @returns null when the request is signed as it must be */
export function checkSignature(ask: Ask, keys: Keys, nowMs: number): Refusal | null {
  const found = HEADER.exec(ask.headers.authorization ?? "");
  if (!found) return refuse(403, "AccessDenied", "Access Denied");
  const [, id, day = "", region = "", signedNames = "", signature = ""] = found;
  if (id !== keys.accessKeyId)
    return refuse(
      403,
      "InvalidAccessKeyId",
      "The AWS Access Key Id you provided does not exist in our records.",
    );
  const stamp = header(ask, "x-amz-date");
  const at = Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  if (!(Math.abs(at - nowMs) <= SKEW_MAX_MS) || !stamp.startsWith(day))
    return refuse(
      403,
      "RequestTimeTooSkewed",
      "The difference between the request time and the current time is too large.",
    );
  if (region !== keys.region)
    return refuse(
      400,
      "AuthorizationHeaderMalformed",
      `the region '${region}' is wrong; expecting '${keys.region}'`,
    );
  const payload = header(ask, "x-amz-content-sha256");
  if (payload !== createHash("sha256").update(ask.body).digest("hex"))
    return refuse(
      400,
      "XAmzContentSHA256Mismatch",
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  const names = signedNames.split(";");
  const mustSign = ["host", ...Object.keys(ask.headers).filter((name) => name.startsWith("x-amz-"))];
  if (mustSign.some((name) => !names.includes(name)) || names.join() !== [...names].sort().join())
    return refuse(403, "AccessDenied", "There were headers present in the request which were not signed");
  const expected = signatureOf(ask, { names, payload, stamp, day, keys });
  return timingSafeEqual(Buffer.from(expected), Buffer.from(signature))
    ? null
    : refuse(
        403,
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided.",
      );
}

function header(ask: Ask, name: string): string {
  const value = ask.headers[name];
  return Array.isArray(value) ? value.join(",") : (value ?? "");
}

/** Every byte but A-Z a-z 0-9 - . _ ~ as %XX in capitals. */
function uriEncode(text: string): string {
  let encoded = "";
  for (const byte of Buffer.from(text, "utf8")) {
    const letter = String.fromCharCode(byte);
    encoded += /[A-Za-z0-9._~-]/.test(letter)
      ? letter
      : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return encoded;
}

function signatureOf(
  ask: Ask,
  parts: { names: readonly string[]; payload: string; stamp: string; day: string; keys: Keys },
): string {
  const { names, payload, stamp, day, keys } = parts;
  const path = ask.path.split("/").map(decodeURIComponent).map(uriEncode).join("/");
  const query = [...ask.query].map(([name, value]) => `${uriEncode(name)}=${uriEncode(value)}`).sort();
  const lines = names.map((name) => `${name}:${header(ask, name).trim().replace(/ +/g, " ")}\n`);
  const canonical = `${ask.method}\n${path}\n${query.join("&")}\n${lines.join("")}\n${names.join(";")}\n${payload}`;
  const scope = [day, keys.region, "s3", "aws4_request"].join("/");
  const toSign = `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${createHash("sha256").update(canonical).digest("hex")}`;
  let key: Buffer = Buffer.from(`AWS4${keys.secretAccessKey}`);
  for (const step of [day, keys.region, "s3", "aws4_request"])
    key = createHmac("sha256", key).update(step).digest();
  return createHmac("sha256", key).update(toSign).digest("hex");
}
