import type { BackupPlace, PlacedFile, Sink } from "./place.ts";
import { type S3Client, type S3Target, s3Client, xmlValue } from "./s3-client.ts";

/**
 * Backups in an S3-compatible bucket. Parts of a multipart upload are seen by nobody until it is completed, so a backup
 * appears whole (Amazon S3 API: CreateMultipartUpload, UploadPart, CompleteMultipartUpload, AbortMultipartUpload).
 */

/** S3 allows 10,000 parts: with parts that grow, one file may have 5 TB; memory holds two of them. */
const PART_BYTES = 8_388_608;
const PARTS_OF_A_SIZE = 1_000;
const LIST_MAX_PAGES = 100;

/** @param prefix without slashes at its ends; may be empty */
export function s3Place(target: S3Target, prefix: string, parts: { now: () => number }): BackupPlace {
  const client = s3Client(target, parts);
  const keyOf = (name: string): string => (prefix === "" ? name : `${prefix}/${name}`);
  return {
    title: `s3://${target.bucket}${prefix === "" ? "" : `/${prefix}`}`,
    list: () => list(client, prefix === "" ? "" : `${prefix}/`),
    create: (name) => upload(client, keyOf(name)),
    async replace(name, bytes) {
      await (await client.call({ method: "PUT", key: keyOf(name), body: bytes })).body.dump();
    },
    open: async (name) => (await client.call({ method: "GET", key: keyOf(name) })).body,
    async remove(name) {
      await (await client.call({ method: "DELETE", key: keyOf(name) })).body.dump();
    },
  };
}

async function list(client: S3Client, prefix: string): Promise<PlacedFile[]> {
  const files: PlacedFile[] = [];
  let token: string | undefined;
  for (let page = 0; page < LIST_MAX_PAGES; page++) {
    const text = await client.text({
      method: "GET",
      key: "",
      query: { "list-type": "2", prefix, ...(token ? { "continuation-token": token } : {}) },
    });
    for (const [, entry = ""] of text.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
      const name = (xmlValue(entry, "Key") ?? "").slice(prefix.length);
      if (name && !name.includes("/")) files.push({ name, bytes: Number(xmlValue(entry, "Size") ?? 0) });
    }
    token = xmlValue(text, "NextContinuationToken");
    if (xmlValue(text, "IsTruncated") !== "true" || !token) break;
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function upload(client: S3Client, key: string): Promise<Sink> {
  const begun = await client.text({ method: "POST", key, query: { uploads: "" } });
  const uploadId = xmlValue(begun, "UploadId");
  if (!uploadId) throw new Error("The store did not begin an upload as S3 does.");
  const etags: string[] = [];
  let waiting: Buffer[] = [];
  let bytes = 0;
  let total = 0;
  let sending: Promise<void> = Promise.resolve();
  const send = async (): Promise<void> => {
    const body = Buffer.concat(waiting);
    waiting = [];
    bytes = 0;
    await sending;
    const partNumber = etags.push("");
    sending = client
      .call({ method: "PUT", key, query: { partNumber: String(partNumber), uploadId }, body })
      .then(async ({ headers, body: answer }) => {
        await answer.dump();
        etags[partNumber - 1] = String(headers.etag ?? "");
      });
    sending.catch(() => {});
  };
  return {
    async write(piece) {
      waiting.push(piece);
      bytes += piece.length;
      total += piece.length;
      if (bytes >= PART_BYTES * 2 ** Math.floor(etags.length / PARTS_OF_A_SIZE)) await send();
    },
    async keep() {
      if (bytes > 0 || etags.length === 0) await send();
      await sending;
      const list = etags.map(
        (etag, n) => `<Part><PartNumber>${n + 1}</PartNumber><ETag>${etag}</ETag></Part>`,
      );
      const body = Buffer.from(`<CompleteMultipartUpload>${list.join("")}</CompleteMultipartUpload>`);
      const answer = await client
        .text({ method: "POST", key, query: { uploadId }, body })
        .catch(async (error: Error) => {
          // The answer of a first try was lost: then the upload is gone because it is complete.
          if (!(await standsWhole(client, key, total))) throw error;
          return "";
        });
      // S3 may answer 200 and say in the body that it failed (documentation of CompleteMultipartUpload).
      if (answer.includes("<Error>"))
        throw new Error(
          `The store could not complete the upload (${xmlValue(answer, "Code") ?? "no reason"}).`,
        );
    },
    async discard() {
      await sending.catch(() => {});
      await client.call({ method: "DELETE", key, query: { uploadId } }).then(
        ({ body }) => body.dump(),
        () => {},
      );
    },
  };
}

async function standsWhole(client: S3Client, key: string, bytes: number): Promise<boolean> {
  const found = await client.call({ method: "HEAD", key }).catch(() => null);
  await found?.body.dump();
  return Number(found?.headers["content-length"]) === bytes;
}
