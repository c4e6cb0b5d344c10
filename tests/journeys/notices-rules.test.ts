import { afterAll, beforeAll, expect, test } from "vitest";
import { scheduleTimer, TEMPLATE_NEWS } from "#kernel";
import { judgeVeto, type Objection, type VetoInputs } from "../../src/skills/notices/rules/veto.ts";
import { draft, type NoticesWorld, noticesWorld } from "./notices-world.ts";

/** What holds a notice back, takes it elsewhere or ends it; each test on a topic of its own. */

let here: NoticesWorld;
let topics = 0;
const objections = new Map<number, Objection>();
beforeAll(async () => {
  here = await noticesWorld({
    vetoes: { vetoed: async () => objections },
  });
  await here.call(/Add a template/, {
    body: {
      name: "any_alert",
      language: "de",
      category: "utility",
      body: "{{1}}",
      variables: ["text"],
      state: "approved",
    },
  });
});
afterAll(() => here?.close());

const topic = (more: Record<string, unknown> = {}) => here.topic({ slug: `topic-${++topics}`, ...more });
const got = (to: string) => here.phones.sent.filter((one) => one.to === to);
const HOUR_S = 3_600;

async function send(body: Record<string, unknown>, at: string | null = null): Promise<number> {
  const { id } = await here.call(/Draft a notice/, { body });
  await here.call(/Send now, or at a time/, { params: { id }, body: { at } });
  return id as number;
}

const progress = async (id: number) =>
  (await here.call(/Where it stands/, { params: { id } })) as {
    state: string;
    counts: Record<string, number>;
  };
const reasons = async (id: number) =>
  (await progress(id)).counts.reasons as unknown as Record<string, number>;

test("a commuter's notice waits for six o'clock; one that is over by then does not come", async () => {
  const topicId = await topic();
  const window = { weekdays: [1, 2, 3, 4, 5], from: "06:00", to: "09:00" };
  await here.subscriber({ topicId, to: "commuter", choice: { values: { line: ["U3"] }, window } });
  // Tuesday, ten in the morning.
  const long = await send(
    draft(topicId, { expiresAt: new Date(here.world.clock.now() + 23 * HOUR_S * 1_000).toISOString() }),
  );
  const short = await send(
    draft(topicId, { expiresAt: new Date(here.world.clock.now() + HOUR_S * 1_000).toISOString() }),
  );
  await here.run(2);
  expect(await reasons(short)).toEqual({ outside_window: 1 });
  expect((await progress(long)).counts).toMatchObject({ waiting: 1 });
  here.world.clock.advance(20 * HOUR_S * 1_000);
  await here.run(3);
  expect(got("commuter")).toHaveLength(1);
  expect(new Date(got("commuter")[0]?.at ?? 0).toISOString().slice(0, 13)).toBe("2026-11-25T05");
  here.world.clock.advance(3 * HOUR_S * 1_000);
});

test("a channel that refuses is left for another that was agreed to", async () => {
  const topicId = await topic();
  const contactId = await here.subscriber({ topicId, to: "49fall", channel: "whatsapp" });
  await here.subscriber({ topicId, to: "tgfall", channel: "telegram", contactId });
  here.phones.refuse.set("49fall", {
    outcome: "failed",
    error: { code: 131026, title: "undeliverable" },
    action: "never",
  });
  const id = await send(draft(topicId, { values: {} }));
  await here.run(12);
  expect(got("49fall")).toEqual([]);
  expect(got("tgfall")).toHaveLength(1);
  expect((await progress(id)).counts).toMatchObject({ matched: 1, sent: 1 });
});

test("two contacts that are one person hear it once, also when they are merged while it waits", async () => {
  const topicId = await topic();
  const window = { weekdays: [1, 2, 3, 4, 5, 6, 7], from: "00:00", to: "24:00" };
  const one = await here.subscriber({ topicId, to: "m1", choice: { window, digestAt: null, quiet: null } });
  const two = await here.subscriber({ topicId, to: "m2", choice: { quiet: null } });
  const startAt = new Date(here.world.clock.now() + 5_000).toISOString();
  const id = await send(draft(topicId, { values: {} }), startAt);
  await here.world.kernel.db.node.query("update kernel.contact set merged_into = $2 where id = $1", [
    one,
    two,
  ]);
  await here.run(8);
  expect(got("m1").length + got("m2").length).toBe(1);
  expect((await progress(id)).counts.matched).toBe(1);
});

test("after a withdrawal nothing comes, and whoever is erased leaves a number only", async () => {
  const topicId = await topic();
  await here.subscriber({ topicId, to: "stops" });
  const gone = await here.subscriber({ topicId, to: "goes" });
  await here.say("stops", "STOP");
  const id = await send(draft(topicId, { values: {} }));
  await here.run(3);
  expect(
    got("stops").filter(({ content }) => "text" in content && content.text === "Die U3 fährt nicht."),
  ).toEqual([]);
  expect(got("goes")).toHaveLength(1);
  const { personalData } = await import("../../src/skills/notices/skill.ts").then(({ openNotices }) =>
    openNotices({ vetoes: null, optIn: null, publicUrl: () => "" }),
  );
  const held = () => here.house.db.tenant(here.tenantId, (tx) => personalData.export(tx, [gone]));
  expect(await held()).toMatchObject({ notices: [{ notice: "U3 gesperrt", state: "queued" }] });
  await here.house.db.tenant(here.tenantId, (tx) => personalData.erase(tx, [gone], here.world.clock.now()));
  expect(await held()).toEqual({ subscriptions: [], notices: [], requests: [] });
  expect((await progress(id)).counts).toMatchObject({ matched: 1, reasons: { erased: 1 } });
});

