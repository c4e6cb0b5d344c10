import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testServer } from "#kernel/testing";
import { jsonText, pgArray } from "./array.ts";

let client: pg.Client;

beforeAll(async () => {
  client = new pg.Client({ ...testServer(), user: "augenhoehe", database: "postgres" });
  await client.connect();
});
afterAll(() => client.end());

async function back(type: string, value: Buffer): Promise<unknown[]> {
  const { rows } = await client.query(`select x from unnest($1::${type}[]) x`, [value]);
  return rows.map((row) => row.x);
}

describe("binary arrays", () => {
  it("bring every type through the server unchanged, nulls included", async () => {
    expect(await back("int", pgArray.int4([1, null, -5]))).toEqual([1, null, -5]);
    expect((await back("bigint", pgArray.int8([2 ** 52, 0]))).map(Number)).toEqual([2 ** 52, 0]);
    expect(await back("boolean", pgArray.bool([true, false, null]))).toEqual([true, false, null]);
    expect(await back("smallint", pgArray.int2([-3, 7]))).toEqual([-3, 7]);
    const id = "01a20120-5978-801a-8804-816ac000139e";
    expect(await back("uuid", pgArray.uuid([id, null]))).toEqual([id, null]);
    const at = Date.UTC(2026, 2, 29, 1, 30, 0, 123);
    expect(await back("timestamptz", pgArray.timestamptz([at]))).toEqual([new Date(at)]);
    expect(await back("bytea", pgArray.bytea([Buffer.from([0, 255])]))).toEqual([Buffer.from([0, 255])]);
    expect(await back("int", pgArray.int4([]))).toEqual([]);
  });

  it("bring any text and any JSON through, except what PostgreSQL cannot hold", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: "binary" }), { maxLength: 8 }), async (texts) => {
        const clean = texts.map((text) => text.replaceAll("\0", "�"));
        expect(await back("text", pgArray.text(texts))).toEqual(clean);
        expect(await back("jsonb", pgArray.jsonb(texts.map((text) => ({ text }))))).toEqual(
          clean.map((text) => ({ text })),
        );
      }),
      { numRuns: 40 },
    );
  });

  it("clean JSON of NUL and lone surrogates, and leave escaped text alone", () => {
    expect(jsonText({ a: "x\0y" })).toBe('{"a":"x\\ufffdy"}');
    expect(jsonText({ a: "\ud800" })).toBe('{"a":"\\ufffd"}');
    expect(jsonText({ a: "C:\\u0000" })).toBe('{"a":"C:\\\\u0000"}');
  });
});
