import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openPlace } from "../src/kernel/backup/open-place.ts";
import type { BackupPlace } from "../src/kernel/backup/place.ts";
import { signRequest } from "../src/kernel/backup/sigv4.ts";
import { type S3Store, startS3 } from "../src/simulator/s3.ts";

const KEYS = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "a secret/with+signs", region: "eu-central-1" };
const MEBIBYTE = 1_048_576;
let store: S3Store;
let shift = 0;

beforeAll(async () => {
  store = await startS3(KEYS, { bucket: "backups", now: () => Date.now() + shift });
});
afterAll(() => store.close());
beforeEach(() => {
  shift = 0;
  store.pageSize = 1_000;
});

function place(address = "s3://backups/node 1/größe", environment: NodeJS.ProcessEnv = {}): BackupPlace {
  const own = {
    AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
    AWS_REGION: KEYS.region,
    AWS_ENDPOINT_URL: store.url,
  };
  return openPlace(address, { now: Date.now, environment: { ...own, ...environment } }).place;
}

async function put(to: BackupPlace, name: string, pieces: readonly Buffer[]): Promise<void> {
  const sink = await to.create(name);
  for (const piece of pieces) await sink.write(piece);
  await sink.keep();
}

async function get(from: BackupPlace, name: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of await from.open(name)) parts.push(part);
  return Buffer.concat(parts);
}

it("signs the example of Amazon's documentation as Amazon does", () => {
  // "GET Object" of "Examples: Signature Calculations" in the S3 API reference.
  const { authorization } = signRequest(
    {
      method: "GET",
      path: "/test.txt",
      query: {},
      headers: { host: "examplebucket.s3.amazonaws.com", range: "bytes=0-9" },
      payloadHash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    },
    {
      accessKeyId: "AKIAIOSFODNN7EXAMPLE",
      secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
      region: "us-east-1",
    },
    new Date("2013-05-24T00:00:00Z"),
  );
  expect(authorization).toContain(
    "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
  );
});

describe("a bucket", () => {
  it("keeps a file of several parts whole, lists it, gives it back and lets it go", async () => {
    const to = place();
    const pieces = Array.from({ length: 9 }, () => randomBytes(2 * MEBIBYTE));
    await put(to, "augenhoehe-20260101T000000Z.ahb", pieces);
    await put(to, "a b+c.txt", [Buffer.from("small")]);
    store.pageSize = 1;
    expect(await to.list()).toEqual([
      { name: "a b+c.txt", bytes: 5 },
      { name: "augenhoehe-20260101T000000Z.ahb", bytes: 18 * MEBIBYTE },
    ]);
    expect((await get(to, "augenhoehe-20260101T000000Z.ahb")).equals(Buffer.concat(pieces))).toBe(true);
    expect([...store.objects.keys()][0]).toBe("node 1/größe/augenhoehe-20260101T000000Z.ahb");
    await to.remove("a b+c.txt");
    await to.remove("a b+c.txt");
    expect((await to.list()).length).toBe(1);
    expect(store.openUploads()).toBe(0);
  });

  it("an upload that is discarded leaves nothing, not even parts that are paid for", async () => {
    const sink = await place().create("half.ahb");
    await sink.write(randomBytes(9 * MEBIBYTE));
    expect(store.openUploads()).toBe(1);
    await sink.discard();
    expect(store.openUploads()).toBe(0);
    expect([...store.objects.keys()].some((key) => key.endsWith("half.ahb"))).toBe(false);
  });

  it("that is busy or cuts the line is asked again", async () => {
    store.faults.push("slow", "reset");
    const to = place("s3://backups/again");
    await put(to, "one.ahb", [Buffer.from("one")]);
    store.faults.push("reset");
    expect((await get(to, "one.ahb")).toString()).toBe("one");
  });

  it("that completed an upload and lost the answer has the backup", async () => {
    store.lostCompletions = 1;
    const to = place("s3://backups/lost");
    await put(to, "one.ahb", [Buffer.from("one")]);
    expect(await to.list()).toEqual([{ name: "one.ahb", bytes: 3 }]);
    // Another upload that is gone is no backup, whatever stands there.
    const sink = await to.create("one.ahb");
    await sink.write(randomBytes(9 * MEBIBYTE));
    await sink.discard();
    await expect(sink.keep()).rejects.toMatchObject({ code: "no-backup" });
  });

  it("puts a small file in the place of another", async () => {
    const to = place("s3://backups/small");
    await to.replace("list.json", Buffer.from("[1]"));
    await to.replace("list.json", Buffer.from("[1,2]"));
    expect((await get(to, "list.json")).toString()).toBe("[1,2]");
    expect(store.openUploads()).toBe(0);
  });

  it.each([
    ["a wrong secret", { AWS_SECRET_ACCESS_KEY: "wrong" }, "AWS_SECRET_ACCESS_KEY"],
    ["an unknown key", { AWS_ACCESS_KEY_ID: "AKIAOTHER" }, "AWS_ACCESS_KEY_ID"],
    ["no key", { AWS_ACCESS_KEY_ID: "" }, "AWS_ACCESS_KEY_ID"],
    ["an address that is none", { AWS_ENDPOINT_URL: "here" }, "AWS_ENDPOINT_URL"],
  ])("%s is said in a sentence", async (_, environment, word) => {
    await expect((async () => place("s3://backups", environment).list())()).rejects.toThrow(word);
  });

  it("a bucket that is not there, a file that is not there, and a wrong clock", async () => {
    await expect(place("s3://elsewhere/x").list()).rejects.toThrow("NoSuchBucket");
    await expect(place().open("none.ahb")).rejects.toMatchObject({ code: "no-backup" });
    shift = 3_600_000;
    await expect(place().list()).rejects.toThrow("clock");
  });
});
