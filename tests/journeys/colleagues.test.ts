import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as api from "#kernel/api";
import * as colleagues from "../../src/skills/colleagues/api.ts";
import { fieldOf } from "../outside/mail.ts";
import { COLLEAGUE, type ColleagueWorld, kindOf, openColleagueWorld, wordsOf } from "./colleagues-world.ts";
import { someone, US } from "./email-world.ts";

/** An agent asks a colleague without a seat; the answer comes by mail. Over HTTP, IMAP and SMTP. */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let w: ColleagueWorld;
beforeAll(async () => {
  w = await openColleagueWorld();
}, 60_000);
afterAll(() => w.close());

async function contactsNamed(address: string): Promise<number> {
  const { rows } = await w.mails.w.kernel.db.node.query(
    "select from kernel.identity where tenant_id = $1 and value = $2",
    [w.mails.tenantId, address],
  );
  return rows.length;
}

test("a question goes out with as little as it needs, and the reply is a note that brings the case back", async () => {
  const { id, from } = await w.customer("Die Lampe flackert. Sie erreichen mich unter 040 / 1234567.");
  const input = { to: COLLEAGUE, text: "Bekommen wir das Teil bis Freitag?" };
  const preview = await w.agent.call(colleagues.previewQuestion, { params: { id }, body: input });
  const { question, mail } = await w.asked(id);
  const words = wordsOf(mail);
  expect(words.replace(/\r/g, "").trim()).toBe(preview.text);
  expect(words).toContain("Guten Tag Frau Özdemir,");
  expect(words).toContain("Jana Köhler");
  expect(words).toContain("Die Lampe flackert.");
  expect(words).toContain("[Kontaktangabe entfernt]");
  expect(mail.toString()).not.toContain(from);
  expect(words).not.toContain("1234567");
  expect(fieldOf(mail, "Reply-To")).toMatch(
    /^service\+r-[0-9a-z]+-[0-9a-z]+-[0-9a-z]+-[0-9a-z]+-[0-9a-f]{20}@/,
  );
  expect((await w.conversation(id)).assignee?.name).toBe("Jana Köhler");

  const raw = w.replies(
    mail,
    "Schönen Gruß aus der Werkstatt:\nJa, bis Freitag.\n\n-- \nEmine Özdemir\nTel. 123",
  );
  const note = await w.note(id, "answer");
  expect(note).toMatchObject({
    text: "Schönen Gruß aus der Werkstatt:\nJa, bis Freitag.",
    note: true,
    detail: { colleague: { name: "Frau Özdemir", questionId: question.id } },
  });
  expect(JSON.stringify(note.detail?.mail)).toContain("> Zitat");
  await w.stateOf(question, "answered");
  expect(await w.conversation(id)).toMatchObject({ state: "person", turn: "us", unread: 1 });
  expect(await contactsNamed(COLLEAGUE)).toBe(0);
  expect(w.mails.sentTo(from)).toHaveLength(1);

  w.comes(raw);
  w.replies(mail, "Nachtrag: doch erst Montag.");
  expect((await w.note(id, "again")).text).toBe("Nachtrag: doch erst Montag.");
  expect((await w.log(id)).filter(({ detail }) => kindOf(detail) === "answer")).toHaveLength(1);
});

test("the same clientId asks once; nobody outside the list is asked, and each refusal has its reason", async () => {
  const { id, from } = await w.customer();
  const clientId = randomUUID();
  const first = await w.ask(id, { clientId });
  expect((await w.ask(id, { clientId })).id).toBe(first.id);
  const reasonOf = async (part: Partial<colleagues.AskInput>) => {
    const body = { clientId: randomUUID(), to: COLLEAGUE, text: "?", ...part };
    const problem = await w.agent.refused(colleagues.askColleague, { params: { id }, body });
    return problem.errors?.map(({ path, message }) => `${path}: ${message}`).join();
  };
  expect(await reasonOf({ to: "oezdemir@werkstat.example" })).toBe("to: not_allowed");
  expect(await reasonOf({ to: US })).toBe("to: own_mailbox");
  expect(await reasonOf({ to: from })).toBe("to: is_customer");
  expect(await reasonOf({ to: "nobody" })).toBe("to: no_address");
  expect(await reasonOf({ direct: true })).toBe("direct: not_allowed");
  expect(await reasonOf({ fileIds: ["unknown"] })).toBe("fileIds: unknown");
});

