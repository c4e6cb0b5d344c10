import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { FlowState } from "#kernel";
import { type World, world } from "#kernel/testing";
import { holdAfterRestore, releaseHold } from "../../src/kernel/backup/hold.ts";
import { callRoute } from "../../src/skills/service/fixtures/call-route.ts";
import { hours, turnOf } from "../../src/skills/service/fixtures/hansekontor.ts";
import { FLOW_WATCH } from "../../src/skills/service/flows/lost-call.ts";
import { FLOW_CALL } from "../../src/skills/service/flows/stored.ts";
import type { CompanyServices } from "../../src/skills/service/ports.ts";
import { openService } from "../../src/skills/service/skill.ts";
import { flowCacheOf } from "../../src/skills/service/store/flow-cache.ts";
import { openTally } from "../../src/skills/service/store/tally.ts";

/** What becomes of a call that a flow made, and which flow may be live. */

type Asked = Parameters<CompanyServices["ask"]>[0];
let asked: Asked[] = [];
let answer: () => Promise<{ status: number; body: string } | { failed: string }>;
const service = openService({
  hours,
  outside: () => ({
    services: {
      ask: (request) => {
        asked.push(request);
        return answer();
      },
    },
    secrets: async () => "secret",
  }),
});

let here: World;
let tenantId: number;
let flowId: number;
beforeAll(async () => {
  here = await world({ parts: (kernel) => ({ timers: service.skill.timers?.(kernel) ?? {} }) });
});
afterAll(() => here?.close());
beforeEach(async () => {
  tenantId = (await here.tenant()).id;
  flowId = await live(flow("order_more"));
  asked = [];
  answer = async () => ({ status: 201, body: '{"number":"B-7"}' });
});
afterEach(() => here.settle());

const node = (text: string, values: unknown[]) => here.kernel.db.node.query(text, values);
const call = (summary: RegExp, given: Parameters<ReturnType<typeof callRoute>>[0] = {}) =>
  callRoute(service.skill, here.kernel, { tenantId, summary })(given);

const flow = (name: string, start = name) => `flow ${name}
  title
    de: Nachbestellen
    en: Order again
  start
    de: ${start}
    en: ${start}

slot order: order

step begin
  ask order
    de: Bestellnummer?
    en: Order number?
  call POST "https://shop.example/orders/{order}"
    read number as number
    failed -> person
  say
    de: Bestellt als {number}.
    en: Ordered as {number}.
  -> end
`;

async function live(text: string): Promise<number> {
  const { id } = await call(/^Add a flow/, { body: { text } });
  await call(/^Check the draft/, { params: { id }, body: { revision: 1 } });
  return Number(id);
}

let channels = 0;

/** A customer whose flow waits for the service. @returns the conversation */
async function waiting(version = 1): Promise<number> {
  const channelId = await here.channel(tenantId, {
    kind: "web",
    address: `key-${tenantId}-${++channels}-abcdef`,
  });
  const message = "0193a000-0000-7000-8000-000000000001";
  const state = { step: "begin", at: 1, values: { order: "20417" }, tries: 0, asked: [], calling: 1 };
  const open: FlowState = {
    skill: "service",
    flow: "stored",
    step: "begin",
    data: { id: flowId, version, topic: "", call: message, state },
  };
  const now = new Date(here.clock.now());
  const { rows } = await node(
    `with c as (insert into kernel.contact (tenant_id, first_seen_at) values ($1, $3) returning id)
      insert into kernel.conversation (tenant_id, channel_id, contact_id, reply_address, language, state, flow, topic, last_message_at, last_customer_at, last_day, created_at)
      select $1, $2, c.id, 'x', 'de', 'bot', $4, 'reorder', $3, $3, $3, $3 from c returning id`,
    [tenantId, channelId, now, JSON.stringify(open)],
  );
  const conversation = Number(rows[0]?.id);
  await node(
    `insert into kernel.message (tenant_id, conversation_id, id, author, content, status, sent_at, received_at, processed_at)
      values ($1, $2, $3, 'customer', '{"type":"text","text":"20417"}', 'received', $4, $4, $4)`,
    [tenantId, conversation, message, now],
  );
  await node("insert into kernel.timer (tenant_id, kind, key, due_at, payload) values ($1, $2, $3, $4, $5)", [
    tenantId,
    FLOW_CALL,
    String(conversation),
    now,
    JSON.stringify({ conversationId: conversation, messageId: message, post: true }),
  ]);
  return conversation;
}

