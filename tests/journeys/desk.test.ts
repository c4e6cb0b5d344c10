import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as api from "#kernel/api";
import { conversationsOf, messagesOf, messagesWhen } from "../outside/desk.ts";
import { type Colleague, type Office, openOffice, waitingCustomer } from "../outside/office.ts";
import { until } from "../outside/until.ts";

/** Two agents at one desk: who has a conversation, and whose words reach whom. */

let office: Office;
let jana: Colleague;
let mert: Colleague;
let departmentId: number;

beforeAll(async () => {
  office = await openOffice();
  ({ jana, mert, departmentId } = office);
});
afterAll(() => office?.close());

const viewOf = async (who: Colleague, view: (typeof api.views)[number]) =>
  (await who.client.call(api.listConversations, { query: { view, limit: 100 } })).items.map((row) => row.id);

describe("who has it", () => {
  test("taken, passed on, handed back: the views and counts follow", async () => {
    const { id } = await waitingCustomer(office);
    const params = { id };
    expect(await viewOf(jana, "unassigned")).toContain(id);
    expect(await viewOf(jana, "open")).toContain(id);
    const before = await jana.client.call(api.countConversations);

    const taken = await jana.client.call(api.takeConversation, { params });
    expect(taken).toMatchObject({ state: "person", assignee: { id: jana.id, name: "Jana Petersen" } });
    expect(await viewOf(jana, "mine")).toContain(id);
    expect(await viewOf(mert, "mine")).not.toContain(id);
    expect(await viewOf(jana, "unassigned")).not.toContain(id);
    const after = await jana.client.call(api.countConversations);
    expect([after.mine, after.unassigned]).toEqual([before.mine + 1, before.unassigned - 1]);

    const note = "Bitte im Lager nachsehen";
    const passed = await jana.client.call(api.assignConversation, { params, body: { departmentId, note } });
    expect(passed).toMatchObject({
      state: "waiting",
      assignee: null,
      department: { id: departmentId, name: "Lager" },
    });
    expect(await viewOf(mert, "department")).toContain(id);
    expect(await viewOf(jana, "department")).not.toContain(id);
    expect((await messagesOf(mert.client, id)).at(-1)).toMatchObject({
      note: true,
      text: note,
      authorName: "Jana Petersen",
    });

    await mert.client.call(api.assignConversation, { params, body: { staffId: jana.id } });
    expect(await viewOf(jana, "mine")).toContain(id);
    const back = await jana.client.call(api.returnConversation, { params });
    expect(back).toMatchObject({ state: "bot", assignee: null, dueAt: null, waitingSince: null });
    expect(await viewOf(jana, "open")).not.toContain(id);
    expect(await viewOf(jana, "all")).toContain(id);
    for (const body of [{ staffId: "nobody" }, { departmentId: 999_999 }])
      expect((await jana.client.refused(api.assignConversation, { params, body })).status).toBe(400);
  });

  test("two take it in the same moment: it is one's, and both see whose", async () => {
    const { id } = await waitingCustomer(office);
    await Promise.all([jana, mert].map((who) => who.client.call(api.takeConversation, { params: { id } })));
    const seen = await Promise.all(
      [jana, mert].map((who) => who.client.call(api.getConversation, { params: { id } })),
    );
    expect(seen[0]?.assignee).toEqual(seen[1]?.assignee);
  });

  test("closed, and opened again by the customer's next word", async () => {
    const { id, say } = await waitingCustomer(office);
    await jana.client.call(api.takeConversation, { params: { id } });
    const closed = await jana.client.call(api.closeConversation, { params: { id } });
    expect(closed).toMatchObject({ state: "closed", turn: "nobody", unread: 0 });
    expect(await viewOf(jana, "closed")).toContain(id);
    await jana.client.call(api.reopenConversation, { params: { id } });
    expect(await viewOf(jana, "mine")).toContain(id);
    await jana.client.call(api.closeConversation, { params: { id } });
    await say("Ich habe doch noch eine Frage");
    const again = await until("open again", async () => {
      const row = await jana.client.call(api.getConversation, { params: { id } });
      return row.state !== "closed" && row;
    });
    expect(again.assignee).toBeNull();
    expect(await conversationsOf(office.company.owner, again.contact.name)).toHaveLength(1);
  });
});