test("managers keep list and rules; an open domain may be asked, one where everybody has an address not", async () => {
  const { settings, items, mailbox } = await w.agent.call(colleagues.listColleagues);
  expect(mailbox).toBe(US);
  expect(items.map(({ email }) => email)).toContain(COLLEAGUE);
  const forbidden = await w.agent.refused(colleagues.saveColleagueSettings, { body: settings });
  expect(forbidden.code).toBe("forbidden");
  const everybodys = { ...settings, domains: ["gmail.com"] };
  const refused = await w.manager.refused(colleagues.saveColleagueSettings, { body: everybodys });
  expect(refused.errors).toMatchObject([{ path: "domains", message: "everybodys" }]);
  await w.manager.call(colleagues.saveColleagueSettings, {
    body: { ...settings, domains: ["filiale.example"] },
  });
  const { id } = await w.customer();
  const to = "nord@filiale.example";
  const { mail } = await w.asked(id, { to });
  expect(wordsOf(mail)).toContain("Guten Tag nord,");
  const body = { name: "Herr Yilmaz", email: "Yilmaz@Filiale.example", topic: "", language: "en" as const };
  const made = await w.manager.call(colleagues.createColleague, { body });
  expect(made.email).toBe("yilmaz@filiale.example");
  const taken = await w.manager.refused(colleagues.createColleague, { body });
  expect(taken.errors).toMatchObject([{ path: "email", message: "taken" }]);
  const changed = { ...body, topic: "Filiale Nord" };
  await w.manager.call(colleagues.replaceColleague, { params: { id: made.id }, body: changed });
  const recipients = JSON.stringify(
    await w.manager.call(api.getDocument, {
      params: { name: "processing-record" },
      query: { language: "de" },
    }),
  );
  expect(recipients).toContain("Herr Yilmaz");
  expect(recipients).toContain("@filiale.example");
  await w.manager.call(colleagues.deleteColleague, { params: { id: made.id } });
});

describe("what comes back and is no answer", () => {
  test("out of office is shown quietly, and the waiting goes on", async () => {
    const { id } = await w.customer();
    const { question, mail } = await w.asked(id);
    w.replies(mail, "Ich bin bis Montag nicht da.", { head: { "Auto-Submitted": "auto-replied" } });
    expect((await w.note(id, "automatic")).text).toBe("Ich bin bis Montag nicht da.");
    await w.stateOf(question, "sent");
    expect((await w.conversation(id)).unread).toBe(0);
  });

  test("another address is set aside with a warning; then the right one counts, with its file", async () => {
    const { id } = await w.customer();
    const { question, mail } = await w.asked(id);
    w.replies(mail, "Ich weiß es besser.", { from: "mallory@werkstatt.example" });
    const aside = await w.note(id, "stranger");
    // Nobody speaks in a name that is not theirs.
    expect(aside.authorName).toBe("mallory@werkstatt.example");
    expect(aside.detail).toMatchObject({ colleague: { from: "mallory@werkstatt.example" } });
    await w.stateOf(question, "sent");
    const head = { "Content-Type": 'multipart/mixed; boundary="b"', "Content-Transfer-Encoding": "8bit" };
    const parts = [
      '--b\r\nContent-Type: text/html; charset="utf-8"\r\n\r\n<p>Größe&nbsp;7, siehe Plan.</p>',
      '--b\r\nContent-Type: application/pdf; name="plan.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQK',
      "--b--\r\n",
    ].join("\r\n");
    const fields = {
      From: `Emine =?utf-8?Q?=C3=96zdemir?= <${COLLEAGUE.toUpperCase()}>`,
      To: US,
      Subject: "AW: Frage",
      Date: new Date(w.mails.w.clock.now()).toUTCString(),
      "Message-ID": `<${randomUUID()}@werkstatt.example>`,
      "In-Reply-To": fieldOf(mail, "Message-ID"),
      ...head,
    };
    const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
    w.comes(Buffer.from(`${lines.join("\r\n")}\r\n\r\n${parts}`));
    expect((await w.note(id, "answer")).text).toBe("Größe 7, siehe Plan.");
    const file = await w.mails.when("the file", async () => {
      const note = (await w.log(id)).find(({ detail }) => kindOf(detail) === "file");
      return note?.media?.fileId ? note : null;
    });
    expect(file).toMatchObject({ note: true, media: { name: "plan.pdf", mime: "application/pdf" } });
  });

  test("an address that is gone: the case is back, and no customer's consent is touched", async () => {
    const { id } = await w.customer();
    const { question, mail } = await w.asked(id);
    w.comes(
      w.mails.letter({
        from: "MAILER-DAEMON@mx.example.org",
        subject: "Undelivered Mail Returned to Sender",
        text: `550 5.1.1 <${COLLEAGUE}> unknown\n\nMessage-ID: ${fieldOf(mail, "Message-ID")}`,
        head: { "Return-Path": "<>", "X-Failed-Recipients": COLLEAGUE },
      }),
    );
    expect((await w.stateOf(question, "failed")).fault).toBe("no_address");
    const said = (await w.log(id)).at(-1);
    expect(said?.text).toContain("diese Adresse gibt es nicht");
    expect((await w.conversation(id)).unread).toBe(1);
    expect(await contactsNamed(COLLEAGUE)).toBe(0);
  });

  test("a mail server that refuses at once says the same; one that cuts the line gets the mail again, the same one", async () => {
    const { id } = await w.customer();
    w.mails.provider.faults.push({ to: COLLEAGUE, reply: "550 5.1.1 No such user", at: "rcpt", times: 1 });
    expect((await w.stateOf(await w.ask(id), "failed")).fault).toBe("no_address");
    w.mails.provider.faults.push({ to: COLLEAGUE, reply: "close", at: "data", times: 1 });
    await w.stateOf(await w.ask(id), "sent");
  });

  test("a withdrawn question: what comes is shown, and nobody waits", async () => {
    const { id } = await w.customer();
    const { question, mail } = await w.asked(id);
    const params = { id: question.id };
    expect((await w.agent.call(colleagues.withdrawQuestion, { params })).state).toBe("withdrawn");
    w.replies(mail, "Hat sich erledigt?");
    expect((await w.note(id, "withdrawn")).text).toBe("Hat sich erledigt?");
  });

  test("a customer who got the mail forwarded speaks for themselves", async () => {
    const { id, from } = await w.customer();
    const { mail } = await w.asked(id);
    w.replies(mail, "Was soll das heißen?", { from });
    const said = await w.mails.when("their words", async () => {
      const all = await w.mails.messagesOf(from);
      return all.find(({ author, text }) => author === "customer" && text === "Was soll das heißen?") ?? null;
    });
    // The subject is another: a conversation of their own that names the one it comes from.
    expect(said.detail).toMatchObject({ linkedConversation: id });
    expect((await w.log(id)).some(({ detail }) => kindOf(detail) === "stranger")).toBe(false);
  });
});