test("a digest gathers the day in one message", async () => {
  const topicId = await topic();
  await here.subscriber({ topicId, to: "evening", choice: { digestAt: "18:00" } });
  const night = new Date(here.world.clock.now() + 14 * HOUR_S * 1_000).toISOString();
  for (const title of ["Erstens", "Zweitens"])
    await send(
      draft(topicId, { title, values: {}, expiresAt: night, texts: { de: `${title}: Text.`, en: null } }),
    );
  await here.run(2);
  expect(got("evening")).toEqual([]);
  here.world.clock.advance(10 * HOUR_S * 1_000);
  await here.run(3);
  expect(got("evening").map(({ content }) => ("text" in content ? content.text : ""))).toEqual([
    "Neues von Hafenbahn\n\nErstens\nErstens: Text.\n\nZweitens\nZweitens: Text.",
  ]);
  here.world.clock.advance(14 * HOUR_S * 1_000);
});

test("an update replaces what still waits, the all-clear goes to those who heard, a reference is taken once", async () => {
  const topicId = await topic({ slug: "story" });
  await here.subscriber({ topicId, to: "hears" });
  await here.subscriber({ topicId, to: "sleeps", choice: { digestAt: "18:00" } });
  const { topicId: _, ...body } = draft(topicId, { values: {} });
  const part = (phase: string, text: string, reference = phase) =>
    here.call(/Draft and send in one call/, {
      body: { ...body, topic: "story", story: "alert-1", phase, reference, texts: { de: text, en: null } },
    });
  const first = await part("alert", "Gesperrt.");
  expect((await part("alert", "Anders.")).id).toBe(first.id);
  await here.run(3);
  await part("update", "Bis 12 Uhr.");
  await here.run(3);
  expect(await reasons(first.id as number)).toEqual({ superseded: 1 });
  await part("all_clear", "Frei.");
  await here.run(3);
  expect(got("hears").map(({ content }) => ("text" in content ? content.text : ""))).toEqual([
    "Gesperrt.",
    "Bis 12 Uhr.",
    "Frei.",
  ]);
  expect(got("sleeps")).toEqual([]);
});

test("an advocate's objection stops advertising and nothing else", async () => {
  const ads = await topic({ kind: "promotion" });
  const service = await topic();
  const contactId = await here.subscriber({ topicId: ads, to: "buyer" });
  await here.subscriber({ topicId: service, to: "buyer", contactId });
  objections.set(contactId, { rule: "recall", until: "2026-12-24", subjects: ["04006381333931"] });
  const ad = await send(draft(ads, { values: {}, about: ["4006381333931"] }));
  await send(draft(service, { values: {} }));
  await here.run(3);
  objections.clear();
  expect(got("buyer")).toHaveLength(1);
  expect(await reasons(ad)).toEqual({ vetoed: 1 });
  const { rows } = await here.world.kernel.db.node.query<{
    rule: string;
    inputs: VetoInputs;
    outcome: string;
    explanation: { de: string; en: string };
  }>(
    "select rule, inputs, outcome, explanation from kernel.decision where tenant_id = $1 and contact_id = $2",
    [here.tenantId, contactId],
  );
  expect(rows).toHaveLength(1);
  const [decision] = rows as [(typeof rows)[number]];
  expect(decision).toMatchObject({
    rule: "notices.veto/1",
    outcome: "vetoed",
    inputs: { objection: { rule: "recall", until: "2026-12-24", subjects: ["04006381333931"] } },
  });
  expect(decision.explanation.de).toContain("(bis 24. Dezember 2026)");
  expect(decision.explanation.en).toContain("(until 24 December 2026)");
  // The same inputs come out the same; after its last day the warning objects no more.
  expect(judgeVeto(decision.inputs)).toBe(decision.outcome);
  expect(judgeVeto({ ...decision.inputs, today: "2026-12-25" })).toBe("sent");
});