describe("words", () => {
  test("of both sides stand in their order, and every one left the house", async () => {
    const { from, id, say } = await waitingCustomer(office);
    await jana.client.call(api.takeConversation, { params: { id } });
    const expected: string[] = [];
    for (let n = 1; n <= 4; n++) {
      await say(`Frage ${n}`);
      await messagesWhen(jana.client, id, {
        named: `question ${n}`,
        holds: (each) => each.at(-1)?.text === `Frage ${n}`,
      });
      await jana.client.call(api.sendMessage, {
        params: { id },
        body: { clientId: randomUUID(), text: `Antwort ${n}` },
      });
      expected.push(`Frage ${n}`, `Antwort ${n}`);
    }
    const messages = await messagesOf(jana.client, id);
    expect(messages.slice(-8).map((m) => m.text)).toEqual(expected);
    const sent = await until("four answers", async () => {
      // A hand-over out of hours is no plain text: it offers a call.
      const found = (await office.line.sentTo(from)).map(
        (each) => (each.body.text as { body: string } | undefined)?.body ?? "",
      );
      return found.filter((text) => text.startsWith("Antwort")).length === 4 && found;
    });
    expect(sent.filter((text) => text.startsWith("Antwort"))).toEqual([
      "Antwort 1",
      "Antwort 2",
      "Antwort 3",
      "Antwort 4",
    ]);
    const row = await jana.client.call(api.getConversation, { params: { id } });
    expect(row).toMatchObject({ turn: "customer", waitingSince: null, dueAt: null, preview: "Antwort 4" });
  });

  test("for colleagues never reach the customer", async () => {
    const { from, id } = await waitingCustomer(office);
    const before = (await office.line.answers(from)).length;
    await jana.client.call(api.sendMessage, {
      params: { id },
      body: { clientId: randomUUID(), text: "Zahlt nie pünktlich", note: true },
    });
    const reply = await jana.client.call(api.sendMessage, {
      params: { id },
      body: { clientId: randomUUID(), text: "Guten Tag" },
    });
    expect(reply.authorName).toBe("Jana Petersen");
    const sent = await office.line.answers(from, before + 1);
    expect(JSON.stringify(sent)).not.toContain("pünktlich");
  });

  test("of text blocks are there for everybody, and found by search as sent", async () => {
    const block = await jana.client.call(api.createTextBlock, {
      body: { title: "Gruß", language: "de", text: "Mit hanseatischem Gruß" },
    });
    expect((await mert.client.call(api.listTextBlocks)).items).toContainEqual(block);
    const { id, name } = await waitingCustomer(office);
    const rare = `Zahnradgetriebe${randomUUID().slice(0, 6)}`;
    await jana.client.call(api.sendMessage, {
      params: { id },
      body: { clientId: randomUUID(), text: `Ihr ${rare} ist da. ${block.text}` },
    });
    const found = await jana.client.call(api.search, { query: { q: rare } });
    expect(found.messages).toMatchObject([{ conversationId: id, contactName: name, author: "agent" }]);
    const byName = await jana.client.call(api.search, { query: { q: name } });
    expect(byName.contacts).toMatchObject([{ name, conversationId: id }]);
    await jana.client.call(api.deleteTextBlock, { params: { id: block.id } });
    expect((await mert.client.call(api.listTextBlocks)).items).not.toContainEqual(block);
  });

  test("unread are counted, and read by who looks", async () => {
    const { id, say } = await waitingCustomer(office);
    await say("Hallo?");
    await until("two unread", async () => {
      const row = await jana.client.call(api.getConversation, { params: { id } });
      return row.unread === 2;
    });
    await jana.client.call(api.readConversation, { params: { id } });
    expect((await jana.client.call(api.getConversation, { params: { id } })).unread).toBe(0);
  });
});
