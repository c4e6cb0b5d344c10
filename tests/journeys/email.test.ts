import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { email } from "../../src/channels/email/index.ts";
import { fieldOf, newMessageId, writeLetter } from "../outside/mail.ts";
import { until } from "../outside/until.ts";
import { type MailWorld, openMailWorld, saidBy, someone, US } from "./email-world.ts";

/** Customers write mails, over real IMAP and SMTP against a simulated provider. */

let m: MailWorld;

beforeAll(async () => {
  const old = { from: "old@example.org", to: US, subject: "x", text: "von gestern", at: 0 };
  m = await openMailWorld([writeLetter(old)]);
});
afterAll(() => m.close());

describe("reading", () => {
  test("what lay in the mailbox before is not answered", async () => {
    expect(await m.messagesOf("old@example.org")).toEqual([]);
    expect(m.provider.box(US).mails[0]?.flags.has("\\Seen")).toBe(false);
  });

  test("IDLE brings a mail within a second or two, and it is marked as seen after its commit", async () => {
    const from = someone();
    const before = performance.now();
    await m.deliver(m.letter({ from, text: "Sind Sie da?" }), from, 1);
    expect(performance.now() - before).toBeLessThan(5_000);
    const uid = m.provider.box(US).mails.at(-1)?.uid;
    await until("seen", async () => m.provider.box(US).mails.at(-1)?.flags.has("\\Seen") || null);
    expect((await m.position())?.last_uid).toBe(uid);
  });

  test("a connection that falls is made anew, and nothing between is lost or read twice", async () => {
    const from = someone();
    await m.provider.restartImap();
    const rows = await m.deliver(m.letter({ from, text: "nach dem Abriss" }), from, 1);
    expect(saidBy(rows)).toEqual(["Frage\n\nnach dem Abriss"]);
  });

  test("the same mail twice is one (Message-ID), also when the server numbers its mails anew (UIDVALIDITY)", async () => {
    const [from, other] = [someone(), someone()];
    const raw = m.letter({ from, text: "einmal" });
    await m.deliver(raw, from, 1);
    m.provider.box(US).add(raw);
    await m.deliver(m.letter({ from: other, text: "danach" }), other, 1);
    expect(saidBy(await m.messagesOf(from)).length).toBe(1);
    m.provider.box(US).renumber();
    await m.provider.restartImap();
    await m.deliver(m.letter({ from: other, text: "noch einer" }), other, 2);
    expect(saidBy(await m.messagesOf(from)).length).toBe(1);
    expect((await m.position())?.uid_validity).toBe(m.provider.box(US).uidValidity);
  });

  test("several mailboxes are read side by side, and a wrong password is the light of its own", async () => {
    const [second, broken] = [
      `zwei-${randomUUID().slice(0, 6)}@kontor.example`,
      `drei-${randomUUID().slice(0, 6)}@kontor.example`,
    ];
    const [id, wrong] = [await m.mailbox(second), await m.mailbox(broken, { password: "falsch" })];
    await m.isRead(id);
    const from = someone();
    m.provider.box(second).add(m.letter({ from, to: second, text: "an die zweite" }));
    await m.when("stored", async () => ((await m.messagesOf(from)).length > 0 ? true : null));
    const light = await until("the light", async () => {
      const { rows } = await m.w.kernel.db.node.query(
        "select health_light, health_text from kernel.channel where id = $1",
        [wrong],
      );
      return rows[0].health_light === "bad" ? rows[0].health_text : null;
    });
    expect(light).toBe(`IMAP: 127.0.0.1:${m.provider.imapPort} refuses user or password.`);
    expect(light).not.toContain("falsch");
  });
});

describe("machines", () => {
  test("what a machine wrote is kept and shown, and nobody answers", async () => {
    const from = someone();
    const rows = await m.deliver(
      m.letter({ from, text: "Ich bin bis Montag nicht da.", head: { "Auto-Submitted": "auto-replied" } }),
      from,
      1,
    );
    await m.w.settle();
    expect(saidBy(rows, "bot")).toEqual([]);
    expect(m.sentTo(from)).toEqual([]);
  });

  test("a machine that shows no sign gets at most 10 automatic answers an hour; then a person looks", async () => {
    const from = someone();
    for (let n = 0; n < 12; n++)
      m.provider.box(US).add(m.letter({ from, text: `Danke ${n}`, subject: `Danke ${n}` }));
    const rows = await m.when("all stored", async () => {
      const all = await m.messagesOf(from);
      return saidBy(all).length === 12 ? all : null;
    });
    await m.w.settle();
    expect(saidBy(rows, "bot").length).toBe(10);
    const { rows: states } = await m.w.kernel.db.node.query(
      "select state, count(*)::int as n from kernel.conversation c join kernel.identity i on i.tenant_id = c.tenant_id and i.contact_id = c.contact_id where i.value = $1 group by 1 order by 1",
      [from],
    );
    expect(states).toEqual([
      { state: "bot", n: 10 },
      { state: "waiting", n: 2 },
    ]);
  });

  test("our own mail that comes back by a forward is nobody's; a person at another node is a customer", async () => {
    const from = someone();
    const { answer } = await m.opened(from);
    m.provider.box(US).add(Buffer.from(answer.toString().replace(/^From: .*$/m, `From: Liste <${from}>`)));
    const head = { "X-Augenhoehe-Channel": "service@andere.example" };
    const rows = await m.deliver(m.letter({ from, text: "von nebenan", head }), from, 2);
    expect(saidBy(rows)).toEqual(["Frage\n\nGuten Tag.", "Frage\n\nvon nebenan"]);
    await m.when("an answer to it", async () => m.sentTo(from)[1] ?? null);
  });

  test("a bounce makes the answer failed, by our Message-ID", async () => {
    const from = someone();
    const { answer } = await m.opened(from);
    m.provider.box(US).add(
      m.letter({
        from: "MAILER-DAEMON@mx.example.org",
        subject: "Undelivered Mail Returned to Sender",
        text: `550 5.1.1 <${from}> unknown\n\nMessage-ID: ${fieldOf(answer, "Message-ID")}`,
        head: { "Return-Path": "<>", "X-Failed-Recipients": from },
      }),
    );
    const failed = await m.when("failed", async () => {
      return (
        (await m.messagesOf(from)).find(({ author, status }) => author === "bot" && status === "failed") ??
        null
      );
    });
    expect(failed.error).toMatchObject({ title: "the mail came back (5.1.1)" });
  });
});

