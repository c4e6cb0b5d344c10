import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { scheduleTimer } from "#kernel";
import type { Health } from "../../src/skills/service/engine/index.ts";
import { keepHealth } from "../../src/skills/service/store/models.ts";
import { TrainingError, trainInWorker } from "../../src/skills/service/training.ts";
import { type Person, RETURNS, TeachingStage, topicOf } from "./teaching-stage.ts";

vi.mock(import("../../src/skills/service/training.ts"), async (original) => {
  const real = await original();
  return { ...real, trainInWorker: vi.fn(real.trainInWorker) };
});

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const stage = new TeachingStage();
const { call, erase, learnt, node, person, teach, turn, versions } = stage;
beforeAll(stage.open);
afterAll(stage.close);
beforeEach(stage.company);

interface SavedTopic {
  examples: { id: number; language: string; text: string }[];
}
const wholeTopic = async (id: number) =>
  (await call(/^One topic, whole/, { params: { id } })) as unknown as SavedTopic;

/** Somebody's words become an example of this topic; learnt is it not yet. @returns its id and whose it is */
async function taught(topicId: number, text: string): Promise<{ by: Person; id: number; messageId: string }> {
  const by = await person();
  const messageId = await turn(by, null, "handed_over", { text });
  await call(/^“This was topic X”/, { params: { id: by.conversation }, body: { messageId, topicId } });
  const { items } = (await call(/^Proposed examples/)) as { items: { id: number }[] };
  await call(/^Accept or reject/, { body: { accept: items.map(({ id }) => id) } });
  const id = Math.max(...(await wholeTopic(topicId)).examples.map((example) => example.id));
  return { by, id, messageId };
}

describe("an example that somebody said", () => {
  test("is one line, keeps its person when it is corrected, and stays when the writer was not shown it", async () => {
    const { returns } = await teach();
    const { by, id } = await taught(returns, "der karton ist auf\n\nund  jetzt");
    const shown = await wholeTopic(returns);
    expect(shown.examples).toContainEqual({ id, language: "de", text: "der karton ist auf und jetzt" });
    expect((await call(/same two files/)).examples).not.toContain("karton");
    const body = topicOf("returns", RETURNS);
    // Somebody else had the page open since before.
    await call(/^Save a topic whole/, { params: { id: returns }, body });
    expect((await wholeTopic(returns)).examples).toHaveLength(6);
    const corrected = { id, language: "de", text: "Der Karton ist auf, und jetzt?" };
    const examples = [...body.examples, corrected];
    await call(/^Save a topic whole/, { params: { id: returns }, body: { ...body, examples, shown: [id] } });
    expect((await wholeTopic(returns)).examples).toContainEqual(corrected);
    await erase([by.contact]);
    expect((await wholeTopic(returns)).examples).toHaveLength(5);
    // Whoever still has it on the screen does not bring it back.
    await call(/^Save a topic whole/, { params: { id: returns }, body: { ...body, examples, shown: [id] } });
    expect((await wholeTopic(returns)).examples).toHaveLength(5);
  });

  test.each(["the example", "its topic"])(
    "leaves no model behind when an editor removes %s",
    async (what) => {
      const { returns } = await teach();
      const { id } = await taught(returns, "der karton ist auf");
      stage.here().clock.advance(DAY);
      await stage.here().settle();
      // A later one is live when it goes, and the model of this one is only to go back to.
      const params = { id: returns };
      const body = topicOf("returns", [...RETURNS, "wo gebe ich das ab"]);
      await call(/^Save a topic whole/, { params, body });
      await learnt();
      // Other companies of this world share the model of what stood there before.
      const { rows } = await node(
        "select model_key from service.version where tenant_id = $1 and examples > 10",
        [stage.tenantId()],
      );
      expect(rows).toHaveLength(2);
      if (what === "its topic") await call(/^Remove a topic/, { params });
      else await call(/^Save a topic whole/, { params, body: { ...body, shown: [id] } });
      await learnt();
      expect((await versions()).items).toMatchObject([{ isLive: true, reason: "forget" }]);
      const keys = rows.map(({ model_key }) => model_key);
      expect((await node("select from service.model where key = any($1)", [keys])).rowCount).toBe(0);
    },
  );

  test("goes when the customer takes the message back, or changes it", async () => {
    const { returns } = await teach();
    const { by, messageId } = await taught(returns, "der karton ist auf");
    const other = await taught(returns, "die tasse hat einen sprung");
    const open = async (of: Person, message: string | null, question: string) =>
      node(
        `insert into service.unanswered (tenant_id, conversation_id, message_id, question_key, question, language, asked_at)
          values ($1, $2, $3, $4, $4, 'de', $5)`,
        [stage.tenantId(), of.conversation, message, question, new Date(stage.here().clock.now())],
      );
    await open(by, messageId, "der karton ist auf");
    await open(by, null, "kept before messages were noted");
    await open(by, randomUUID(), "another message of theirs");
    const payload = { conversationId: by.conversation, messageId };
    await scheduleTimer(stage.here().kernel, {
      tenantId: stage.tenantId(),
      kind: "message_retracted",
      key: messageId,
      dueAt: stage.here().clock.now(),
      payload,
    });
    await stage.here().settle();
    const texts = (await wholeTopic(returns)).examples.map(({ text }) => text);
    expect(texts).toEqual([...RETURNS, "die tasse hat einen sprung"]);
    const { rows } = await node("select question from service.unanswered where tenant_id = $1", [
      stage.tenantId(),
    ]);
    expect(rows).toEqual([{ question: "another message of theirs" }]);
    expect((await versions()).items).toMatchObject([{ isLive: true, reason: "forget" }]);
    expect(other.messageId).not.toBe(messageId);
  });

  test("in a check of a message that was taken back meanwhile is nothing", async () => {
    const { hours: topicId } = await teach();
    const customer = await person();
    const messageId = await turn(customer, "hours", "answered", { text: "seid ihr am feiertag da" });
    await node(
      `update kernel.message set revoked = true, content = '{"type":"text","text":""}' where tenant_id = $1 and id = $2`,
      [stage.tenantId(), messageId],
    );
    const body = { conversationId: customer.conversation, messageId, topicId };
    await expect(call(/^Say which topic such a message/, { body })).rejects.toThrow("not_found");
  });

  test("is seen by the customer as read, wherever it stands in a list", async () => {
    const { hours: topicId } = await teach();
    const { by } = await taught(topicId, "habt ihr am brückentag auf");
    const readers = () =>
      stage
        .here()
        .kernel.db.tenant(stage.tenantId(), (tx) =>
          tx
            .selectFrom("kernel.access_log")
            .where("tenant_id", "=", stage.tenantId())
            .select("contact_id")
            .orderBy("contact_id")
            .execute(),
        );
    expect(await readers()).toEqual([{ contact_id: by.contact }]);
    const checked = await person();
    await turn(checked, "hours", "answered", { text: "wann macht ihr zu" });
    await call(/^A few messages drawn/);
    expect(await readers()).toContainEqual({ contact_id: checked.contact });
    const [first, second, alone] = [await person(), await person(), await person()];
    const open = (of: Person, question: string) =>
      node(
        `insert into service.unanswered (tenant_id, conversation_id, question_key, question, language, asked_at)
          values ($1, $2, $3, $4, 'de', $5)`,
        [stage.tenantId(), of.conversation, "k".repeat(43), question, new Date(stage.here().clock.now())],
      );
    await open(first, "verkauft ihr gutscheine");
    await open(second, "gutscheine verkauft ihr auch");
    await open(alone, "und?");
    await call(/^Questions without an answer, grouped/);
    expect(await readers()).toContainEqual({ contact_id: first.contact });
    expect(await readers()).toContainEqual({ contact_id: second.contact });
    expect(await readers()).not.toContainEqual({ contact_id: alone.contact });
    await call(/^Questions that went to a person/, { query: { limit: 10 } });
    expect(await readers()).toContainEqual({ contact_id: alone.contact });
  });
});

