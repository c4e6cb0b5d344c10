import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { House } from "#kernel";
import { type World, world } from "#kernel/testing";
import { callRoute } from "./fixtures/call-route.ts";
import { hours, planDemo, readDemo } from "./fixtures/hansekontor.ts";
import { trainTenant } from "./jobs.ts";
import { openService } from "./skill.ts";
import { importKnowledge } from "./store/import.ts";
import { openKnowledgeCache } from "./store/knowledge-cache.ts";
import { readTraining } from "./store/models.ts";

/** Import, training, memory and routes on a real PostgreSQL. */

const service = openService({ hours });
let here: World;
let house: House;
beforeAll(async () => {
  here = await world({ parts: (kernel) => ({ timers: service.skill.timers?.(kernel) ?? {} }) });
  house = here.kernel;
});
afterAll(() => here?.close());

const EXAMPLES = `text,intent
where is my card,card_arrival
has my card been sent,card_arrival
when does the new card come,card_arrival
my card is lost,card_lost
i cannot find my card any more,card_lost
somebody stole my card,card_lost
`;
const ANSWERS =
  "intent,lang,answer,title,buttons\ncard_lost,en,Block it in the app.,Lost card,Where is it?>card_arrival\n";

async function company(): Promise<number> {
  return (await here.tenant()).id;
}

const call = (tenantId: number, summary: RegExp) => callRoute(service.skill, house, { tenantId, summary });

describe("import", () => {
  test("the same files twice give the same result, and the second changes nothing", async () => {
    const tenantId = await company();
    const order = { language: "en" as const, examples: EXAMPLES, answers: ANSWERS };
    const first = await importKnowledge(house, tenantId, order);
    expect(first).toEqual({
      topics: 2,
      examples: 6,
      answers: 1,
      placeholders: 1,
      skipped: [],
      contradictions: [],
      changed: true,
    });
    const { revision } = await readTraining(house, tenantId);
    expect(await importKnowledge(house, tenantId, order)).toEqual({ ...first, changed: false });
    expect((await readTraining(house, tenantId)).revision).toBe(revision);
  });

  test("10,000 rows are read set-wise", async ({ annotate }) => {
    const tenantId = await company();
    const rows = Array.from(
      { length: 10_000 },
      (_, n) => `question ${n} about topic ${n % 77} word${n % 613},topic_${n % 77}`,
    );
    const start = performance.now();
    const result = await importKnowledge(house, tenantId, {
      language: "en",
      examples: `text,intent\n${rows.join("\n")}\n`,
    });
    const ms = performance.now() - start;
    expect(result).toMatchObject({ topics: 77, examples: 10_000, placeholders: 77 });
    annotate(`${Math.round(ms)} ms`);
    // Measured 0.5 s on a quiet machine, 4 s on one with a load of 20; row by row it would be minutes there.
    expect(ms).toBeLessThan(15_000);
  });

  test("what is exported and imported elsewhere is the same knowledge", async () => {
    const [from, to] = [await company(), await company()];
    await importKnowledge(house, from, {
      language: "de",
      examples: readDemo("examples.csv"),
      answers: readDemo("topics.csv"),
    });
    const exported = await call(from, /same two files/)();
    await importKnowledge(house, to, {
      language: "de",
      examples: String(exported.examples),
      answers: String(exported.answers),
    });
    expect(await call(to, /same two files/)()).toEqual(exported);
  });

  test("files in which a question stands for two topics are not written at all", async () => {
    const tenantId = await company();
    const result = await importKnowledge(house, tenantId, {
      language: "en",
      examples: "text,intent\nwhere is it,delivery\nI send it back,returns\nwhere is it,returns\n",
      answers: "intent,answer\ndelivery,Soon.\n",
    });
    expect(result).toMatchObject({
      topics: 0,
      examples: 0,
      answers: 0,
      changed: false,
      contradictions: [{ line: 4, intent: "returns", firstLine: 2, firstIntent: "delivery" }],
    });
    expect(await call(tenantId, /All topics/)()).toEqual({ items: [] });
  });

  test("beyond the limit of topics nothing is kept", async () => {
    const tenantId = await company();
    const rows = Array.from({ length: 1_001 }, (_, n) => `question ${n},topic_${n}`);
    const order = { language: "en" as const, examples: `text,intent\n${rows.join("\n")}\n` };
    await expect(importKnowledge(house, tenantId, order)).rejects.toMatchObject({ code: "rule_broken" });
    expect(await call(tenantId, /All topics/)()).toEqual({ items: [] });
  });
});

