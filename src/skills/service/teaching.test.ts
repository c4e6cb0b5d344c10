import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type World, world } from "#kernel/testing";
import { callRoute } from "./fixtures/call-route.ts";
import { hours } from "./fixtures/hansekontor.ts";
import { nextNight } from "./jobs.ts";
import { openService } from "./skill.ts";
import type { Outcome } from "./store/turns.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const service = openService({ hours });

let here: World;
let tenantId: number;
let channelId: number;
let people = 0;
beforeAll(async () => {
  here = await world({ parts: (kernel) => ({ timers: service.skill.timers?.(kernel) ?? {} }) });
});
afterAll(() => here?.close());
beforeEach(async () => {
  tenantId = (await here.tenant()).id;
  channelId = await here.channel(tenantId, { kind: "web", address: `key-${tenantId}-abcdef` });
});

const node = (text: string, values: unknown[]) => here.kernel.db.node.query(text, values);
const call = (summary: RegExp, given: Parameters<ReturnType<typeof callRoute>>[0] = {}) =>
  callRoute(service.skill, here.kernel, { tenantId, summary })(given);

interface Person {
  contact: number;
  conversation: number;
}

async function person(): Promise<Person> {
  const { rows } = await node(
    `with c as (insert into kernel.contact (tenant_id, first_seen_at) values ($1, $3) returning id)
      insert into kernel.conversation (tenant_id, channel_id, contact_id, reply_address, language, state, last_message_at, last_customer_at, last_day, created_at)
      select $1, $2, c.id, $4, 'de', 'waiting', $3, $3, $3, $3 from c returning id as conversation, contact_id as contact`,
    [tenantId, channelId, new Date(here.clock.now()), `p${++people}`],
  );
  return rows[0] as Person;
}

/** A message as the kernel keeps it. @returns its id */
async function message(
  { conversation }: Person,
  author: "customer" | "agent",
  text: string,
): Promise<string> {
  here.clock.advance(1_000);
  const at = here.clock.now();
  // As kernel/ids.ts: the order is the time.
  const id = `${at
    .toString(16)
    .padStart(12, "0")
    .replace(/^(.{8})/, "$1-")}-8000-8000-${randomUUID().slice(-12)}`;
  await node(
    `insert into kernel.message (tenant_id, conversation_id, id, author, content, status, purpose, sent_at, received_at, processed_at)
      values ($1, $2, $3, $4, $5, case $4 when 'agent' then 'sent' else 'received' end, case $4 when 'agent' then 'other_client' end, $6, $6, $6)`,
    [tenantId, conversation, id, author, JSON.stringify({ type: "text", text }), new Date(at)],
  );
  return id;
}

async function turn(of: Person, topic: string | null, outcome: Outcome, text = "?"): Promise<void> {
  const id = await message(of, "customer", text);
  const zone = {
    answered: "answer",
    asked: "answer",
    offered: "choose",
    handed_over: "handover",
    not_helped: null,
  };
  await node(
    `insert into service.turn (tenant_id, conversation_id, message_id, at, topic, language, outcome, zone, confidence)
      values ($1, $2, $3, $4, $5, 'de', $6, $7, 0.5)`,
    [tenantId, of.conversation, id, new Date(here.clock.now()), topic, outcome, zone[outcome]],
  );
}

const topicOf = (intent: string, examples: readonly string[], answer = `Antwort zu ${intent}`) => ({
  intent,
  title: { de: intent, en: "" },
  answers: [{ language: "de", text: answer, link: null, fileId: null, options: [] }],
  examples: examples.map((text) => ({ language: "de", text })),
  flow: "",
  mostAsked: false,
});
const HOURS = [
  "wann habt ihr offen",
  "öffnungszeiten",
  "habt ihr samstag auf",
  "wie lange ist geöffnet",
  "bis wann offen",
];
const RETURNS = [
  "ware zurückgeben",
  "rückgabe",
  "wie schicke ich es zurück",
  "ich will umtauschen",
  "retoure anmelden",
];

async function teach(): Promise<{ hours: number; returns: number }> {
  const first = await call(/^Add a topic/, { body: topicOf("hours", HOURS) });
  const second = await call(/^Add a topic/, { body: topicOf("returns", RETURNS) });
  await learnt();
  return { hours: Number(first.id), returns: Number(second.id) };
}
async function learnt(): Promise<void> {
  here.clock.advance(20_000);
  await here.settle();
}
interface Version {
  id: number;
  isLive: boolean;
  reason: string;
  examples: number;
}
const versions = async () =>
  (await call(/^Versions of the knowledge/)) as {
    release: string;
    items: Version[];
  };
