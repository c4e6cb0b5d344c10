import { createHash, randomBytes } from "node:crypto";
import { type Ask, type Reply, type SimulatorServer, serve } from "./http.ts";
import { checkSignature, type Keys } from "./s3-signature.ts";

/** A store that speaks the part of Amazon S3's REST API that backups use, path-style, with its documented errors. */
export interface S3Store extends SimulatorServer {
  keys: Keys;
  bucket: string;
  /** What people would see in the bucket. */
  objects: ReadonlyMap<string, Buffer>;
  /** Uploads that were begun and neither completed nor aborted. */
  openUploads(): number;
  /** What becomes of the next requests: "slow" is 503 SlowDown, "reset" cuts the connection. */
  faults: ("slow" | "reset")[];
  /** So many uploads are completed and the answer is lost on its way. */
  lostCompletions: number;
  /** Entries of one page of a list. */
  pageSize: number;
}

interface Upload {
  key: string;
  parts: Map<number, { body: Buffer; etag: string }>;
}

/** All but the last part have at least 5 MiB (documentation of CompleteMultipartUpload, EntityTooSmall). */
const PART_BYTES_MIN = 5 * 1024 * 1024;
const PARTS_MAX = 10_000;

const md5 = (bytes: Buffer): Buffer => createHash("md5").update(bytes).digest();
const xml = (body: string, status = 200, headers: Record<string, string> = {}): Reply => ({
  status,
  type: "application/xml",
  headers,
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
});
const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
const fault = (status: number, code: string, message: string): Reply =>
  xml(
    `<Error><Code>${code}</Code><Message>${escaped(message)}</Message><RequestId>1</RequestId></Error>`,
    status,
  );

/** @param now ms, the store's clock */
export async function startS3(keys: Keys, parts: { bucket: string; now: () => number }): Promise<S3Store> {
  const objects = new Map<string, Buffer>();
  const uploads = new Map<string, Upload>();
  const state = { faults: [] as S3Store["faults"], pageSize: 1_000, lostCompletions: 0 };
  const handle = (ask: Ask): Reply => {
    const next = state.faults.shift();
    if (next === "slow") return fault(503, "SlowDown", "Please reduce your request rate.");
    if (next === "reset") return { status: 500, body: "", silent: "reset" };
    const refusal = checkSignature(ask, keys, parts.now());
    if (refusal) return fault(refusal.status, refusal.code, refusal.message);
    const [, bucket, ...rest] = ask.path.split("/").map(decodeURIComponent);
    if (bucket !== parts.bucket) return fault(404, "NoSuchBucket", "The specified bucket does not exist");
    const key = rest.join("/");
    if (key === "") return list(objects, ask.query, state.pageSize);
    const uploadId = ask.query.get("uploadId");
    if (ask.query.has("uploads") && ask.method === "POST") return begin(uploads, bucket, key);
    if (uploadId !== null) {
      const reply = onUpload({ uploads, objects }, ask, { key, uploadId });
      if (ask.method !== "POST" || state.lostCompletions === 0) return reply;
      state.lostCompletions -= 1;
      return { status: 500, body: "", silent: "reset" };
    }
    return onObject(objects, ask, key);
  };
  const server = await serve(handle, { port: 0 });
  return Object.assign(state, server, {
    keys,
    bucket: parts.bucket,
    objects,
    openUploads: () => uploads.size,
  });
}