test("a template that the provider pauses in the middle: what has not left does not leave, and the desk says why", async () => {
  const topicId = await topic();
  const [first, second] = [`p${topicId}a`, `p${topicId}b`];
  for (const to of [first, second]) await here.subscriber({ topicId, to, channel: "whatsapp" });
  await here.call(/Add a template/, {
    body: {
      name: "in_the_middle",
      language: "de",
      category: "utility",
      body: "{{1}}",
      variables: ["title"],
      state: "approved",
    },
  });
  const { items } = await here.call(/WhatsApp templates/);
  const { id } = (items as { id: number; name: string }[]).find(({ name }) => name === "in_the_middle") ?? {
    id: 0,
  };
  // Not to leave before the news: the number stands still.
  const notice = await send(draft(topicId, { values: {}, templates: { de: id, en: null } }));
  const news = {
    name: "in_the_middle",
    language: "de",
    state: "paused",
    category: null,
    reason: "FIRST_PAUSE",
    at: here.house.clock.now(),
  };
  const hear = (payload: typeof news) =>
    scheduleTimer(here.house, {
      tenantId: here.tenantId,
      kind: TEMPLATE_NEWS,
      key: `state ${payload.at}`,
      dueAt: here.house.clock.now(),
      payload,
    });
  await hear(news);
  await here.run(8);
  // Said before, heard after: it changes nothing.
  await hear({ ...news, state: "approved", reason: "", at: news.at - 60_000 });
  await here.run(1);
  const left = got(first).length + got(second).length;
  const why = await reasons(notice);
  expect(left + ((why as Record<string, number>).template_paused ?? 0)).toBe(2);
  const { items: after } = await here.call(/WhatsApp templates/);
  expect((after as { name: string }[]).find(({ name }) => name === "in_the_middle")).toMatchObject({
    state: "paused",
    reason: "FIRST_PAUSE",
  });
  // Nothing more goes out with it.
  const next = await send(draft(topicId, { values: {}, templates: { de: id, en: null } }));
  await here.run(4);
  expect(await reasons(next)).toEqual({ template_paused: 2 });
});

test("four eyes: the author cannot release; a change voids the release", async () => {
  const topicId = await topic();
  await here.subscriber({ topicId, to: "eyes" });
  const settings = await here.call(/Quiet hours, cap/);
  await here.call(/Save the settings of notices/, { body: { ...settings, needsFourEyes: true } });
  const { id } = await here.call(/Draft a notice/, { body: draft(topicId, { values: {} }) });
  const start = () => here.call(/Send now, or at a time/, { params: { id }, body: {} });
  await expect(start()).rejects.toThrow(/release/);
  await expect(here.call(/Release a draft/, { params: { id } })).rejects.toThrow(/Somebody else/);
  await here.call(/Release a draft/, { params: { id }, staffId: "u2" });
  await here.call(/Save a draft whole/, {
    params: { id },
    body: draft(topicId, { values: {}, title: "Neu" }),
  });
  await expect(start()).rejects.toThrow(/release/);
  await here.call(/Release a draft/, { params: { id }, staffId: "u2" });
  await start();
  await here.run(3);
  await here.call(/Save the settings of notices/, { body: { ...settings, needsFourEyes: false } });
  expect(got("eyes")).toHaveLength(1);
});

test("stopped in the middle: what has not left is taken back, and the number kept its pace until then", async () => {
  const topicId = await topic();
  const phones = Array.from({ length: 60 }, (_, n) => `49stop${n}`);
  for (const to of phones) await here.subscriber({ topicId, to, channel: "whatsapp" });
  const id = await send(draft(topicId, { values: {} }));
  await here.world.settle();
  await here.call(/Stop in the middle/, { params: { id } });
  const left = phones.filter((to) => got(to).length === 1).length;
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(60);
  await here.run(5);
  expect(phones.filter((to) => got(to).length === 1)).toHaveLength(left);
  const { state, counts } = await progress(id);
  expect(state).toBe("stopped");
  expect(counts).toMatchObject({ matched: 60, sent: left, waiting: 0, queued: 0 });
  expect((counts.failed ?? 0) + (counts.dropped ?? 0)).toBe(60 - left);
});

test("a topic that ends tells its subscribers, then their consent is withdrawn", async () => {
  const topicId = await topic();
  const contactId = await here.subscriber({ topicId, to: "last" });
  const { told } = await here.call(/End a topic/, { params: { id: topicId } });
  expect(told).toBe(1);
  await here.run(6);
  expect(got("last").map(({ content }) => ("text" in content ? content.text : ""))).toEqual([
    "Hafenbahn schickt ab jetzt keine Hinweise mehr zu „Störungen“. Ihr Abo endet damit; Sie müssen nichts tun.",
  ]);
  const { rows } = await here.world.kernel.db.node.query(
    "select withdrawn_how from kernel.consent_grant where tenant_id = $1 and contact_id = $2",
    [here.tenantId, contactId],
  );
  expect(rows).toEqual([{ withdrawn_how: "topic_deleted" }]);
});

test("whoever answers a notice is in a conversation about it, and counts as a reply", async () => {
  const topicId = await topic();
  await here.subscriber({ topicId, to: "replies" });
  const id = await send(draft(topicId, { values: {}, title: "U3 gesperrt bis 12 Uhr" }));
  await here.run(3);
  here.world.clock.advance(60_000);
  await here.say("replies", "Fährt ein Ersatzbus?");
  const { rows } = await here.world.kernel.db.node.query(
    "select topic from kernel.conversation where tenant_id = $1 and reply_address = 'replies'",
    [here.tenantId],
  );
  expect(rows).toEqual([{ topic: "U3 gesperrt bis 12 Uhr" }]);
  expect((await progress(id)).counts.replied).toBe(1);
});
