import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { nextNight } from "../../src/skills/service/jobs.ts";
import { HOURS, type Person, TeachingStage, topicOf, type Version } from "./teaching-stage.ts";

const DAY = 86_400_000;

const stage = new TeachingStage();
const { answers, call, erase, learnt, message, node, person, teach, tried, turn, versions } = stage;
beforeAll(stage.open);
afterAll(stage.close);
beforeEach(stage.company);

describe("versions", () => {
  test("wait for a comparison where the company wants it, go live, and are rolled back to", async () => {
    const ids = await teach();
    expect(await versions()).toMatchObject({ release: "auto", items: [{ isLive: true, examples: 10 }] });
    const asker = await person();
    await turn(asker, "hours", "answered", { text: "öffnungszeiten" });
    await turn(asker, "returns", "answered", { text: "rückgabe" });
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
      stage.tenantId(),
      new Date(stage.here().clock.now() - 10 * 60_000),
    ]);
    expect(await call(/^Which knowledge is live/)).toMatchObject({ state: "training", isInterrupted: true });
    expect((await tried("öffnungszeiten")).zone).toBe("answer");
  });
});

describe("what a colleague says a case was about", () => {
  test("is proposed, accepted, learnt in the night, and goes with the person from all that learnt it", async () => {
    const ids = await teach();
    const customer = await person();
    const messageId = await turn(customer, null, "handed_over", {
      text: "ich krieg den karton nicht mehr zu",
    });
    const params = { id: customer.conversation };
    expect(await call(/^The question of a case/, { params })).toMatchObject({
      question: "ich krieg den karton nicht mehr zu",
      messageId,
      taught: null,
    });
    await call(/^“This was topic X”/, { params, body: { messageId, topicId: ids.returns } });
    await call(/^“This was topic X”/, { params, body: { messageId, topicId: ids.returns } }); // twice is once
    expect(await call(/^The question of a case/, { params })).toMatchObject({
      taught: { topic: { intent: "returns" }, isAccepted: false },
    });
    const inbox = (await call(/^Proposed examples/)) as { items: { id: number }[]; open: number };
    expect(inbox).toMatchObject({ open: 1, items: [{ topic: { intent: "returns" } }], nightAt: null });
    const accept = inbox.items.map(({ id }) => id);
    expect(await call(/^Accept or reject/, { body: { accept } })).toEqual({ accepted: 1, rejected: 0 });
    expect(await call(/^Accept or reject/, { body: { accept } })).toEqual({ accepted: 0, rejected: 0 });
    const after = await call(/^Proposed examples/);
    expect(after).toMatchObject({
      open: 0,
      waiting: 1,
      nightAt: new Date(nextNight("Europe/Berlin", stage.here().clock.now())).toISOString(),
    });
    stage.here().clock.advance(DAY);
    await stage.here().settle();
    expect((await versions()).items[0]).toMatchObject({ isLive: true, reason: "night", examples: 11 });
    await expect
      .poll(async () => (await tried("ich krieg den karton nicht mehr zu")).candidates[0]?.intent)
      .toBe("returns");
    // Saving the topic keeps the source, so the example still goes with its person.
    const topic = await call(/^One topic, whole/, { params: { id: ids.returns } });
    await call(/^Save a topic whole/, { params: { id: ids.returns }, body: topic });
    await learnt();
    await erase([customer.contact]);
    await stage.here().settle();
    const left = await versions();
    expect(left.items.map(({ examples, reason }) => ({ examples, reason }))).toEqual([
      { examples: 10, reason: "forget" },
    ]);
    expect(JSON.stringify(await call(/^One topic, whole/, { params: { id: ids.returns } }))).not.toContain(
      "karton",
    );
  });

  test("is learnt of the words that were shown, and can be changed, also when it was accepted", async () => {
    const ids = await teach();
    const customer = await person();
    const shown = await turn(customer, null, "handed_over", { text: "der karton geht nicht zu" });
    // Meanwhile the customer writes something that would be taken for the question.
    await turn(customer, null, "handed_over", { text: "wann seid ihr eigentlich da" });
    const params = { id: customer.conversation };
    const say = (topicId: number | null, messageId = shown) =>
      call(/^“This was topic X”/, { params, body: { messageId, topicId } });
    const inbox = async () =>
      ((await call(/^Proposed examples/)) as { items: { id: number; text: string }[] }).items;
    const examples = async (id: number) =>
      ((await call(/^One topic, whole/, { params: { id } })).examples as { text: string }[]).map(
        ({ text }) => text,
      );
    await say(ids.hours);
    await say(ids.returns);
    const [first, ...more] = await inbox();
    expect([first, more]).toMatchObject([
      { text: "der karton geht nicht zu", topic: { intent: "returns" } },
      [],
    ]);
    await call(/^Accept or reject/, { body: { accept: [first?.id ?? 0] } });
    await say(ids.hours);
    const [again] = await inbox();
    await call(/^Accept or reject/, { body: { accept: [again?.id ?? 0] } });
    expect(await examples(ids.hours)).toContain("der karton geht nicht zu");
    expect(await examples(ids.returns)).not.toContain("der karton geht nicht zu");
    // Of another conversation, or taken back: nothing is learnt.
    const other = await turn(await person(), null, "handed_over", { text: "fremde worte" });
    await expect(say(ids.hours, other)).rejects.toMatchObject({ code: "not_found" });
    await node("update kernel.message set revoked = true where tenant_id = $1 and id = $2", [
      stage.tenantId(),
      shown,
    ]);
    await expect(say(ids.returns)).rejects.toMatchObject({ code: "not_found" });
  });

  test("is proposed as well when customers choose it themselves; what was rejected does not come again", async () => {
    const ids = await teach();
    const [chose, typed, left] = (await Promise.all([person(), person(), person()])) as [
      Person,
      Person,
      Person,
    ];
    await turn(chose, "hours", "offered", { text: "mein karton ist weg" });
    await turn(chose, "returns", "answered", { text: "Rückgabe", zone: null });
    await turn(typed, "hours", "offered", { text: "wie sieht es mit sonntag aus" });
    await turn(typed, "returns", "answered", { text: "und die rückgabe" }); // asked something else, which was understood
    await turn(left, "hours", "offered", { text: "ist wer da" });
    const inbox = async () =>
      ((await call(/^Proposed examples/)) as { items: { id: number; text: string }[] }).items;
    const [own, ...others] = await inbox();
    expect(own).toMatchObject({ text: "mein karton ist weg", origin: "choice", topic: { id: ids.returns } });
    expect(others).toEqual([]);
    expect(await call(/^Accept or reject/, { body: { reject: [own?.id ?? 0] } })).toEqual({
      accepted: 0,
      rejected: 1,
    });
    expect(await inbox()).toEqual([]);
  });

  test("measures and is not learnt, when it comes from the spot check", async () => {
    const ids = await teach();
    const customer = await person();
    await turn(customer, "hours", "answered", { text: "seid ihr am feiertag da" });
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
        stage.tenantId(),
        conversation,
        question.padEnd(43, "x").replace(/ /g, "_").slice(0, 43),
        question,
        new Date(stage.here().clock.now()),
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
  await stage.here().settle();
  expect(await call(/^What can be expected/)).toMatchObject({
    state: "ready",
    report: { maxWrong: 0.02, enough: 30 },
  });
});