test("whoever turned out to be the customer is not asked about themselves, and speaks for themselves", async () => {
  const [one, other] = [await w.customer(), await w.customer()];
  const { mail } = await w.asked(one.id);
  await w.agent.call(api.mergeContacts, {
    params: { id: other.contactId },
    body: { into: one.contactId },
  });
  const refused = await w.agent.refused(colleagues.askColleague, {
    params: { id: one.id },
    body: { clientId: randomUUID(), to: other.from, text: "Wer sind Sie?" },
  });
  expect(refused.errors).toMatchObject([{ path: "to", message: "is_customer" }]);
  w.replies(mail, "Warum fragen Sie das andere?", { from: other.from });
  await w.mails.when("their words", async () => {
    const all = await w.mails.messagesOf(other.from);
    return (
      all.find(({ author, text }) => author === "customer" && text === "Warum fragen Sie das andere?") ?? null
    );
  });
  expect((await w.log(one.id)).some(({ detail }) => kindOf(detail) === "stranger")).toBe(false);
});

test("the signed address alone leads home; a forged one, or another company's mailbox, leads nowhere", async () => {
  const { id } = await w.customer();
  const { mail } = await w.asked(id);
  const to = fieldOf(mail, "Reply-To");
  const forged = to.replace(/[0-9a-f]{4}@/, (end) => (end === "0000@" ? "1111@" : "0000@"));
  const other = await w.mails.w.tenant({ name: "Andere" });
  const address = `fremd-${randomUUID().slice(0, 6)}@andere.example`;
  await w.mails.isRead(await w.mails.mailbox(address, { tenantId: other.id }));
  const letter = { from: COLLEAGUE, subject: "Antwort", text: "Ohne Kopfzeilen" };
  w.mails.provider
    .box(address)
    .add(w.mails.letter({ ...letter, to, head: { "In-Reply-To": fieldOf(mail, "Message-ID") } }));
  w.comes(w.mails.letter({ ...letter, to: forged, text: "gefälscht" }));
  await w.mails.when("both are ordinary mails", async () => {
    const { rows } = await w.mails.w.kernel.db.node.query(
      "select content ->> 'text' as text from kernel.message where author = 'customer' and content ->> 'text' = any($1)",
      [["Ohne Kopfzeilen", "gefälscht"]],
    );
    return new Set(rows.map(({ text }) => text)).size === 2 || null;
  });
  expect((await w.log(id)).some(({ detail }) => kindOf(detail) === "answer")).toBe(false);
  w.comes(w.mails.letter({ ...letter, to, text: "Mit Adresse" }));
  expect((await w.note(id, "answer")).text).toContain("Mit Adresse");
});

