import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { type Chunk, readChunks, taker, writeBackup } from "./container.ts";
import { readHeader } from "./header.ts";
import { newKeyText } from "./key.ts";

const KEY = newKeyText();
const ABOUT = {
  version: "1.2.3",
  takenAt: "2026-11-22T01:30:00.000Z",
  migrations: ["kernel/001_kernel.sql"],
};
const CHUNKS: readonly Chunk[] = [
  { kind: "manifest", stream: 0, bytes: Buffer.from('{"a":1}') },
  ...Array.from({ length: 12 }, (_, n) => ({
    kind: "rows" as const,
    stream: n % 3,
    bytes: randomBytes(5_000),
  })),
];
const LAST: Chunk = { kind: "summary", stream: 0, bytes: Buffer.from("{}") };

let file: Buffer;

beforeAll(async () => {
  const parts: Buffer[] = [];
  const sink = {
    write: async (bytes: Buffer) => void parts.push(bytes),
    keep: async () => {},
    discard: async () => {},
  };
  const writer = await writeBackup(sink, ABOUT, KEY);
  for (const chunk of CHUNKS) await writer.write(chunk);
  const size = await writer.end(LAST);
  file = Buffer.concat(parts);
  expect(size).toBe(file.length);
});

/** In pieces of an odd size, as a network brings them. */
async function* pieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += 1_777) yield bytes.subarray(from, from + 1_777);
}

async function read(bytes: Buffer, key = KEY): Promise<Chunk[]> {
  const { take } = taker(pieces(bytes));
  const front = await readHeader(take);
  const chunks: Chunk[] = [];
  for await (const chunk of readChunks(take, front.bytes, await front.open(key))) chunks.push(chunk);
  return chunks;
}

function changed(at: number): Buffer {
  const copy = Buffer.from(file);
  copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
  return copy;
}

describe("a backup file", () => {
  it("gives back what was written, in order, and hides it from who lacks the key", async () => {
    expect(await read(file)).toEqual([...CHUNKS, LAST]);
    for (const { bytes } of CHUNKS.slice(1)) expect(file.includes(bytes)).toBe(false);
    await expect(read(file, newKeyText())).rejects.toMatchObject({ code: "wrong-key" });
  });

  it("tells the version and the migrations without a key", async () => {
    expect((await readHeader(taker(pieces(file)).take)).header).toMatchObject(ABOUT);
  });

  it("one changed bit anywhere is noticed", async () => {
    for (let at = 0; at < file.length; at += 6_011)
      await expect(read(changed(at)), `byte ${at}`).rejects.toMatchObject({
        code: at < 18 ? "no-backup" : expect.stringMatching(/damaged|wrong-key/),
      });
    await expect(read(changed(file.length - 1))).rejects.toThrow(/damaged at byte \d+/);
  });

  it("an end that is missing, a part too many and parts that changed places are noticed", async () => {
    const { take } = taker(pieces(file));
    const { bytes: from } = await readHeader(take);
    const parts: Buffer[] = [];
    for (let at = from; at < file.length; ) {
      const size = 4 + file.readUInt32BE(at);
      parts.push(file.subarray(at, at + size));
      at += size;
    }
    const front = file.subarray(0, from);
    expect(parts.length).toBe(CHUNKS.length + 1);
    const swapped = parts.toSpliced(2, 2, parts[3] as Buffer, parts[2] as Buffer);
    for (const bad of [
      file.subarray(0, -100),
      Buffer.concat([front, ...parts.slice(0, -1)]),
      Buffer.concat([file, Buffer.from("x")]),
      Buffer.concat([front, ...parts.toSpliced(3, 1)]),
      Buffer.concat([front, ...swapped]),
    ])
      await expect(read(bad)).rejects.toMatchObject({ code: "damaged" });
  });

  it("a later format names the version that can read it", async () => {
    // What stands in front is readable for everybody, so its length may change as long as its hash fits.
    const { createHash } = await import("node:crypto");
    const length = file.readUInt32BE(18);
    const json = Buffer.from(
      file
        .subarray(22, 22 + length)
        .toString()
        .replace('"format":1', '"format":2')
        .replace("1.2.3", "9.0.0"),
    );
    const hash = createHash("sha256").update(json).digest();
    const bad = Buffer.concat([file.subarray(0, 22), json, hash, file.subarray(22 + length + 32)]);
    await expect(read(bad)).rejects.toMatchObject({
      code: "newer",
      message: expect.stringContaining("9.0.0"),
    });
  });

  it("a short passphrase is refused", async () => {
    const sink = { write: async () => {}, keep: async () => {}, discard: async () => {} };
    await expect(writeBackup(sink, ABOUT, "secret")).rejects.toThrow("fewer than 16 letters");
  });
});