const handOver = async (conversation: number) =>
  void (await node(
    `update kernel.conversation set state = 'waiting', flow = null, hand_over = '{"reason":"asked","summary":"„Mensch“"}'
      where tenant_id = $1 and id = $2`,
    [tenantId, conversation],
  ));
const standing = async (conversation: number) => {
  const { rows } = await node(
    `select v.state, v.hand_over ->> 'summary' as summary,
        array(select m.content ->> 'text' from kernel.message m where m.tenant_id = v.tenant_id and m.conversation_id = v.id and m.author <> 'customer' order by m.id) as said
      from kernel.conversation v where v.tenant_id = $1 and v.id = $2`,
    [tenantId, conversation],
  );
  return rows[0] as { state: string; summary: string | null; said: string[] };
};

test("a call whose timer was lost goes to a person; what came to its end is left alone", async () => {
  const conversation = await waiting();
  const watch = async (messageId: string) => {
    await node(
      "insert into kernel.timer (tenant_id, kind, key, due_at, payload) values ($1, $2, $3, $4, $5)",
      [
        tenantId,
        FLOW_WATCH,
        String(conversation),
        new Date(here.clock.now()),
        JSON.stringify({ conversationId: conversation, messageId }),
      ],
    );
    await here.settle();
  };
  await node("delete from kernel.timer where tenant_id = $1 and kind = $2", [tenantId, FLOW_CALL]);
  await watch("0193a000-0000-7000-8000-00000000000f");
  expect((await standing(conversation)).state).toBe("bot");
  await watch("0193a000-0000-7000-8000-000000000001");
  expect(asked).toEqual([]);
  const { state, summary, said } = await standing(conversation);
  expect([state, summary]).toEqual(["waiting", expect.stringContaining("order: 20417")]);
  expect(said[0]).toMatch(
    /^Auf meine Anfrage ist keine Antwort gekommen\. Ich gebe Sie an unser Team weiter\./,
  );
});

test("an answer whose words no table takes is stored all the same, so that nothing is posted twice", async () => {
  answer = async () => ({ status: 201, body: JSON.stringify({ number: `\0${"7".repeat(499)}😀` }) });
  const conversation = await waiting();
  await here.settle();
  expect(asked).toHaveLength(1);
  expect(await standing(conversation)).toMatchObject({
    state: "bot",
    said: [`Bestellt als ${"7".repeat(499)}.`],
  });
});

test("what follows a call settles the turn that asked for it, whichever is written first", async () => {
  const conversation = await waiting();
  await here.settle();
  const tally = openTally(here.kernel);
  const before = turnOf({ text: "20417", now: here.clock.now() });
  const opening = {
    ...before,
    tenant: { ...before.tenant, id: tenantId },
    conversation: { ...before.conversation, id: conversation },
    message: { ...before.message, id: "0193a000-0000-7000-8000-000000000001" },
  };
  const asks = { do: "ask", flow: "stored", step: "begin", text: "…" } as const;
  // A batch that is tried again notes its turns twice.
  for (const effects of [[asks], [asks]]) tally.note(opening, { effects, language: "de", confidence: 0.9 });
  await tally.flush();
  const { rows } = await node(
    "select outcome, topic, zone, confidence from service.turn where tenant_id = $1",
    [tenantId],
  );
  expect(rows).toEqual([
    { outcome: "answered", topic: "reorder", zone: "answer", confidence: expect.closeTo(0.9) },
  ]);
});

