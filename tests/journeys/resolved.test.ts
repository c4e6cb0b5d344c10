import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Effect, Turn } from "#kernel";
import { turnOf } from "../../src/skills/service/fixtures/hansekontor.ts";
import type { Decision } from "../../src/skills/service/flows/scene.ts";
import { openTally } from "../../src/skills/service/store/tally.ts";
import { settleTurn } from "../../src/skills/service/store/turns.ts";
import { type Person, TeachingStage } from "./teaching-stage.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const stage = new TeachingStage();
const { call, erase, message, node, person, teach, turn } = stage;
beforeAll(stage.open);
afterAll(stage.close);
beforeEach(stage.company);

describe("resolved", () => {
  test("is what was answered, let alone by people, not asked again, not abandoned and not called useless, after 72 hours", async () => {
    await teach();
    const all = await Promise.all(Array.from({ length: 8 }, person));
    const [fine, again, silent, useless, helped, given, flow, other] = all as [
      Person,
      Person,
      Person,
      Person,
      Person,
      Person,
      Person,
      Person,
    ];
    await turn(fine, "hours", "answered");
    await turn(again, "hours", "answered");
    await turn(silent, "hours", "offered"); // and never chose
    await turn(useless, "hours", "answered");
    await turn(useless, null, "not_helped");
    await turn(helped, "hours", "answered");
    await message(helped, "agent", "Ich schaue nach.");
    await turn(given, "hours", "handed_over");
    await turn(flow, "hours", "offered"); // chose, and was answered: one case
    await turn(flow, "hours", "answered");
    await turn(other, "hours", "answered"); // and then asked something else: two cases, both fine
    await turn(other, "returns", "answered");
    const figures = () => call(/^How often was what asked/, { query: { days: 28 } }) as Promise<never>;
    const now: { total: Record<string, number> } = await figures();
    expect(now.total).toMatchObject({ asked: 9, resolved: 0, pending: 6 });
    stage.here().clock.advance(30 * HOUR);
    await turn(again, "hours", "answered"); // came back on it
    stage.here().clock.advance(73 * HOUR);
    const later: { total: Record<string, number>; topics: Record<string, unknown>[] } = await figures();
    expect(later.total).toEqual({
      asked: 10,
      resolved: 5, // fine, again's second, flow, other's two
      pending: 0,
      handedOver: 1,
      notHelped: 1,
      abandoned: 1,
      person: 1,
      cameBack: 1,
    });
    expect(later.topics.find(({ intent }) => intent === "returns")).toMatchObject({ asked: 1, resolved: 1 });
    const forget = () =>
      node(
        "insert into kernel.timer (tenant_id, kind, key, due_at) values ($1, 'service_forget', 'unanswered', $2) on conflict do nothing",
        [stage.tenantId(), new Date(stage.here().clock.now())],
      );
    stage.here().clock.advance(176 * DAY); // 179 for the last turn, more for the others
    await forget();
    await stage.here().settle();
    const { rows } = await node("select count(*)::int as turns from service.turn where tenant_id = $1", [
      stage.tenantId(),
    ]);
    expect(rows).toEqual([{ turns: 1 }]);
    await erase(all.map(({ contact }) => contact));
    expect((await node("select from service.turn where tenant_id = $1", [stage.tenantId()])).rowCount).toBe(
      0,
    );
  });
});

test("a turn is recorded where its message stands, once; what a service answered later is its end, whichever comes first", async () => {
  const somebody = await person();
  const tally = openTally(stage.here().kernel);
  const note = (id: string) => {
    const turn = turnOf({ text: "wo ist meine ware", now: stage.here().clock.now() });
    const told = {
      ...turn,
      tenant: { ...turn.tenant, id: stage.tenantId() },
      conversation: { ...turn.conversation, id: somebody.conversation, topic: "hours" },
      message: { ...turn.message, id },
    };
    const ask: Effect = { do: "ask", flow: "stored", step: "look", text: "Wir sehen nach." };
    tally.note(told, { effects: [ask], language: "de", asked: "hours", confidence: 0.9 });
    return told;
  };
  const settled: Decision = { effects: [{ do: "say", text: "Morgen." }], settled: true };
  const settle = (turn: Turn) =>
    stage.here().kernel.db.tenant(stage.tenantId(), (tx) => settleTurn(tx, turn, settled));
  const first = note(await message(somebody, "customer", "wo ist meine ware"));
  note("01936c1e-a000-8000-8000-00000000dead"); // its batch was rolled back
  await tally.flush();
  await tally.flush();
  const recorded = async () =>
    (
      await node("select outcome, confidence, topic from service.turn where tenant_id = $1 order by at", [
        stage.tenantId(),
      ])
    ).rows;
  expect(await recorded()).toEqual([
    { outcome: "asked", confidence: expect.closeTo(0.9, 4), topic: "hours" },
  ]);
  await settle(first);
  const second = note(await message(somebody, "customer", "und jetzt"));
  await settle(second);
  await tally.flush();
  expect(await recorded()).toEqual(
    Array.from({ length: 2 }, () => ({
      outcome: "answered",
      confidence: expect.closeTo(0.9, 4),
      topic: "hours",
    })),
  );
});