describe("sending", () => {
  test("greylisting waits and goes again with the same Message-ID", async () => {
    const from = someone();
    m.provider.faults.push({ to: from, reply: "450 4.2.0 Greylisted", at: "rcpt", times: 1 });
    await m.deliver(m.letter({ from, text: "Hallo" }), from, 1);
    await m.w.settle();
    expect(m.sentTo(from)).toEqual([]);
    m.w.clock.advance(5 * 60_000 + 1);
    await m.when("sent", async () => {
      return m.sentTo(from)[0] ?? null;
    });
    expect((await m.messagesOf(from)).find(({ author }) => author === "bot")?.status).toBe("sent");
  });

  test("an address that is refused is failed, with the reason", async () => {
    const from = someone();
    m.provider.faults.push({ to: from, reply: "550 5.1.1 No such user", at: "rcpt", times: 1 });
    await m.deliver(m.letter({ from, text: "Hallo" }), from, 1);
    const bot = await m.when("failed", async () => {
      return (
        (await m.messagesOf(from)).find(({ author, status }) => author === "bot" && status === "failed") ??
        null
      );
    });
    expect(bot.error?.title).toBe("the address is refused");
  });

  test("a server that cuts the line after the mail leaves a doubt that a person settles, and no second mail", async () => {
    const from = someone();
    m.provider.faults.push({ to: from, reply: "close", at: "data", times: 1 });
    await m.deliver(m.letter({ from, text: "Hallo" }), from, 1);
    const bot = await m.when("in doubt", async () => {
      return (
        (await m.messagesOf(from)).find(({ author, status }) => author === "bot" && status === "uncertain") ??
        null
      );
    });
    expect(bot.status).toBe("uncertain");
    expect(m.sentTo(from)).toEqual([]);
  });
});

describe("files", () => {
  test("an attachment follows its mail into the conversation and is stored", async () => {
    const from = someone();
    const raw = Buffer.from(
      [
        `From: ${from}`,
        `To: ${US}`,
        "Subject: Rechnung",
        `Message-ID: ${newMessageId()}`,
        'Content-Type: multipart/mixed; boundary="b"',
        "",
        "--b",
        "",
        "Anbei.",
        "--b",
        'Content-Type: application/pdf; name="rechnung.pdf"',
        "Content-Disposition: attachment",
        "Content-Transfer-Encoding: base64",
        "",
        Buffer.from("%PDF-1.4\n%%EOF\n").toString("base64"),
        "--b--",
        "",
      ].join("\r\n"),
    );
    await m.deliver(raw, from, 2);
    const media = await m.when("stored", async () => {
      const { rows } = await m.w.kernel.db.node.query(
        "select m.content -> 'media' as media from kernel.message m join kernel.conversation c on c.tenant_id = m.tenant_id and c.id = m.conversation_id join kernel.identity i on i.tenant_id = c.tenant_id and i.contact_id = c.contact_id where i.value = $1 and m.content ->> 'type' = 'document'",
        [from],
      );
      return rows[0]?.media.fileId ? rows[0].media : null;
    });
    expect(media).toMatchObject({ name: "rechnung.pdf", mime: "application/pdf", size: 15 });
    expect(saidBy(await m.messagesOf(from), "bot").length).toBe(1);
  });
});

describe("check says in one sentence what is wrong", () => {
  const account = (change: object, token = "secret") => ({
    id: 1,
    tenantId: m.tenantId,
    kind: "email",
    appId: null,
    address: US,
    name: "K",
    apiBase: "",
    token,
    settings: { ...m.servers(), ...change },
  });

  test("all is well", async () => {
    expect(await email.check?.(account({}))).toEqual({ ok: true, text: `${US}: reading and sending work` });
  });

  test.each([
    [
      "login",
      () => account({}, "falsch"),
      /^IMAP: .* refuses user or password\. SMTP: .* refuses user or password\.$/,
    ],
    ["folder", () => account({ folder: "Gibtsnicht" }), /^IMAP: .* has no folder "Gibtsnicht"\.$/],
    [
      "port",
      () => account({ imap: { host: "127.0.0.1", port: 9, security: "none" } }),
      /^IMAP: 127\.0\.0\.1:9 listens at no such port\.$/,
    ],
    [
      "host",
      () => account({ smtp: { host: "gibtsnicht.invalid", port: 25, security: "none" } }),
      /^SMTP: gibtsnicht\.invalid:25 has (?:no such host|no host that the name service knows at the moment)\.$/,
    ],
  ])("%s", async (_name, make, sentence) => {
    const result = await email.check?.(make());
    expect(result).toMatchObject({ ok: false, text: expect.stringMatching(sentence) });
  });
});