test("a training that takes too long is tried again as long as words of a person have to go", async () => {
  const { returns } = await teach();
  const { by } = await taught(returns, "der karton ist auf");
  stage.here().clock.advance(DAY);
  await stage.here().settle();
  expect((await versions()).items[0]).toMatchObject({ isLive: true, examples: 11 });
  vi.mocked(trainInWorker).mockRejectedValueOnce(
    new TrainingError("tookTooLong", "The training took too long."),
  );
  // Otherwise an equal model of another company is taken.
  await call(/^Save a topic whole/, {
    params: { id: returns },
    body: topicOf("returns", [...RETURNS, "kann ich das wieder abgeben"]),
  });
  await erase([by.contact]);
  await stage.here().settle();
  expect((await versions()).items[0]).toMatchObject({ isLive: true, examples: 11 });
  // Never given up: no try is counted.
  const timers = await node(
    "select attempts from kernel.timer where tenant_id = $1 and kind = 'service_train'",
    [stage.tenantId()],
  );
  expect(timers.rows).toEqual([{ attempts: 0 }]);
  stage.here().clock.advance(HOUR);
  await stage.here().settle();
  expect((await versions()).items).toMatchObject([{ isLive: true, examples: 11, reason: "forget" }]);
});

test("a question of a case becomes a topic that goes with who asked it", async () => {
  const customer = await person();
  await turn(customer, null, "handed_over", { text: "verkauft ihr auch\ngutscheine" });
  const questions = [{ conversationId: customer.conversation }];
  const body = { title: "Gutscheine", language: "de", questions };
  const { id } = (await call(/^Make a topic of questions/, { body })) as { id: number };
  expect((await wholeTopic(id)).examples).toMatchObject([{ text: "verkauft ihr auch gutscheine" }]);
  await erase([customer.contact]);
  expect((await wholeTopic(id)).examples).toEqual([]);
});

test("a health report that is being kept while words of a person go is not kept", async () => {
  await teach();
  const { rows } = await node("select revision from service.tenant_model where tenant_id = $1", [
    stage.tenantId(),
  ]);
  const { revision } = rows[0] as { revision: number };
  let keeping: Promise<void> = Promise.resolve();
  await stage.here().kernel.db.registry(async (tx) => {
    await sql`update service.tenant_model set revision = revision + 1 where tenant_id = ${stage.tenantId()}`.execute(
      tx,
    );
    keeping = keepHealth(stage.here().kernel, {
      tenantId: stage.tenantId(),
      revision,
      report: { rows: 0 } as Health,
      seconds: 1,
    });
    // As long as it would take without the lock.
    await Promise.race([keeping, new Promise((done) => setTimeout(done, 200))]);
  });
  await keeping;
  expect((await node("select from service.health where tenant_id = $1", [stage.tenantId()])).rowCount).toBe(
    0,
  );
});
