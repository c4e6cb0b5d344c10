import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as api from "#kernel/api";
import { type Company, query } from "../outside/company.ts";
import { conversationOf, messagesOf, messagesWhen } from "../outside/desk.ts";
import {
  type Colleague,
  newCustomerName,
  type Office,
  openOffice,
  waitingCustomer,
} from "../outside/office.ts";
import { until } from "../outside/until.ts";
import { Visitor } from "../outside/visitor.ts";
import type { WhatsappLine } from "../outside/whatsapp.ts";

/** One person on several channels: merged, exported, erased; and the call they were promised. */

let office: Office;
let base: string;
let company: Company;
let line: WhatsappLine;
let webKey: string;
let jana: Colleague;
let mert: Colleague;

beforeAll(async () => {
  office = await openOffice();
  ({ base, company, line, webKey, jana, mert } = office);
});
afterAll(() => office?.close());

describe("one person on several channels", () => {
  test("is merged, seen as one, taken apart again", async () => {
    const phone = await waitingCustomer(office);
    const visitor = new Visitor(base, webKey);
    const webName = newCustomerName();
    await visitor.say("Kann ich mit einem Menschen sprechen?", { name: webName, language: "de" });
    const web = await conversationOf(company.owner, webName);
    const onPhone = await jana.client.call(api.getConversation, { params: { id: phone.id } });
    const [a, b] = [web.contact.id, onPhone.contact.id];
    const merged = await jana.client.call(api.mergeContacts, { params: { id: a }, body: { into: b } });
    expect(merged).toMatchObject({ id: b, name: phone.name });
    expect(merged.identities.map((one) => one.kind)).toEqual(expect.arrayContaining(["phone", "web"]));
    expect(merged.conversations.map((one) => one.channelKind).sort()).toEqual(["web", "whatsapp"]);
    expect((await jana.client.call(api.getConversation, { params: { id: web.id } })).contact).toEqual({
      id: b,
      name: phone.name,
    });
    // Each conversation is answered where it stands.
    await jana.client.call(api.sendMessage, {
      params: { id: web.id },
      body: { clientId: randomUUID(), text: "Im Netz" },
    });
    await until("in the chat", async () => (await visitor.history()).items.some((m) => m.text === "Im Netz"));
    expect(JSON.stringify(await line.sentTo(phone.from))).not.toContain("Im Netz");
    const again = await jana.client.refused(api.mergeContacts, { params: { id: b }, body: { into: a } });
    expect(again.code).toBe("rule_broken");
    const [merge] = merged.merges;
    await jana.client.call(api.undoMerge, { params: { id: merge?.id ?? 0 } });
    expect((await jana.client.call(api.getConversation, { params: { id: web.id } })).contact).toEqual({
      id: a,
      name: webName,
    });
    expect((await jana.client.refused(api.undoMerge, { params: { id: merge?.id ?? 0 } })).code).toBe(
      "conflict",
    );
  });

  test("is exported whole and erased without a trace", async () => {
    const secret = `Rumpelstilzchen${randomUUID().slice(0, 8)}`;
    const { id, name, from, say } = await waitingCustomer(office);
    await say(`Ich heiße ${secret}`);
    await messagesWhen(jana.client, id, {
      named: "the secret",
      holds: (each) => each.some((m) => m.text.includes(secret)),
    });
    await jana.client.call(api.createCallback, {
      params: { id },
      body: { phone: from, promisedAt: new Date(Date.now() + 3_600_000).toISOString(), topic: secret },
    });
    const { contact } = await jana.client.call(api.getConversation, { params: { id } });
    await jana.client.call(api.updateContact, {
      params: { id: contact.id },
      body: { note: `Notiz ${secret}` },
    });
    const params = { id: contact.id };
    expect((await jana.client.refused(api.exportContact, { params })).status).toBe(403);
    const everything = JSON.stringify(await company.owner.call(api.exportContact, { params }));
    for (const part of [name, from, `Ich heiße ${secret}`, `Notiz ${secret}`])
      expect(everything).toContain(part);
    expect((await jana.client.refused(api.eraseContact, { params, body: { confirm: true } })).status).toBe(
      403,
    );
    await company.owner.call(api.eraseContact, { params, body: { confirm: true } });
    expect((await company.owner.refused(api.getContact, { params })).status).toBe(404);
    const search = await jana.client.call(api.search, { query: { q: secret } });
    expect([search.contacts, search.messages]).toEqual([[], []]);
    expect(await tablesThatHold([secret, name, from])).toEqual([]);
    // The same person writes again: a stranger, served as any other.
    await line.say({ from, name, text: "Moin, ich bin neu hier" });
    const fresh = await conversationOf(company.owner, name);
    expect(fresh.contact.id).not.toBe(contact.id);
  });
});

