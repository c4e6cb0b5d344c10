import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as api from "#kernel/api";
import * as colleagues from "../../src/skills/colleagues/api.ts";
import { answerTo } from "../outside/mail.ts";
import { COLLEAGUE, type ColleagueWorld, openColleagueWorld, wordsOf } from "./colleagues-world.ts";
import { saidBy } from "./email-world.ts";

/** What a colleague answers goes to the customer unseen only where nothing at all speaks against it. Over HTTP, IMAP, SMTP. */

const DAY_MS = 86_400_000;

let w: ColleagueWorld;
beforeAll(async () => {
  w = await openColleagueWorld();
  const { settings } = await w.agent.call(colleagues.listColleagues);
  await w.manager.call(colleagues.saveColleagueSettings, { body: { ...settings, allowsDirect: true } });
}, 60_000);
afterAll(() => w.close());

test("directly to the customer: only when company and agent allow it, and only what nobody doubts", async () => {
  const doubted = await w.customer();
  const one = await w.asked(doubted.id, { direct: true });
  expect(wordsOf(one.mail)).toContain("ungelesen an die Kundin");
  const failing = { "Authentication-Results": "mx.kontor.example; dmarc=fail header.from=werkstatt.example" };
  w.replies(one.mail, "Glaubt mir.", { head: failing });
  await w.note(doubted.id, "unproven");
  expect(w.mails.sentTo(doubted.from)).toHaveLength(1);

  const { id, from } = await w.customer();
  const { mail, question } = await w.asked(id, { direct: true });
  w.replies(mail, "Ihr Teil kommt am Freitag.");
  const sent = await w.mails.when("the customer's mail", async () => w.mails.sentTo(from)[1] ?? null);
  expect(wordsOf(sent)).toContain("Ihr Teil kommt am Freitag.");
  const answer = (await w.log(id)).find(({ text }) => text === "Ihr Teil kommt am Freitag.");
  expect(answer).toMatchObject({ author: "agent", note: false, detail: { colleague: { kind: "direct" } } });
  await w.stateOf(question, "answered");
  w.replies(mail, "Und noch etwas.");
  expect((await w.note(id, "again")).note).toBe(true);
  expect(w.mails.sentTo(from)).toHaveLength(2);
  expect(saidBy(await w.mails.messagesOf(from))).toHaveLength(1);
  // What the colleague's program repeats below stays in the house.
  expect(wordsOf(sent)).not.toContain("Zitat");
});

describe("an answer that was to go out directly waits for an agent", () => {
  /** Nothing went to the customer but the first answer, and the log says why. */
  async function isHeldBack({ id, from }: { id: number; from: string }, text: string): Promise<void> {
    expect((await w.note(id, "answer")).text).toContain(text);
    expect((await w.log(id)).some((one) => one.text?.includes("ging nicht direkt weiter"))).toBe(true);
    expect(w.mails.sentTo(from)).toHaveLength(1);
  }
  const text = "Wie viel Nachlass geben wir ihm höchstens?";

  test("when it repeats our words in a way that no program marks, in answer to the question or to its reminder", async () => {
    const [one, two] = [await w.customer(), await w.customer()];
    const asked = await w.asked(one.id, { direct: true, text });
    w.replies(asked.mail, `Höchstens 5 %.\n\nKontor hat geschrieben:\n\n${text}`);
    await isHeldBack(one, "Höchstens 5 %.");

    const { question } = await w.asked(two.id, { direct: true });
    await w.later(5 * DAY_MS);
    const reminder = await w.mails.when("the reminder", async () => w.mailsAbout(two.id)[1] ?? null);
    const ours = wordsOf(reminder)
      .split(/\r?\n/)
      .find((line) => line.includes("wartet noch"));
    w.replies(reminder, `Sag ihm nein.\n\nKontor hat geschrieben:\n\n${ours}`);
    await isHeldBack(two, "Sag ihm nein.");
    await w.stateOf(question, "answered");
  });

  test("when the case has come back before, or somebody wrote meanwhile", async () => {
    const [one, two] = [await w.customer(), await w.customer()];
    const late = await w.asked(one.id, { direct: true });
    await w.later(5 * DAY_MS);
    await w.mails.when("the reminder", async () => w.mailsAbout(one.id)[1] ?? null);
    await w.later(5 * DAY_MS);
    await w.stateOf(late.question, "unanswered");
    w.replies(late.mail, "Geht klar, 20 % Rabatt.");
    await isHeldBack(one, "Geht klar, 20 % Rabatt.");

    const overtaken = await w.asked(two.id, { direct: true });
    const [ours] = w.mails.sentTo(two.from);
    if (!ours) throw new Error("the customer has no answer");
    w.comes(answerTo(ours, { from: two.from, text: "Hat sich geklärt.", at: w.mails.w.clock.now() }));
    await w.mails.when("the customer's words", async () =>
      (await w.log(two.id)).find((said) => said.text?.includes("Hat sich geklärt")) ? true : null,
    );
    w.replies(overtaken.mail, "Ihr Teil kommt am Freitag.");
    await isHeldBack(two, "Ihr Teil kommt am Freitag.");
  });

  test("when the customer wishes to hear nothing; and nothing stands in the books of what was not sent", async () => {
    const { id, from, contactId } = await w.customer();
    const { mail } = await w.asked(id, { direct: true });
    const { node } = w.mails.w.kernel.db;
    await node.query("update kernel.contact set stopped_at = $3 where tenant_id = $1 and id = $2", [
      w.mails.tenantId,
      contactId,
      new Date(w.mails.w.clock.now()),
    ]);
    w.replies(mail, "Ihr Teil kommt am Freitag.");
    await isHeldBack({ id, from }, "Ihr Teil kommt am Freitag.");
    const { rows } = await node.query(
      `select s.message_id from kernel.seen s where s.tenant_id = $1 and s.conversation_id = $2 and s.message_id is not null
        and not exists (select from kernel.message m where m.tenant_id = s.tenant_id and m.conversation_id = s.conversation_id
          and m.id = s.message_id)`,
      [w.mails.tenantId, id],
    );
    expect(rows).toEqual([]);
  });
});

test("an answer to a question that is forgotten is shown all the same, as nobody's we know", async () => {
  const { id } = await w.customer();
  const { mail } = await w.asked(id);
  await w.later(91 * DAY_MS);
  await w.mails.when("nothing is kept of the question", async () => {
    const { items } = await w.agent.call(colleagues.listQuestions, { params: { id } });
    return items.length === 0 || null;
  });
  // It came back when its time was over; somebody has looked at it since.
  await w.agent.call(api.closeConversation, { params: { id } });
  w.replies(mail, "Bin zurück: ja, geht.");
  const note = await w.note(id, "late");
  expect(note).toMatchObject({ text: "Bin zurück: ja, geht.", authorName: COLLEAGUE, note: true });
  expect(await w.conversation(id)).toMatchObject({ state: "waiting", assignee: null });
});