function begin(uploads: Map<string, Upload>, bucket: string, key: string): Reply {
  const id = randomBytes(12).toString("base64url");
  uploads.set(id, { key, parts: new Map() });
  return xml(
    `<InitiateMultipartUploadResult><Bucket>${bucket}</Bucket><Key>${escaped(key)}</Key><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
  );
}

function onUpload(
  { uploads, objects }: { uploads: Map<string, Upload>; objects: Map<string, Buffer> },
  ask: Ask,
  { key, uploadId }: { key: string; uploadId: string },
): Reply {
  const upload = uploads.get(uploadId);
  if (upload?.key !== key) return fault(404, "NoSuchUpload", "The specified upload does not exist.");
  if (ask.method === "DELETE") {
    uploads.delete(uploadId);
    return { status: 204, body: "" };
  }
  if (ask.method === "PUT") {
    const number = Number(ask.query.get("partNumber"));
    if (!(Number.isInteger(number) && number >= 1 && number <= PARTS_MAX))
      return fault(400, "InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive");
    const etag = `"${md5(ask.body).toString("hex")}"`;
    upload.parts.set(number, { body: ask.body, etag });
    return { status: 200, body: "", headers: { etag } };
  }
  return complete({ uploads, objects }, upload, { uploadId, body: ask.body.toString() });
}

function complete(
  { uploads, objects }: { uploads: Map<string, Upload>; objects: Map<string, Buffer> },
  upload: Upload,
  { uploadId, body }: { uploadId: string; body: string },
): Reply {
  const named = [...body.matchAll(/<Part><PartNumber>(\d+)<\/PartNumber><ETag>([^<]+)<\/ETag><\/Part>/g)].map(
    ([, number, etag = ""]) => ({ number: Number(number), etag: etag.replaceAll("&quot;", '"') }),
  );
  if (named.length === 0) return fault(400, "MalformedXML", "The XML you provided was not well-formed");
  if (named.some(({ number }, n) => n > 0 && number <= (named[n - 1]?.number ?? 0)))
    return fault(400, "InvalidPartOrder", "The list of parts was not in ascending order.");
  const found = named.map(({ number, etag }) => {
    const part = upload.parts.get(number);
    return part?.etag === etag ? part : null;
  });
  if (found.includes(null))
    return fault(400, "InvalidPart", "One or more of the specified parts could not be found.");
  const bodies = found.flatMap((part) => (part ? [part.body] : []));
  if (bodies.slice(0, -1).some((part) => part.length < PART_BYTES_MIN))
    return fault(
      400,
      "EntityTooSmall",
      "Your proposed upload is smaller than the minimum allowed object size.",
    );
  objects.set(upload.key, Buffer.concat(bodies));
  uploads.delete(uploadId);
  const etag = `${md5(Buffer.concat(bodies.map(md5))).toString("hex")}-${bodies.length}`;
  return xml(
    `<CompleteMultipartUploadResult><Key>${escaped(upload.key)}</Key><ETag>&quot;${etag}&quot;</ETag></CompleteMultipartUploadResult>`,
  );
}

function onObject(objects: Map<string, Buffer>, ask: Ask, key: string): Reply {
  if (ask.method === "DELETE") {
    objects.delete(key);
    return { status: 204, body: "" };
  }
  if (ask.method === "PUT") {
    objects.set(key, ask.body);
    return { status: 200, body: "", headers: { etag: `"${md5(ask.body).toString("hex")}"` } };
  }
  const object = objects.get(key);
  if (ask.method === "HEAD") return headOf(object);
  if (ask.method !== "GET") return fault(405, "MethodNotAllowed", "The specified method is not allowed.");
  if (!object) return fault(404, "NoSuchKey", "The specified key does not exist.");
  return { status: 200, type: "binary/octet-stream", body: object };
}

/** HeadObject answers with headers only, a missing object with a plain 404. */
function headOf(object: Buffer | undefined): Reply {
  return object
    ? { status: 200, body: "", headers: { "content-length": String(object.length) } }
    : { status: 404, body: "" };
}

/** ListObjectsV2: in the order of UTF-8 bytes, in pages. */
function list(objects: ReadonlyMap<string, Buffer>, query: URLSearchParams, pageSize: number): Reply {
  if (query.get("list-type") !== "2")
    return fault(
      501,
      "NotImplemented",
      "A header you provided implies functionality that is not implemented",
    );
  const prefix = query.get("prefix") ?? "";
  const after = query.get("continuation-token");
  const keys = [...objects.keys()]
    .filter(
      (key) => key.startsWith(prefix) && (after === null || key > Buffer.from(after, "base64url").toString()),
    )
    .sort();
  const page = keys.slice(0, pageSize);
  const isTruncated = keys.length > page.length;
  const entries = page.map(
    (key) =>
      `<Contents><Key>${escaped(key)}</Key><Size>${objects.get(key)?.length ?? 0}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
  );
  const next = isTruncated
    ? `<NextContinuationToken>${Buffer.from(page.at(-1) ?? "").toString("base64url")}</NextContinuationToken>`
    : "";
  return xml(
    `<ListBucketResult><Prefix>${escaped(prefix)}</Prefix><KeyCount>${page.length}</KeyCount><IsTruncated>${isTruncated}</IsTruncated>${next}${entries.join("")}</ListBucketResult>`,
  );
}
