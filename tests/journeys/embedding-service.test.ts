import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Effect } from "#kernel";
import { type World, world } from "#kernel/testing";
import { type EmbeddingSimulator, startEmbeddings } from "../../src/simulator/embeddings.ts";
import { openEmbeddingApi } from "../../src/skills/service/adapters/embedding/embedding-api.ts";
import { callRoute } from "../../src/skills/service/fixtures/call-route.ts";
import { hours, said, turnOf } from "../../src/skills/service/fixtures/hansekontor.ts";
import { openService } from "../../src/skills/service/skill.ts";

/** A company has its questions turned into vectors by a service outside; everybody else, and every failure, does without. */

const MEANT = [
  ["paket", "konsignation", "sendung", "lieferung"],
  ["zahlen", "saldieren", "bezahlen"],
];
const EXAMPLES = `text,intent
wo ist mein paket,delivery
wann kommt die lieferung,delivery
ist die sendung unterwegs,delivery
mein paket ist nicht da,delivery
wie kann ich zahlen,payment
kann ich mit karte bezahlen,payment
womit kann ich bezahlen,payment
kann man bar zahlen,payment`;
const ANSWERS = "intent,lang,answer\ndelivery,de,Es kommt morgen.\npayment,de,Bar oder mit Karte.";
const STRANGE = "Wo bleibt die Konsignation an ada@example.org, Nr. 20417?";

/** Short names of the companies that have it so. */
const companies = new Set<string>();
let there: EmbeddingSimulator;
let here: World;
const service = openService({
  hours,
  embedding: () => {
    const api = openEmbeddingApi({ url: `${there.url}/v1`, model: "small", key: "", companies: [] });
    // A company of the test has its short name only once it is there.
    return { service: api && { ...api, serves: (company) => companies.has(company) }, timeout_ms: 1_000 };
  },
});

beforeAll(async () => {
  there = await startEmbeddings({ groups: MEANT });
  here = await world({ parts: (kernel) => ({ timers: service.skill.timers?.(kernel) ?? {} }) });
});
afterAll(async () => {
  await here?.close();
  await there?.close();
});
beforeEach(() => {
  there.mood = "well";
  there.bodies.length = 0;
  there.texts.length = 0;
});

async function company({ isServed }: { isServed: boolean }): Promise<number> {
  const { id } = await here.tenant();
  if (isServed) companies.add((await here.kernel.profile(id)).slug);
  await learn(id, EXAMPLES);
  return id;
}

const call = (tenantId: number, summary: RegExp, body?: unknown) =>
  callRoute(service.skill, here.kernel, { tenantId, summary })({ body });

async function learn(tenantId: number, examples: string): Promise<void> {
  await call(tenantId, /^Import CSV/, { language: "de", examples, answers: ANSWERS });
  here.clock.advance(20_000);
  const settled = async () => {
    await here.settle();
    return (await call(tenantId, /^Which knowledge is live/)).state;
  };
  // On a busy machine the timer may come to light only after the first look.
  await expect.poll(settled, { timeout: 60_000 }).toBe("live");
}

/** What the flow does with a message, as the pump asks it. */
async function answer(tenantId: number, text: string): Promise<readonly Effect[]> {
  const flow = service.skill.flow?.(here.kernel);
  await flow?.prepare?.([tenantId], [], [{ tenantId, contactId: 1, text }]);
  return flow?.turn(turnOf({ text, profile: { id: tenantId } })) ?? [];
}

function certainty(tried: Record<string, unknown>, intent: string): number {
  const candidates = tried.candidates as { intent: string; confidence: number }[];
  return candidates.find((one) => one.intent === intent)?.confidence ?? 0;
}

const health = async (tenantId: number) => (await call(tenantId, /^What can be expected/)).embedding;

test("of a company that is not named not one byte leaves the house", async () => {
  const tenantId = await company({ isServed: false });
  await answer(tenantId, STRANGE);
  await call(tenantId, /^What would be answered/, { text: STRANGE });
  expect(await health(tenantId)).toBeNull();
  await here.settle();
  expect(there.bodies).toEqual([]);
});

test("other words for the same are understood, and neither figures nor addresses are sent", async () => {
  const tenantId = await company({ isServed: true });
  expect(there.texts).toContain("wo ist mein paket");
  there.bodies.length = 0;
  const effects = await answer(tenantId, STRANGE);
  expect(there.bodies.join()).toContain("konsignation an nr 00000");
  expect(there.bodies.join()).not.toMatch(/ada|example|20417/);
  const tried = await call(tenantId, /^What would be answered/, { text: STRANGE });
  expect(tried).toMatchObject({ candidates: [{ intent: "delivery" }, expect.anything()] });
  expect(tried.text).toContain(said(effects));
  there.mood = "refuse";
  const alone = await call(tenantId, /^What would be answered/, { text: "Wohin mit der Konsignation?" });
  there.mood = "well";
  const helped = await call(tenantId, /^What would be answered/, { text: "Wohin mit der Konsignation?" });
  expect(certainty(helped, "delivery")).toBeGreaterThan(certainty(alone, "delivery"));
  expect(await health(tenantId)).toEqual({ fault: null, isLearnt: true });
});

test("a service that is away, silent or wrong changes nothing but a line in the health report", async () => {
  const without = await company({ isServed: false });
  const tenantId = await company({ isServed: true });
  const asked = ["wo ist mein paket", "womit zahlt man", "und sonst so"];
  for (const mood of ["reset", "short", "hang"] as const) {
    there.mood = mood;
    for (const text of asked) {
      const fresh = `${text} ${mood}`;
      expect(await answer(tenantId, fresh)).toEqual(await answer(without, fresh));
    }
    here.clock.advance(61_000);
  }
  there.mood = "refuse";
  expect(await health(tenantId)).toEqual({ fault: "answered 503", isLearnt: true });
  await learn(tenantId, `${EXAMPLES}\nwo steckt mein paket,delivery`);
  expect(await health(tenantId)).toEqual({ fault: "answered 503", isLearnt: false });
  await learn(without, `${EXAMPLES}\nwo steckt mein paket,delivery`);
  for (const text of asked) expect(await answer(tenantId, text)).toEqual(await answer(without, text));
});
