import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type EmbeddingMood,
  type EmbeddingSimulator,
  startEmbeddings,
} from "../../src/simulator/embeddings.ts";
import { asSent, openEmbedder } from "../../src/skills/service/adapters/embedding/embedder.ts";
import { openEmbeddingApi } from "../../src/skills/service/adapters/embedding/embedding-api.ts";

let there: EmbeddingSimulator;
beforeAll(async () => {
  there = await startEmbeddings({ key: "secret", dimensions: 8 });
});
afterAll(() => there?.close());
beforeEach(() => {
  there.mood = "well";
  there.texts.length = 0;
  there.bodies.length = 0;
});

const addressed = (changes: Partial<Parameters<typeof openEmbeddingApi>[0]> = {}) =>
  openEmbeddingApi({
    url: `${there.url}/v1`,
    model: "small",
    key: "secret",
    companies: ["hansekontor"],
    ...changes,
  });

describe("the protocol", () => {
  test("gives one vector a text, in the order of the texts", async () => {
    const service = addressed();
    const both = await service?.embed(["wo ist mein paket", "danke"], 10_000);
    const one = await service?.embed(["danke"], 10_000);
    if (!both || "failed" in both || !one || "failed" in one) throw new Error("failed");
    expect(both.vectors).toHaveLength(2);
    expect(both.vectors[1]).toEqual(one.vectors[0]);
    expect(both.vectors[0]).not.toEqual(both.vectors[1]);
    expect(JSON.parse(there.bodies[0] ?? "")).toEqual({
      model: "small",
      input: ["wo ist mein paket", "danke"],
      encoding_format: "float",
    });
  });

  test("without an address there is no service", () => {
    expect(addressed({ url: "" })).toBeNull();
  });

  test("another model or another address is another service", () => {
    const names = [addressed(), addressed({ model: "large" }), addressed({ url: `${there.url}/v2` })];
    expect(new Set(names.map((service) => service?.name)).size).toBe(3);
    expect(addressed({ url: `${there.url}/v1/` })?.name).toBe(addressed()?.name);
  });

  test.each<[EmbeddingMood, string]>([
    ["reset", "could not be asked"],
    ["refuse", "answered 503"],
    ["words", "answered in another form"],
    ["short", "did not give one vector a text"],
    ["mixed", "did not give one vector a text"],
  ])("a service that does %s fails in words that quote nobody", async (mood, fault) => {
    there.mood = mood;
    expect(await addressed()?.embed(["mein geheimnis", "danke"], 10_000)).toEqual({
      failed: expect.stringContaining(fault),
    });
  });

  test("one that never answers is left after the time limit; a wrong key and a dead address fail", async () => {
    there.mood = "hang";
    expect(await addressed()?.embed(["danke"], 20)).toEqual({ failed: "gave no answer in time" });
    there.mood = "well";
    expect(await addressed({ key: "wrong" })?.embed(["danke"], 10_000)).toEqual({ failed: "answered 401" });
    const dead = await startEmbeddings();
    await dead.close();
    expect(await addressed({ url: `${dead.url}/v1` })?.embed(["danke"], 10_000)).toEqual({
      failed: "could not be asked (ECONNREFUSED)",
    });
  });
});

describe("what the house does with it", () => {
  function embedder(timeout_ms = 10_000) {
    const clock = { now: 0 };
    const faults: string[] = [];
    const service = addressed();
    if (!service) throw new Error("no service");
    const parts = { timeout_ms, now: () => clock.now, warn: (fault: string) => void faults.push(fault) };
    return { clock, faults, embedder: openEmbedder(service, parts) };
  }

  test("figures and e-mail addresses do not leave", () => {
    expect(asSent("Bestellung HK-20417 an anna.muster@web.de, Tel. 040 123456!")).toBe(
      "bestellung hk 00000 an tel 000 000000",
    );
  });

  test("what is known is not asked again, and all of a batch is asked at once", async () => {
    const { embedder: it } = embedder();
    await it.prepare(["Wo ist mein Paket?", "danke", "Danke!", ""]);
    await it.prepare(["wo ist mein paket"]);
    expect(there.bodies).toHaveLength(1);
    expect(there.texts).toEqual(["wo ist mein paket", "danke"]);
    expect(it.vectorOf("WO IST MEIN PAKET")).toHaveLength(8);
    expect(it.vectorOf("etwas anderes")).toBeUndefined();
  });

  test("after three failures it is left alone for a minute", async () => {
    const { embedder: it, clock, faults } = embedder();
    there.mood = "refuse";
    for (const text of ["eins", "zwei", "drei", "vier", "fünf"]) await it.prepare([text]);
    expect(there.bodies).toHaveLength(3);
    expect(faults).toEqual(["answered 503", "answered 503", "answered 503"]);
    there.mood = "well";
    clock.now += 60_001;
    await it.prepare(["sechs"]);
    expect(it.vectorOf("sechs")).toHaveLength(8);
  });

  test("a batch waits no longer than the limit", async () => {
    const { embedder: it, faults } = embedder(20);
    there.mood = "hang";
    await it.prepare(["danke"]);
    expect(faults).toEqual(["gave no answer in time"]);
    expect(it.vectorOf("danke")).toBeUndefined();
  });

  test("a training gets all vectors or none", async () => {
    const { embedder: it } = embedder();
    const examples = [
      { text: "Wo ist HK-20417?", intent: "order" },
      { text: "Wann öffnen Sie?", intent: "hours" },
    ];
    const vectors = await it.learn(examples, { seed: 1 });
    expect(vectors?.of.get("wo ist hk 00000")).toHaveLength(8);
    there.mood = "refuse";
    expect(await it.learn([...examples, { text: "neu", intent: "hours" }], { seed: 1 })).toBeNull();
    there.bodies.length = 0;
    expect((await it.learn(examples, { seed: 1 }))?.of.size).toBe(vectors?.of.size);
    expect(there.bodies).toEqual([]);
  });
});