const tried = async (text: string) =>
  (await call(/^What would be answered/, { body: { text } })) as {
    zone: string;
    text: string;
    candidates: { intent: string }[];
  };
/** Every process hears of a change a moment later. */
const answers = (question: string, words: string) =>
  expect.poll(async () => (await tried(question)).text, { timeout: 5_000 }).toContain(words);

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
    here.clock.advance(30 * HOUR);
    await turn(again, "hours", "answered"); // came back on it
    here.clock.advance(73 * HOUR);
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
        [tenantId, new Date(here.clock.now())],
      );
    here.clock.advance(176 * DAY); // 179 for the last turn, more for the others
    await forget();
    await here.settle();
    const { rows } = await node("select count(*)::int as turns from service.turn where tenant_id = $1", [
      tenantId,
    ]);
    expect(rows).toEqual([{ turns: 1 }]);
    await here.kernel.db.tenant(tenantId, (tx) =>
      service.skill.personalData.erase(
        tx,
        all.map(({ contact }) => contact),
      ),
    );
    expect((await node("select from service.turn where tenant_id = $1", [tenantId])).rowCount).toBe(0);
  });
});

describe("versions", () => {
  test("wait for a comparison where the company wants it, go live, and are rolled back to", async () => {
    const ids = await teach();
    expect(await versions()).toMatchObject({ release: "auto", items: [{ isLive: true, examples: 10 }] });
    const asker = await person();
    await turn(asker, "hours", "answered", "öffnungszeiten");
    await turn(asker, "returns", "answered", "rückgabe");
    await call(/^auto: what is learnt/, { body: { release: "review" } });
    const body = topicOf("hours", [...HOURS, "rückgabe am sonntag möglich"], "Montags bis samstags.");
    await call(/^Save a topic whole/, { params: { id: ids.hours }, body });
    await learnt();
    const waiting = await versions();
    const [draft, live] = waiting.items as [Version, Version];
    expect([draft.isLive, live.isLive]).toEqual([false, true]);
    await answers("öffnungszeiten", "Antwort zu hours");
    const compared = (await call(/^What this version would have/, { params: { id: draft.id } })) as {
      compared: number;
      differences: { kind: string; text: string; draft: { text: string } }[];
    };
    expect(compared.compared).toBe(2);
    expect(compared.differences).toMatchObject([
      { kind: "words", text: "öffnungszeiten", draft: { text: "Montags bis samstags." } },
    ]);
    await call(/^Answer with this version/, { params: { id: draft.id } });
    await answers("öffnungszeiten", "Montags bis samstags.");
    await call(/^Answer with this version/, { params: { id: live.id } });
    await answers("öffnungszeiten", "Antwort zu hours");
    expect((await versions()).release).toBe("review");
    await call(/^auto: what is learnt/, { body: { release: "auto" } });
    await answers("öffnungszeiten", "Montags bis samstags.");
  });

  test("a training that is refused or cut off keeps the model before and says so", async () => {
    await teach();
    await node("update service.tenant_model set state = 'training', started_at = $2 where tenant_id = $1", [
      tenantId,
      new Date(here.clock.now() - 10 * 60_000),
    ]);
    expect(await call(/^Which knowledge is live/)).toMatchObject({ state: "training", isInterrupted: true });
    expect((await tried("öffnungszeiten")).zone).toBe("answer");
  });
});