test("closing over an open question says so, and its answer opens the conversation again", async () => {
  const { id, contactId } = await w.customer();
  const { mail } = await w.asked(id);
  // Meanwhile the customer turns out to be somebody we know.
  const other = await w.customer();
  await w.agent.call(api.mergeContacts, { params: { id: contactId }, body: { into: other.contactId } });
  await w.agent.call(api.closeConversation, { params: { id } });
  expect((await w.log(id)).at(-1)?.text).toContain("obwohl eine Frage an Frau Özdemir offen ist");
  w.replies(mail, "Geht klar.");
  await w.note(id, "answer");
  expect(await w.conversation(id)).toMatchObject({ state: "person", unread: 1 });
});

test("silence: reminded once, then the case is back; the answer still counts, and after its time it does not", async () => {
  const { settings } = await w.agent.call(colleagues.listColleagues);
  const { id } = await w.customer();
  const { question, mail } = await w.asked(id);
  // Opening hours go by: days are enough whatever the day is.
  await w.later(5 * DAY_MS);
  const reminder = await w.mails.when("the reminder", async () => w.mailsAbout(id)[1] ?? null);
  expect(fieldOf(reminder, "In-Reply-To")).toBe(fieldOf(mail, "Message-ID"));
  expect(fieldOf(reminder, "Auto-Submitted")).toBe("auto-generated");
  expect(wordsOf(reminder)).not.toContain("flackert");
  // The asking agent has gone home: the case waits in the list.
  await w.mails.w.kernel.db.node.query(
    `with s as (insert into kernel.staff (tenant_id, user_id, name, role, last_seen_at, created_at)
        values ($1, 'weg', 'Tom', 'agent', $3, $3))
      update kernel.conversation set assignee_id = 'weg' where tenant_id = $1 and id = $2`,
    [w.mails.tenantId, id, new Date(w.mails.w.clock.now() - 2 * HOUR_MS)],
  );
  await w.mails.w.kernel.db.tenant(w.mails.tenantId, (tx) =>
    sql`update colleagues.question set asked_by = 'weg' where id = ${question.id}`.execute(tx),
  );
  await w.later(5 * DAY_MS);
  await w.stateOf(question, "unanswered");
  expect(await w.conversation(id)).toMatchObject({ state: "waiting", assignee: null, unread: 1 });
  expect(w.mailsAbout(id)).toHaveLength(2);
  w.replies(reminder, "Entschuldigung, ja.");
  expect((await w.note(id, "answer")).text).toBe("Entschuldigung, ja.");
  await w.later(settings.answerDays * DAY_MS);
  w.replies(mail, "Viel später.");
  expect((await w.note(id, "late")).text).toBe("Viel später.");
});

test("after an erasure nothing of an answer is kept, and the colleague does not become a customer", async () => {
  const { id, contactId } = await w.customer();
  const { mail } = await w.asked(id);
  const before = (await w.mails.messagesOf(COLLEAGUE)).length;
  const { rows: log } = await w.mails.w.kernel.db.node.query(
    "select from kernel.side_mail where tenant_id = $1 and conversation_id = $2",
    [w.mails.tenantId, id],
  );
  // The question and its reminder.
  expect(log).toHaveLength(2);
  const readers = await w.mails.w.kernel.db.tenant(w.mails.tenantId, (tx) =>
    tx.selectFrom("kernel.access_log").select("staff_id").where("contact_id", "=", contactId).execute(),
  );
  expect(readers.map(({ staff_id }) => staff_id)).toContainEqual(expect.stringMatching(/^mail:\d+$/));
  await w.manager.call(api.eraseContact, { params: { id: contactId }, body: { confirm: true } });
  w.replies(mail, "Die Antwort über eine Person, die es nicht mehr gibt.");
  // A mail behind it shows that it was read.
  const after = someone();
  await w.mails.deliver(w.mails.letter({ from: after, text: "Danach" }), after, 1);
  await w.mails.w.settle();
  expect(await w.mails.messagesOf(COLLEAGUE)).toHaveLength(before);
  const kept = await w.mails.w.kernel.db.tenant(w.mails.tenantId, (tx) =>
    tx.selectFrom("kernel.message").select("id").where("conversation_id", "=", id).execute(),
  );
  expect(kept).toEqual([]);
});
