import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answerTo, fieldOf, newMessageId } from "../outside/mail.ts";
import { conversationsIn, type MailWorld, openMailWorld, saidBy, someone } from "./email-world.ts";

/** Which conversation a mail belongs to: each rule has a name. */

let m: MailWorld;

beforeAll(async () => {
  m = await openMailWorld();
});
afterAll(() => m.close());

describe("threading", () => {
  test("an answer has our Message-ID, In-Reply-To = the last inbound, References = the chain", async () => {
    const from = someone();
    const id = newMessageId();
    const { rows, answer } = await m.opened(from, { messageId: id, subject: "Lampe" });
    expect(fieldOf(answer, "Message-ID")).toMatch(
      new RegExp(`^<${rows[0]?.conversation_id}\\.[0-9a-f-]{36}\\.${m.tenantId}@kontor\\.example>$`),
    );
    expect(fieldOf(answer, "In-Reply-To")).toBe(id);
    expect(fieldOf(answer, "References")).toBe(id);
    expect(fieldOf(answer, "Subject")).toBe("Re: Lampe");
    expect(fieldOf(answer, "Auto-Submitted")).toBe("auto-replied");
  });

  test("a reply comes home by In-Reply-To; the quote is cut and kept", async () => {
    const from = someone();
    const { answer } = await m.opened(from);
    const rows = await m.deliver(answerTo(answer, { from, text: "Danke!", at: m.w.clock.now() }), from, 2);
    expect(conversationsIn(rows)).toBe(1);
    expect(saidBy(rows)[1]).toBe("Danke!");
    const last = rows.filter(({ author }) => author === "customer")[1];
    expect(JSON.stringify(last?.detail)).toContain("> Zitat");
  });

  test("then by References, newest first, where In-Reply-To is missing or unknown", async () => {
    const from = someone();
    const { answer } = await m.opened(from);
    const head = {
      "In-Reply-To": "<unknown@elsewhere.example>",
      References: `${fieldOf(answer, "Message-ID")} <unknown@elsewhere.example>`,
    };
    const rows = await m.deliver(
      answerTo(answer, { from, text: "Und noch was", at: m.w.clock.now(), head }),
      from,
      2,
    );
    expect(conversationsIn(rows)).toBe(1);
  });

  test("by the customer's own earlier mail, which we have only read", async () => {
    const from = someone();
    const id = newMessageId();
    await m.opened(from, { messageId: id });
    const rows = await m.deliver(m.letter({ from, text: "Nachtrag", head: { References: id } }), from, 2);
    expect(conversationsIn(rows)).toBe(1);
  });

  test("then by the signed plus-address; a token we did not sign leads nowhere", async () => {
    const from = someone();
    const { answer } = await m.opened(from);
    const to = fieldOf(answer, "Reply-To");
    expect(to).toMatch(/^service\+r-[0-9a-z]+-[0-9a-f]{20}@kontor\.example$/);
    const rows = await m.deliver(m.letter({ from, to, text: "ohne Kopfzeilen" }), from, 2);
    expect(conversationsIn(rows)).toBe(1);
    const forged = to.replace(/[0-9a-f]{4}@/, (end) => (end === "0000@" ? "1111@" : "0000@"));
    expect(conversationsIn(await m.deliver(m.letter({ from, to: forged, text: "gefälscht" }), from, 3))).toBe(
      2,
    );
  });

  test("never by the subject alone", async () => {
    const from = someone();
    await m.opened(from, { subject: "Bestellung 17" });
    const rows = await m.deliver(m.letter({ from, text: "neu", subject: "Re: Bestellung 17" }), from, 2);
    expect(conversationsIn(rows)).toBe(2);
  });

  test("a subject that changes beyond Re, AW, WG begins a new conversation that links the old one", async () => {
    const from = someone();
    const { answer, rows: before } = await m.opened(from, { subject: "Bestellung 17" });
    const same = answerTo(answer, {
      from,
      text: "dazu",
      at: m.w.clock.now(),
      subject: "AW: WG: Bestellung  17",
    });
    expect(conversationsIn(await m.deliver(same, from, 2))).toBe(1);
    const other = answerTo(answer, {
      from,
      text: "etwas anderes",
      at: m.w.clock.now(),
      subject: "Rechnung falsch",
    });
    const rows = await m.deliver(other, from, 3);
    expect(conversationsIn(rows)).toBe(2);
    const fresh = rows.find(({ text }) => text === "etwas anderes");
    expect(fresh?.detail).toMatchObject({ linkedConversation: before[0]?.conversation_id });
  });

  test("somebody else who knows an id gets a conversation of their own, linked, and sees nothing", async () => {
    const [from, stranger] = [someone(), someone()];
    const { answer, rows: before } = await m.opened(from);
    const rows = await m.deliver(
      answerTo(answer, { from: stranger, text: "lass mal sehen", at: m.w.clock.now() }),
      stranger,
      1,
    );
    expect(conversationsIn(rows)).toBe(1);
    expect(rows[0]?.conversation_id).not.toBe(before[0]?.conversation_id);
    expect(rows[0]?.detail).toMatchObject({ linkedConversation: before[0]?.conversation_id });
  });

  test("who got a copy may answer in the same conversation, and becomes no other contact's double", async () => {
    const [from, colleague] = [someone(), someone()];
    const { answer, rows: before } = await m.opened(from, { head: { Cc: `Kollege <${colleague}>` } });
    const raw = answerTo(answer, { from: colleague, text: "Ich übernehme.", at: m.w.clock.now() });
    const rows = await m.deliver(raw, from, 2);
    expect(saidBy(rows)).toContain("Ich übernehme.");
    expect(conversationsIn(rows)).toBe(1);
    expect(await m.messagesOf(colleague)).toEqual([]);
    expect(m.sentTo(colleague).length).toBe(1);
    expect(before.length).toBeGreaterThan(0);
  });

  test("an id of another company's mailbox leads nowhere", async () => {
    const other = await m.w.tenant({ name: "Andere" });
    const address = `fremd-${randomUUID().slice(0, 6)}@andere.example`;
    await m.isRead(await m.mailbox(address, { tenantId: other.id }));
    const from = someone();
    const { answer } = await m.opened(from);
    m.provider.box(address).add(answerTo(answer, { from, text: "an die andere", at: m.w.clock.now() }));
    const rows = await m.when("stored", async () => {
      const { rows } = await m.w.kernel.db.node.query(
        "select content ->> 'text' as text, detail from kernel.message where tenant_id = $1 and author = 'customer'",
        [other.id],
      );
      return rows.length > 0 ? rows : null;
    });
    expect(rows).toMatchObject([{ text: "an die andere" }]);
    expect(rows[0].detail.linkedConversation).toBeUndefined();
    expect(saidBy(await m.messagesOf(from)).length).toBe(1);
  });
});