/** Tables of the company with any of these words; the raw inbox is emptied by time, not by person. */
async function tablesThatHold(words: readonly string[]): Promise<unknown[]> {
  const tables = await query(
    office.node,
    `select quote_ident(c.table_schema) || '.' || quote_ident(c.table_name) as name from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where c.column_name = 'tenant_id' and t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema')
        and c.table_name !~ '^inbox'`,
  );
  expect(tables.length).toBeGreaterThan(15);
  const each = tables.map(
    ({ name }) =>
      `(select '${name}' as name from ${name} t where t.tenant_id = $1 and t::text like any($2) limit 1)`,
  );
  const patterns = words.map((word) => `%${word}%`);
  return query(office.node, each.join(" union all "), [company.id, patterns]);
}

describe("a promised call", () => {
  test("is a case: promised, missed with an alarm, made with a note", async () => {
    const { id } = await waitingCustomer(office);
    await jana.client.call(api.takeConversation, { params: { id } });
    const soon = new Date(Date.now() + 1_500);
    const call = await jana.client.call(api.createCallback, {
      params: { id },
      body: { phone: "+49 40 123456", promisedAt: soon.toISOString(), topic: "Angebot" },
    });
    expect(call).toMatchObject({ state: "open", phone: "+49 40 123456", topic: "Angebot" });
    expect((await mert.client.call(api.listCallbacks)).items.map((each) => each.id)).toContain(call.id);
    const missed = await until("the alarm", async () => {
      const { items } = await mert.client.call(api.listCallbacks);
      return items.find((each) => each.id === call.id && each.state === "missed");
    });
    expect(missed.doneAt).toBeNull();
    const row = await jana.client.call(api.getConversation, { params: { id } });
    expect(Date.parse(row.dueAt ?? "")).toBeLessThanOrEqual(Date.now());
    expect((await jana.client.call(api.countConversations)).overdue).toBeGreaterThan(0);
    const done = await jana.client.call(api.finishCallback, {
      params: { id: call.id },
      body: { note: "Erreicht, Angebot folgt" },
    });
    expect(done).toMatchObject({ state: "done", note: "Erreicht, Angebot folgt" });
    expect((await messagesOf(jana.client, id)).at(-1)).toMatchObject({
      note: true,
      text: "Erreicht, Angebot folgt",
    });
    const past = await jana.client.refused(api.createCallback, {
      params: { id },
      body: { phone: "+49 40 123456", promisedAt: new Date(Date.now() - 1_000).toISOString() },
    });
    expect(past.status).toBe(400);
  });

  test.each([
    {
      language: "de",
      said: {
        wish: "Bitte rufen Sie mich zurück",
        phone: "0171 2345678",
        time: "so bald wie möglich",
        yes: "Ja",
      },
    },
    {
      language: "en",
      said: {
        wish: "Please call me back",
        phone: "+49 171 2345679",
        time: "as soon as possible",
        yes: "yes",
      },
    },
  ] as const)("is asked for in the chat, in $language", async ({ language, said }) => {
    const visitor = new Visitor(base, webKey);
    const name = newCustomerName();
    await visitor.say(said.wish, { name, language });
    await visitor.answers(1);
    await visitor.say(said.phone, { language });
    await visitor.answers(2);
    await visitor.say(said.time, { language });
    await visitor.answers(3);
    await visitor.say(said.yes, { language });
    const promised = await until("the promise", async () => {
      const { items } = await jana.client.call(api.listCallbacks);
      return items.find((each) => each.contactName === name);
    });
    expect(promised.phone.replace(/\D/g, "")).toContain(said.phone.replace(/\D/g, "").slice(-7));
    const row = await jana.client.call(api.getConversation, { params: { id: promised.conversationId } });
    expect(row).toMatchObject({ state: "waiting", language, handOver: { reason: "callback" } });
  });
});
