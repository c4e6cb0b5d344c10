import { describe, expect, test } from "vitest";
import type { ChannelAccount, OutboundMessage } from "#kernel";
import { compose, type OutgoingMail } from "./compose.ts";
import { chainOf, correlationIn } from "./message-id.ts";
import { writeReplyAddress } from "./reply-address.ts";
import { fateOf } from "./smtp-errors.ts";

const CORRELATION = "31.018f0000-1111-8abc-9abc-0123456789ab";
const account: ChannelAccount = {
  id: 4,
  tenantId: 7,
  kind: "email",
  appId: null,
  address: "service@kontor.example",
  name: "Kontor",
  apiBase: "",
  token: "secret",
  settings: { imap: { host: "h" }, smtp: { host: "h" }, fromName: "Kontor Nord", plusAddresses: true },
};
const answering = writeReplyAddress({
  to: "anna@example.org",
  subject: "Rückgabe",
  inReplyTo: "b@example.org",
  references: ["a@example.org", "b@example.org"],
});

async function mailOf(message: Partial<OutboundMessage>): Promise<OutgoingMail> {
  const mail = await compose(
    { correlation: CORRELATION, to: answering, content: { type: "text", text: "Gern." }, ...message },
    account,
  );
  if ("problem" in mail) throw new Error(mail.problem);
  return mail;
}

describe("a letter of its own", () => {
  const letter = { subject: "Frage: Ersatzteil?", fileIds: ["a", "b"] };
  const readFile = async (fileId: string) => ({
    bytes: Buffer.from(fileId),
    mime: "text/plain",
    name: `${fileId}.txt`,
  });

  test("has its subject and its files, and answers nothing", async () => {
    const mail = await mailOf({ letter, readFile });
    expect(mail).toMatchObject({ subject: "Frage: Ersatzteil?", to: "anna@example.org" });
    expect(mail).not.toHaveProperty("inReplyTo");
    expect(mail.attachments.map(({ filename }) => filename)).toEqual(["a.txt", "b.txt"]);
  });

  test("follows another of ours", async () => {
    const mail = await mailOf({ letter: { ...letter, fileIds: [], follows: CORRELATION } });
    expect(mail.inReplyTo).toBe(`<${CORRELATION}.7@kontor.example>`);
    expect(mail.references).toEqual([mail.inReplyTo]);
  });

  test("is refused when its files together are too big, or one is gone", async () => {
    const half = async () => ({ bytes: Buffer.alloc(10 * 1024 * 1024), mime: "text/plain", name: "x" });
    const message = {
      correlation: CORRELATION,
      to: answering,
      content: { type: "text", text: "x" },
    } as const;
    expect(await compose({ ...message, letter, readFile: half }, account)).toHaveProperty("problem");
    const gone = () => Promise.reject(new Error("gone"));
    expect(await compose({ ...message, letter, readFile: gone }, account)).toHaveProperty("problem");
  });
});

