import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { House } from "#kernel";
import { type World, world } from "#kernel/testing";
import { callRoute } from "./fixtures/call-route.ts";
import { hours, turnOf } from "./fixtures/hansekontor.ts";
import { openService } from "./skill.ts";
import { openTally } from "./store/tally.ts";

const service = openService({ hours });
let here: World;
let house: House;
beforeAll(async () => {
  here = await world({ parts: (kernel) => ({ timers: service.skill.timers?.(kernel) ?? {} }) });
  house = here.kernel;
});
afterAll(() => here?.close());

test("questions without an answer are kept for the owner with their person, and go when the person goes or after 90 days", async () => {
  const tenantId = (await here.tenant()).id;
  const call = (id: number, summary: RegExp) => callRoute(service.skill, house, { tenantId: id, summary });
  const channelId = await here.channel(tenantId, { kind: "web", address: `key-${tenantId}-abcdef` });
  const { rows } = await here.kernel.db.node.query<{ contact: number; conversation: number }>(
    `with c as (insert into kernel.contact (tenant_id, first_seen_at) values ($1, $3) returning id)
      insert into kernel.conversation (tenant_id, channel_id, contact_id, reply_address, language, last_message_at, last_day, created_at)
      select $1, $2, c.id, 'x', 'de', $3, $3, $3 from c returning id as conversation, contact_id as contact`,
    [tenantId, channelId, new Date(here.clock.now())],
  );
  const { contact = 0, conversation = 0 } = rows[0] ?? {};
  const tally = openTally(house);
  const note = (question: string, conversationId = conversation, messageId: string = randomUUID()) => {
    const turn = turnOf({ text: question, now: here.clock.now() });
    tally.note(
      {
        ...turn,
        tenant: { ...turn.tenant, id: tenantId },
        conversation: { ...turn.conversation, id: conversationId },
        message: { ...turn.message, id: messageId },
      },
      {
        effects: [],
        language: "de",
        asked: "returns",
        unanswered: { question, guess: "returns", confidence: 0.4 },
      },
    );
  };
  await call(
    tenantId,
    /Add a topic/,
  )({
    body: {
      intent: "returns",
      title: { de: "", en: "" },
      answers: [],
      examples: [],
      flow: "",
      mostAsked: false,
    },
  });
  note("was kostet der mond");
  note("was kostet der mond");
  note("rolled back", 987_654_321);
  const takenBack = randomUUID();
  await here.kernel.db.node.query(
    `insert into kernel.message (tenant_id, conversation_id, id, author, content, status, revoked, sent_at, received_at, processed_at)
      values ($1, $2, $3, 'customer', '{"type":"text","text":""}', 'received', true, $4, $4, $4)`,
    [tenantId, conversation, takenBack, new Date(here.clock.now())],
  );
  note("taken back before it was written down", conversation, takenBack);
  await tally.flush();
  const { items } = (await call(tenantId, /All topics/)()) as { items: { asked: number }[] };
  expect(items[0]?.asked).toBe(4);
  const held = () => house.db.tenant(tenantId, (tx) => service.skill.personalData.export(tx, [contact]));
  expect(await held()).toMatchObject({ unansweredQuestions: [{ question: "was kostet der mond" }] });
  note("was kostet der mars");
  await tally.flush();
  const list = call(tenantId, /Questions that went to a person/);
  const first = await list({ query: { limit: 1 } });
  const second = await list({ query: { limit: 1, cursor: first.next } });
  const questions = [first, second].flatMap((page) =>
    (page.items as { question: string }[]).map((one) => one.question),
  );
  expect(questions.sort()).toEqual(["was kostet der mars", "was kostet der mond"]);
  expect(second.next).toBeNull();
  await house.db.tenant(tenantId, (tx) => service.skill.personalData.erase(tx, [contact], here.clock.now()));
  expect(await held()).toEqual({ unansweredQuestions: [], taughtExamples: [], automaticTurns: [] });
  note("was kostet die sonne");
  await tally.flush();
  here.clock.advance(91 * 86_400_000);
  await here.settle();
  expect(await held()).toEqual({ unansweredQuestions: [], taughtExamples: [], automaticTurns: [] });
});