describe("training", () => {
  test("a change is learnt by the timer, answers follow, and every process hears of it", async () => {
    const tenantId = await company();
    const cache = openKnowledgeCache(house, 2 ** 26);
    await cache.prepare([tenantId]);
    expect(cache.known(tenantId)).toMatchObject({ model: null });
    await importKnowledge(house, tenantId, { language: "en", examples: EXAMPLES, answers: ANSWERS });
    expect(await call(tenantId, /Which knowledge is live/)()).toMatchObject({
      state: "training",
      trainedAt: null,
    });
    here.clock.advance(2_000);
    await here.settle();
    expect(await call(tenantId, /Which knowledge is live/)()).toMatchObject({
      state: "live",
      examples: 6,
      topics: 2,
      error: null,
    });
    await expect
      .poll(async () => {
        await cache.prepare([tenantId]);
        return cache.known(tenantId).model?.intents;
      })
      .toEqual(["card_arrival", "card_lost"]);
    const { rows } = await here.kernel.db.node.query("select type from kernel.event where tenant_id = $1", [
      tenantId,
    ]);
    expect(rows).toEqual([{ type: "knowledge.changed" }, { type: "knowledge.changed" }]);
    // Settling also learns what the imports above left to learn, 10,000 rows among it.
  }, 180_000);

  test("tenants with equal knowledge share one model and one copy in memory; its neighbour with another keeps its own", async () => {
    const ids = [await company(), await company(), await company()];
    for (const id of ids.slice(0, 2))
      await importKnowledge(house, id, { language: "en", examples: EXAMPLES, answers: ANSWERS });
    await importKnowledge(house, ids[2] as number, {
      language: "en",
      examples: EXAMPLES.replaceAll("card", "ticket"),
    });
    for (const id of ids) await trainTenant(house, id);
    const cache = openKnowledgeCache(house, 2 ** 26);
    await cache.prepare(ids);
    const [first, second, third] = ids.map((id) => cache.known(id));
    expect(first?.model).not.toBeNull();
    expect(second?.model).toBe(first?.model);
    expect(second?.knowledge).toBe(first?.knowledge);
    expect([...(third?.knowledge.topics.keys() ?? [])]).toEqual(["ticket_arrival", "ticket_lost"]);
    expect(third?.model?.intents).toEqual(["ticket_arrival", "ticket_lost"]);
    expect((await readTraining(house, ids[1] as number)).seconds).toBeNull();
    await cache.prepare(ids);
    expect(cache.figures().models).toMatchObject({ entries: 2, misses: 2 });
  });

  test("a cache too small for all models loads them again, and counts that", async () => {
    const ids = [await company(), await company(), await company()];
    for (const [n, id] of ids.entries()) {
      await importKnowledge(house, id, {
        language: "en",
        examples: EXAMPLES.replaceAll("card", `thing${n}`),
      });
      await trainTenant(house, id);
    }
    const probe = openKnowledgeCache(house, 2 ** 26);
    await probe.prepare(ids);
    const cache = openKnowledgeCache(house, probe.figures().models.bytes / 2);
    for (let round = 0; round < 4; round++) {
      for (const id of ids) {
        await cache.prepare([id]);
        expect(cache.known(id).model).not.toBeNull();
      }
    }
    const { models } = cache.figures();
    expect(models.evictions).toBeGreaterThan(3);
    expect(models.misses).toBeGreaterThan(3);
    // What two batches in a row need may stand above the limit.
    expect(models.bytes).toBeLessThanOrEqual(probe.figures().models.bytes);
  });

  test("a model that cannot be read any more is trained anew, and the customer meets a person until then", async () => {
    const tenantId = await company();
    await importKnowledge(house, tenantId, {
      language: "en",
      examples: EXAMPLES.replaceAll("card", "parcel"),
    });
    await trainTenant(house, tenantId);
    await here.kernel.db.node.query(
      "insert into service.model select key || '-old', substr(bytes, 1, 500), report, created_at from service.model m where key = (select model_key from service.tenant_model where tenant_id = $1)",
      [tenantId],
    );
    await here.kernel.db.node.query(
      "update service.tenant_model set model_key = model_key || '-old' where tenant_id = $1",
      [tenantId],
    );
    const cache = openKnowledgeCache(house, 2 ** 26);
    await cache.prepare([tenantId]);
    expect(cache.known(tenantId).model).toBeNull();
    await here.settle();
    expect((await readTraining(house, tenantId)).state).toBe("live");
    here.clock.advance(16_000);
    await expect
      .poll(async () => {
        await cache.prepare([tenantId]);
        return cache.known(tenantId).model?.intents.length;
      })
      .toBe(2);
  });

  test("an announcement that was lost is made up for by looking", async () => {
    const tenantId = await company();
    const cache = openKnowledgeCache({ ...house, onAnnounce: () => {} }, 2 ** 26);
    await cache.prepare([tenantId]);
    await importKnowledge(house, tenantId, { language: "en", examples: EXAMPLES });
    await cache.prepare([tenantId]);
    expect(cache.known(tenantId).knowledge.topics.size).toBe(0);
    here.clock.advance(16_000);
    await expect
      .poll(async () => {
        await cache.prepare([tenantId]);
        return cache.known(tenantId).knowledge.topics.size;
      })
      .toBe(2);
  });

  test("when the last example is gone, there is no model and the customer meets a person", async () => {
    const tenantId = await company();
    await importKnowledge(house, tenantId, { language: "en", examples: "text,intent\nhello there,hello\n" });
    await trainTenant(house, tenantId);
    const { items } = (await call(tenantId, /All topics/)()) as { items: { id: number }[] };
    await call(tenantId, /Remove a topic/)({ params: { id: items[0]?.id } });
    await trainTenant(house, tenantId);
    expect((await readTraining(house, tenantId)).state).toBe("none");
  });
});