describe("an answer", () => {
  test("carries our Message-ID, In-Reply-To = the last inbound, References = the chain, Re: and the subject", async () => {
    const mail = await mailOf({ isAutomatic: true });
    expect(mail).toMatchObject({
      messageId: `<${CORRELATION}.7@kontor.example>`,
      to: "anna@example.org",
      from: { name: "Kontor Nord", address: "service@kontor.example" },
      inReplyTo: "<b@example.org>",
      references: ["<a@example.org>", "<b@example.org>"],
      subject: "Re: Rückgabe",
      text: "Gern.",
    });
    expect(correlationIn(mail.messageId.slice(1, -1))).toBe(CORRELATION);
    expect(mail.headers).toMatchObject({
      "Auto-Submitted": "auto-replied",
      "X-Augenhoehe-Channel": "service@kontor.example",
    });
  });

  test("by a person is not marked as automatic; a token rides in Reply-To", async () => {
    const mail = await mailOf({ isAutomatic: false, replyToken: `v-${"0".repeat(20)}` });
    expect(mail.headers).not.toHaveProperty("Auto-Submitted");
    expect(mail.replyTo).toBe(`service+r-v-${"0".repeat(20)}@kontor.example`);
    // RFC 5321: 64 characters before the @.
    const long = await mailOf({ replyToken: `${"v".repeat(12)}-${"w".repeat(12)}-x-${"0".repeat(20)}` });
    expect(long.replyTo).toMatch(/^.{1,64}@kontor\.example$/);
    const longer = `${"v-".repeat(4)}${"0".repeat(50)}`;
    expect((await mailOf({ replyToken: longer })).replyTo).toBe("service@kontor.example");
  });

  test("a chain keeps its first and its newest", () => {
    const chain = chainOf(
      Array.from({ length: 60 }, (_, n) => `${n}@x`),
      "new@x",
    );
    expect(chain.length).toBe(20);
    expect([chain[0], chain[1], chain.at(-1)]).toEqual(["0@x", "42@x", "new@x"]);
  });

  test("choices are a list, addresses are links, nothing of the text becomes HTML", async () => {
    const mail = await mailOf({
      content: {
        type: "text",
        text: "a < b & c, siehe https://kontor.example/x?a=1&b=2.",
        options: [
          { id: "1", title: "Ja" },
          { id: "2", title: "<b>" },
        ],
      },
    });
    expect(mail.text).toBe(
      "a < b & c, siehe https://kontor.example/x?a=1&b=2.\n\nEine kurze Antwort genügt:\n• Ja\n• <b>",
    );
    expect(mail.html).toContain(
      '<p>a &lt; b &amp; c, siehe <a href="https://kontor.example/x?a=1&amp;b=2">https://kontor.example/x?a=1&amp;b=2</a>.</p>',
    );
    expect(mail.html).toContain("<li>&lt;b&gt;</li>");
  });

  test("a file is attached; one that is gone or too big is said", async () => {
    const content = {
      type: "document",
      text: "Anbei",
      media: { fileId: "f", mime: "application/pdf" },
    } as const;
    const file = { bytes: Buffer.from("%PDF-"), mime: "application/pdf", name: "a.pdf" };
    const mail = await mailOf({ content, readFile: async () => file });
    expect(mail.attachments).toEqual([
      { filename: "a.pdf", content: file.bytes, contentType: "application/pdf" },
    ]);
    await expect(mailOf({ content, readFile: () => Promise.reject(new Error("gone")) })).rejects.toThrow(
      "could not be read",
    );
  });
});

test("a notice begins a mail of its own and can be ended with one click (RFC 8058)", async () => {
  const mail = await mailOf({
    isAutomatic: true,
    isNotice: true,
    unsubscribeUrl: "https://kontor.example/u/x",
    content: { type: "text", text: "U3: Störung bis 9 Uhr\nBitte die U1 nehmen." },
  });
  expect(mail.subject).toBe("U3: Störung bis 9 Uhr");
  expect(mail.inReplyTo).toBeUndefined();
  expect(mail.headers).toMatchObject({
    "List-Unsubscribe": "<https://kontor.example/u/x>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "Auto-Submitted": "auto-generated",
  });
});

describe("what a server's answer means", () => {
  const fault = { code: "EENVELOPE", responseCode: 0, response: "", isWritten: false };
  const replied = (response: string, code = "EENVELOPE") =>
    fateOf({ ...fault, code, responseCode: Number(response.slice(0, 3)), response });

  test.each([
    ["450 4.2.0 Greylisted", { outcome: "retry", scope: "pair" }],
    ["451 4.3.0 Try again", { outcome: "retry", scope: "pair" }],
    ["452 4.2.2 Mailbox full", { outcome: "retry", scope: "pair" }],
    ["421 4.7.0 Too many connections", { outcome: "retry", scope: "account" }],
    ["450 4.7.28 rate limit exceeded", { outcome: "retry", scope: "account" }],
    ["550 5.1.1 No such user", { outcome: "failed", action: "never" }],
    ["552 5.2.2 Mailbox full", { outcome: "failed", action: "never" }],
    ["552 5.3.4 Message too big", { outcome: "failed", action: "media" }],
    ["550 5.7.26 fails DMARC", { outcome: "failed", action: "quality" }],
    ["530 5.7.0 Authentication required", { outcome: "failed", action: "red" }],
  ])("%s", (response, fate) => expect(replied(response)).toMatchObject(fate));

  test("a refused login makes the channel red, a busy one waits", () => {
    expect(replied("535 5.7.8 Authentication failed", "EAUTH")).toMatchObject({
      outcome: "failed",
      action: "red",
    });
    expect(replied("454 4.7.0 Temporary failure", "EAUTH")).toMatchObject({
      outcome: "retry",
      scope: "account",
    });
  });

  test("a server that is not reached saw nothing; silence after the mail is in doubt", () => {
    expect(fateOf({ ...fault, code: "ECONNECTION", isWritten: false })).toMatchObject({
      outcome: "retry",
      scope: "account",
    });
    expect(fateOf({ ...fault, code: "EDNS" })).toMatchObject({ outcome: "retry" });
    expect(fateOf({ ...fault, code: "ECONNECTION", isWritten: true })).toMatchObject({
      outcome: "uncertain",
    });
  });
});
