import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from "node:crypto";

/** The certificates' side of an authority: reads requests (RFC 2986) and signs certificates (RFC 5280). */

interface Node {
  tag: number;
  /** With tag and length. */
  whole: Buffer;
  value: Buffer;
}

/** @throws Error when the bytes are no DER */
function readNode(bytes: Buffer, at = 0): Node {
  const tag = bytes.readUInt8(at);
  const first = bytes.readUInt8(at + 1);
  const extra = first < 0x80 ? 0 : first & 0x7f;
  const length = extra === 0 ? first : bytes.readUIntBE(at + 2, extra);
  const start = at + 2 + extra;
  if (start + length > bytes.length) throw new Error("DER ends too early");
  return { tag, whole: bytes.subarray(at, start + length), value: bytes.subarray(start, start + length) };
}

function children({ value }: Node): Node[] {
  const found: Node[] = [];
  for (let at = 0; at < value.length; ) {
    const node = readNode(value, at);
    found.push(node);
    at += node.whole.length;
  }
  return found;
}

function child(node: Node, ...path: number[]): Node {
  let here = node;
  for (const n of path) {
    const next = children(here)[n];
    if (!next) throw new Error("DER lacks a part");
    here = next;
  }
  return here;
}

const EXTENSION_REQUEST = "2a864886f70d01090e";
const SUBJECT_ALT_NAME = "551d11";

export interface Request {
  names: string[];
  /** SubjectPublicKeyInfo, DER */
  publicKey: Buffer;
}

/** @throws Error when it is malformed or not signed by its own key */
export function readRequest(bytes: Buffer): Request {
  const root = readNode(bytes);
  if (root.whole.length !== bytes.length) throw new Error("bytes behind the request");
  const [info, , signature] = children(root);
  if (!info || !signature) throw new Error("DER lacks a part");
  const publicKey = child(info, 2).whole;
  const key = createPublicKey({ key: publicKey, type: "spki", format: "der" });
  if (!verify("sha256", info.whole, key, signature.value.subarray(1))) throw new Error("signature is wrong");
  const names: string[] = [];
  for (const attribute of children(child(info, 3))) {
    if (child(attribute, 0).value.toString("hex") !== EXTENSION_REQUEST) continue;
    for (const extension of children(child(attribute, 1, 0))) {
      if (child(extension, 0).value.toString("hex") !== SUBJECT_ALT_NAME) continue;
      const last = children(extension).at(-1) as Node;
      for (const name of children(readNode(last.value)))
        if (name.tag === 0x82) names.push(name.value.toString("ascii"));
    }
  }
  return { names, publicKey };
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  const size = value.length;
  const head =
    size < 0x80 ? [tag, size] : size < 0x100 ? [tag, 0x81, size] : [tag, 0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from(head), value]);
}

const oid = (hex: string) => der(0x06, Buffer.from(hex, "hex"));
const signedBy = der(0x30, oid("2a8648ce3d040302"));
const named = (name: string) => der(0x30, der(0x31, der(0x30, oid("550403"), der(0x0c, Buffer.from(name)))));
/** GeneralizedTime, "YYYYMMDDHHMMSSZ" */
const time = (ms: number) =>
  der(0x18, Buffer.from(`${new Date(ms).toISOString().replace(/[-:T]|\.\d+Z/g, "")}Z`));

export interface Issuer {
  /** The issuer's own certificate, PEM: what a client has to trust. */
  pem: string;
  issue(request: Request, from: number, until: number): string;
}

interface Contents {
  subject: Buffer;
  publicKey: Buffer;
  from: number;
  until: number;
  extension: Buffer;
}

/** An authority of its own, made anew each time. */
export function newIssuer(now: number): Issuer {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const spki = publicKey.export({ type: "spki", format: "der" });
  const issuer = named("Simulated authority");
  const isAuthority = der(
    0x30,
    oid("551d13"),
    der(0x01, Buffer.from([0xff])),
    der(0x04, der(0x30, der(0x01, Buffer.from([0xff])))),
  );
  const root = {
    subject: issuer,
    publicKey: spki,
    from: now - 86_400_000,
    until: now + 3_650 * 86_400_000,
    extension: isAuthority,
  };
  const pem = signed(issuer, privateKey, root);
  return {
    pem,
    issue({ names, publicKey: key }, from, until) {
      const list = der(0x30, ...names.map((name) => der(0x82, Buffer.from(name, "ascii"))));
      const extension = der(0x30, oid(SUBJECT_ALT_NAME), der(0x04, list));
      const subject = named(names[0] ?? "");
      return signed(issuer, privateKey, { subject, publicKey: key, from, until, extension }) + pem;
    },
  };
}

function signed(
  issuer: Buffer,
  key: KeyObject,
  { subject, publicKey, from, until, extension }: Contents,
): string {
  // A positive number: the first bit is not set.
  const serial = Buffer.concat([Buffer.from([0x01]), randomBytes(15)]);
  const body = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    signedBy,
    issuer,
    der(0x30, time(from), time(until)),
    subject,
    publicKey,
    der(0xa3, der(0x30, extension)),
  );
  const signature = der(0x03, Buffer.from([0]), sign("sha256", body, key));
  const text = der(0x30, body, signedBy, signature).toString("base64").replace(/.{64}/g, "$&\n");
  return `-----BEGIN CERTIFICATE-----\n${text.trimEnd()}\n-----END CERTIFICATE-----\n`;
}

/** RFC 7638: the required members in the order of the alphabet. */
export function thumbprintOf({ crv, kty, x, y }: Record<string, unknown>): string {
  return createHash("sha256").update(JSON.stringify({ crv, kty, x, y })).digest("base64url");
}