describe("what a colleague says a case was about", () => {
  test("is proposed, accepted, learnt in the night, and goes with the person from all that learnt it", async () => {
    const ids = await teach();
    const customer = await person();
    await turn(customer, null, "handed_over", "ich krieg den karton nicht mehr zu");
    const params = { id: customer.conversation };
    expect(await call(/^The question of a case/, { params })).toMatchObject({
      question: "ich krieg den karton nicht mehr zu",
      isTaught: false,
    });
    await call(/^“This was topic X”/, { params, body: { topicId: ids.returns } });
    await call(/^“This was topic X”/, { params, body: { topicId: ids.returns } }); // twice is once
    expect((await call(/^The question of a case/, { params })).isTaught).toBe(true);
    const inbox = (await call(/^Proposed examples/)) as { items: { id: number }[]; open: number };
    expect(inbox).toMatchObject({ open: 1, items: [{ topic: { intent: "returns" } }], nightAt: null });
    const accept = inbox.items.map(({ id }) => id);
    expect(await call(/^Accept or reject/, { body: { accept } })).toEqual({ accepted: 1, rejected: 0 });
    expect(await call(/^Accept or reject/, { body: { accept } })).toEqual({ accepted: 0, rejected: 0 });
    const after = await call(/^Proposed examples/);
    expect(after).toMatchObject({
      open: 0,
      waiting: 1,
      nightAt: new Date(nextNight("Europe/Berlin", here.clock.now())).toISOString(),
    });
    here.clock.advance(DAY);
    await here.settle();
    expect((await versions()).items[0]).toMatchObject({ isLive: true, reason: "night", examples: 11 });
    await expect
      .poll(async () => (await tried("ich krieg den karton nicht mehr zu")).candidates[0]?.intent)
      .toBe("returns");
    // Saving the topic keeps the source, so the example still goes with its person.
    const topic = await call(/^One topic, whole/, { params: { id: ids.returns } });
    await call(/^Save a topic whole/, { params: { id: ids.returns }, body: topic });
    await learnt();
    await here.kernel.db.tenant(tenantId, (tx) => service.skill.personalData.erase(tx, [customer.contact]));
    await here.settle();
    const left = await versions();
    expect(left.items.map(({ examples, reason }) => ({ examples, reason }))).toEqual([
      { examples: 10, reason: "forget" },
    ]);
    expect(JSON.stringify(await call(/^One topic, whole/, { params: { id: ids.returns } }))).not.toContain(
      "karton",
    );
  });

  test("measures and is not learnt, when it comes from the spot check", async () => {
    const ids = await teach();
    const customer = await person();
    await turn(customer, "hours", "answered", "seid ihr am feiertag da");
    const drawn = (await call(/^A few messages drawn/)) as {
      items: { conversationId: number; messageId: string }[];
    };
    const [one] = drawn.items as [{ conversationId: number; messageId: string }];
    const body = { conversationId: one.conversationId, messageId: one.messageId, topicId: ids.hours };
    await call(/^Say which topic such a message/, { body });
    expect(await call(/^A few messages drawn/)).toEqual({ items: [], measured: 1 });
    await expect(call(/^Say which topic such a message/, { body })).rejects.toThrow("not_found");
  });

  test("finds suggested answers by what is being typed", async () => {
    await teach();
    const customer = await person();
    await message(customer, "customer", "wie geht denn die rückgabe");
    const items = async (draft: string) =>
      (
        (await call(/^Answers of the knowledge/, {
          params: { id: customer.conversation },
          body: { draft },
        })) as {
          items: { topic: { intent: string } }[];
        }
      ).items.map(({ topic }) => topic.intent);
    expect((await items(""))[0]).toBe("returns");
    expect(await items("Antwort zu hou")).toContain("hours");
  });
});

test("questions nobody could answer become a topic with them as examples", async () => {
  await teach();
  const asked = ["verkauft ihr gutscheine", "gutscheine verkauft ihr auch", "gibt es gutscheine zu kaufen"];
  for (const question of asked) {
    const { conversation } = await person();
    await node(
      `insert into service.unanswered (tenant_id, conversation_id, question_key, question, language, asked_at)
        values ($1, $2, $3, $4, 'de', $5)`,
      [
        tenantId,
        conversation,
        question.padEnd(43, "x").replace(/ /g, "_").slice(0, 43),
        question,
        new Date(here.clock.now()),
      ],
    );
  }
  const groups = (await call(/^Questions without an answer, grouped/)) as {
    items: { count: number; questions: { conversationId: number; questionKey: string }[] }[];
  };
  expect(groups.items[0]?.count).toBeGreaterThanOrEqual(2);
  const questions = (groups.items[0]?.questions ?? []).map(({ conversationId, questionKey }) => ({
    conversationId,
    questionKey,
  }));
  const body = { title: "Gutscheine für Äpfel", language: "de", questions };
  const made = await call(/^Make a topic of questions/, { body });
  expect(made.examples).toBe(questions.length);
  expect(await call(/^One topic, whole/, { params: { id: made.id } })).toMatchObject({
    intent: "gutscheine_fuer_aepfel",
  });
  await expect(call(/^Make a topic of questions/, { body })).rejects.toThrow("not_found");
});

test("limits: a dearer topic and the error limit are kept, trained and measured", async () => {
  const ids = await teach();
  const set = { maxWrong: 0.02, topics: [{ id: ids.returns, cost: 5 }] };
  expect(await call(/^Set the error limit/, { body: set })).toMatchObject({
    maxWrong: 0.02,
    topics: [
      { intent: "hours", cost: 1 },
      { intent: "returns", cost: 5 },
    ],
  });
  await expect(
    call(/^Set the error limit/, { body: { maxWrong: 0.02, topics: [{ id: 999_999, cost: 5 }] } }),
  ).rejects.toThrow("bad_request");
  await learnt();
  expect(await call(/^What can be expected/)).toMatchObject({ state: "measuring", report: null });
  await here.settle();
  expect(await call(/^What can be expected/)).toMatchObject({
    state: "ready",
    report: { maxWrong: 0.02, enough: 30 },
  });
});