test("what was posted is told to whoever has the conversation when the answer comes", async () => {
  const conversation = await waiting();
  answer = async () => {
    await handOver(conversation);
    return { status: 201, body: "{}" };
  };
  await here.settle();
  const words = "Nachbestellen: Der Dienst hat die Anfrage angenommen (Antwort 201).";
  expect(await standing(conversation)).toEqual({
    state: "waiting",
    summary: `„Mensch“ · ${words}`,
    said: [words],
  });
});

test("what was left before it was posted is not posted, and the team reads that", async () => {
  const conversation = await waiting();
  await handOver(conversation);
  await here.settle();
  expect(asked).toEqual([]);
  expect((await standing(conversation)).summary).toBe(
    "„Mensch“ · Die Anfrage an den Dienst wurde nicht mehr gesendet.",
  );
});

test("what stood in a restored backup is not posted a second time: a person decides", async () => {
  const old = await waiting();
  const { address } = here.kernel.db;
  here.clock.advance(60_000);
  await holdAfterRestore(address, { takenAt: here.clock.now(), now: here.clock.now(), harmless: ["web"] });
  await here.settle();
  expect(asked).toEqual([]);
  const { state, summary } = await standing(old);
  expect([state, summary]).toEqual([
    "waiting",
    expect.stringMatching(/order: 20417.*Ob die Anfrage an den Dienst ankam, ist offen\.$/s),
  ]);
  // What is asked for after the restore goes out.
  here.clock.advance(60_000);
  const fresh = await waiting();
  await here.settle();
  expect(asked).toHaveLength(1);
  expect((await standing(fresh)).state).toBe("bot");
  await releaseHold(address, { decision: "drop", now: here.clock.now() });
});

test("an open conversation goes on in a version that is live no more", async () => {
  await call(/^Save a draft/, {
    params: { id: flowId },
    body: { text: flow("order_more").replaceAll("Bestellt als", "Neu bestellt als"), revision: 1 },
  });
  await call(/^Check the draft/, { params: { id: flowId }, body: { revision: 2 } });
  // Kept in memory only while somebody is in it.
  const cache = flowCacheOf(here.kernel);
  await cache.prepare([tenantId]);
  expect([1, 2].map((version) => cache.of(tenantId).version(flowId, version)?.version)).toEqual([
    undefined,
    2,
  ]);
  const replaced = await waiting(1);
  await here.settle();
  expect((await standing(replaced)).said).toEqual(["Bestellt als B-7."]);
  await call(/^Take a version live/, { params: { id: flowId }, body: { version: null } });
  const off = await waiting(2);
  await here.settle();
  expect((await standing(off)).said).toEqual(["Neu bestellt als B-7."]);
});

test("an older version comes back only while what begins it is free; the list reads no drafts", async () => {
  await call(/^Save a draft/, {
    params: { id: flowId },
    body: { text: flow("order_more", "Etwas anderes"), revision: 1 },
  });
  await call(/^Check the draft/, { params: { id: flowId }, body: { revision: 2 } });
  await live(flow("order_too", "order_more"));
  await expect(
    call(/^Take a version live/, { params: { id: flowId }, body: { version: 1 } }),
  ).rejects.toThrow(/order_too/);
  const broken = flow("order_more").replace("    failed -> person\n", "");
  await call(/^Save a draft/, { params: { id: flowId }, body: { text: broken, revision: 2 } });
  // As it was summarised when it was saved, not as it would be read now.
  await here.kernel.db.tenant(tenantId, (tx) =>
    sql`update service.flow set draft = 'x' where tenant_id = ${tenantId} and id = ${flowId}`.execute(tx),
  );
  const { items } = await call(/^All flows/);
  expect(items).toMatchObject([
    { name: "order_more", title: { de: "Nachbestellen" }, liveVersion: 2, isChanged: true, faults: 1 },
    { name: "order_too", liveVersion: 1, isChanged: false, faults: 0 },
  ]);
});