describe("routes", () => {
  const input = {
    intent: "returns",
    title: { de: "Rückgabe", en: "Returns" },
    answers: [
      {
        language: "de",
        text: "30 Tage lang.",
        link: null,
        fileId: null,
        options: [{ title: "Etikett", intent: "label" }],
      },
    ],
    examples: [{ language: "de", text: "wie gebe ich etwas zurück" }],
    flow: "",
    mostAsked: true,
  };

  test("a topic is created, read, saved whole and removed; the opening screen shows it", async () => {
    const tenantId = await company();
    const made = await call(tenantId, /Add a topic/)({ body: input });
    const examples = input.examples.map((example) => ({ ...example, id: expect.any(Number) }));
    expect(made).toEqual({ ...input, id: expect.any(Number), examples });
    expect(await service.mostAsked(house, tenantId)).toEqual({
      de: [{ id: "topic:returns", title: "Rückgabe" }],
      en: [{ id: "topic:returns", title: "Returns" }],
    });
    const params = { id: made.id };
    const saved = await call(
      tenantId,
      /Save a topic/,
    )({ params, body: { ...input, answers: [], mostAsked: false } });
    expect(saved).toMatchObject({ answers: [], mostAsked: false });
    expect(await call(tenantId, /All topics/)()).toMatchObject({
      items: [{ intent: "returns", title: "Rückgabe", placeholder: true, languages: [] }],
    });
    await call(tenantId, /Remove a topic/)({ params });
    await expect(call(tenantId, /One topic, whole/)({ params })).rejects.toMatchObject({ code: "not_found" });
  });

  test("another company sees, changes and removes nothing of it", async () => {
    const [own, other] = [await company(), await company()];
    const made = await call(own, /Add a topic/)({ body: input });
    const params = { id: made.id };
    expect(await call(other, /All topics/)()).toEqual({ items: [] });
    for (const summary of [/One topic, whole/, /Remove a topic/]) {
      await expect(call(other, summary)({ params })).rejects.toMatchObject({ code: "not_found" });
    }
    await expect(call(other, /Save a topic/)({ params, body: input })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await call(other, /same two files/)()).toMatchObject({ examples: "text,intent,lang\r\n" });
    expect(await call(own, /One topic, whole/)({ params })).toEqual(made);
  });

  test("row security holds below the code: without the tenant's scope nothing is seen, models are closed to it", async () => {
    const own = await company();
    await call(own, /Add a topic/)({ body: input });
    const other = await company();
    const seen = await house.db.tenant(other, async (tx) => {
      const { sql } = await import("kysely");
      const counts = await sql<{
        n: number;
      }>`select (select count(*) from service.topic) + (select count(*) from service.answer)
        + (select count(*) from service.example) + (select count(*) from service.tenant_model) as n`.execute(
        tx,
      );
      return counts.rows[0]?.n;
    });
    expect(seen).toBe(0);
    await expect(
      house.db.tenant(other, async (tx) => {
        const { sql } = await import("kysely");
        return sql`select key from service.model`.execute(tx);
      }),
    ).rejects.toThrow(/permission denied/);
  });

  test("trying a question says what would be answered and why", async () => {
    const tenantId = await company();
    await importKnowledge(house, tenantId, {
      language: "de",
      examples: readDemo("examples.csv"),
      answers: readDemo("topics.csv"),
    });
    await trainTenant(house, tenantId);
    const tried = await call(
      tenantId,
      /What would be answered/,
    )({ body: { text: "Wo ist meine Bestellung?" } });
    expect(tried).toMatchObject({
      zone: "answer",
      language: "de",
      candidates: [{ intent: "delivery_status", title: "Lieferstatus" }],
    });
    expect(tried.text).toContain("Bestellnummer");
    const words = tried.words as { word: string; weight: number }[];
    expect(words.some(({ word, weight }) => word.includes("bestellung") && weight > 0)).toBe(true);
    expect(planDemo().topics).toHaveLength(57);
    // It trains the whole demo.
  }, 120_000);
});
