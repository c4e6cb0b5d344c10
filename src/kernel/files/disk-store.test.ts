import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "../errors.ts";
import { diskStore } from "./disk-store.ts";

const PLACE = { tenantId: 7, id: "ab".repeat(16) };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ah-files-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function* pieces(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

async function textOf(source: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts).toString();
}

async function filesIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

describe("files on a disk", () => {
  it("a file appears when it is kept, whole", async () => {
    const store = diskStore(folder);
    const draft = await store.draft(PLACE, pieces("Guten ", "Tag"), 100);
    await expect(store.open(PLACE)).rejects.toMatchObject({ code: "not_found" });
    await draft.keep();
    expect(draft).toMatchObject({ size: 9, sha256: createHash("sha256").update("Guten Tag").digest("hex") });
    expect(draft.head.toString()).toBe("Guten Tag");
    expect(await textOf(await store.open(PLACE))).toBe("Guten Tag");
    expect(await textOf(await store.open(PLACE, { first: 2, last: 4 }))).toBe("ten");
    expect(await filesIn(folder)).toEqual([PLACE.id]);
  });

  it("too large, broken off or discarded: nothing stays behind", async () => {
    const store = diskStore(folder);
    await expect(store.draft(PLACE, pieces("12345", "678"), 7)).rejects.toMatchObject({ code: "too_large" });
    await expect(
      store.draft(
        PLACE,
        (async function* () {
          yield Buffer.from("a");
          throw new Error("the connection broke");
        })(),
        7,
      ),
    ).rejects.toThrow("the connection broke");
    await (await store.draft(PLACE, pieces("1"), 7)).discard();
    expect(await filesIn(folder)).toEqual([]);
  });

  it("goes when it is removed, and removing twice is no error", async () => {
    const store = diskStore(folder);
    await (await store.draft(PLACE, pieces("1"), 7)).keep();
    await store.remove(PLACE);
    await store.remove(PLACE);
    expect(await filesIn(folder)).toEqual([]);
  });

  it.each(["../../../etc/passwd", "", "ab/../cd", "AB".repeat(16)])("%j is no id", async (id) => {
    const store = diskStore(folder);
    await expect(store.open({ tenantId: 7, id })).rejects.toThrow(AppError);
  });

  it("the tail of a large file is its end", async () => {
    const draft = await diskStore(folder).draft(PLACE, pieces("a".repeat(70_000), "the end"), 100_000);
    expect(draft.tail.length).toBe(65_557);
    expect(draft.tail.subarray(-7).toString()).toBe("the end");
    await draft.discard();
  });
});
