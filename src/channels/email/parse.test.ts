import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Inbound } from "#kernel";
import { mediaIn, parse } from "./parse.ts";
import { readReplyAddress, writeReplyAddress } from "./reply-address.ts";
import { bareSubject, subjectKey } from "./subject.ts";

const NOW = Date.parse("2026-11-24T09:05:00Z");
const OURS = "31.018f0000-1111-8abc-9abc-0123456789ab";
const fixture = (name: string): Buffer => readFileSync(new URL(`./fixtures/${name}`, import.meta.url));

type Item = Extract<Inbound, { kind: "message" }>;

function messages(raw: Buffer): Item[] {
  return parse(raw, NOW).map((item) => {
    if (item.kind !== "message") throw new Error(item.kind);
    return item;
  });
}

function mail(head: Record<string, string>, body = "Moin"): Buffer {
  const fields = { From: "Anna <anna@example.org>", To: "service@kontor.example", ...head };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n${body}\r\n`, "utf8");
}

const one = (head: Record<string, string>, body?: string): Item => messages(mail(head, body))[0] as Item;

describe("a reply from Gmail", () => {
  const [reply] = messages(fixture("gmail-reply-de.eml"));

  test("says only what is new, and keeps the whole", () => {
    expect(reply?.content).toEqual({ type: "text", text: "Danke, das passt für mich." });
    expect(reply?.detail).toMatchObject({ mail: { subject: "Re: Rückgabe der Lampe" } });
    expect(JSON.stringify(reply?.detail)).toContain("30 Tage lang zurückgeben");
  });

  test("knows who wrote, when, and where an answer goes", () => {
    expect(reply?.identities).toEqual([{ kind: "email", value: "anna.beispiel@example.org" }]);
    expect(reply?.profileName).toBe("Anna Beispiel Ä");
    expect(reply?.sentAt).toBe(Date.parse("2026-11-24T09:02:11Z"));
    expect(readReplyAddress(reply?.replyAddress ?? "")).toEqual({
      to: "anna.beispiel@example.org",
      subject: "Rückgabe der Lampe",
      inReplyTo: "CAF-reply-1@mail.example.org",
      references: [`${OURS}.7@kontor.example`, "CAF-reply-1@mail.example.org"],
    });
  });

  test("finds our message by its Message-ID; subject and participants are hints for the kernel", () => {
    expect(reply?.thread).toEqual({
      id: "CAF-reply-1@mail.example.org",
      writtenBy: "anna.beispiel@example.org",
      refers: [OURS],
      tokens: [],
      subject: "rückgabe der lampe",
      participants: ["anna.beispiel@example.org", "service@kontor.example", "bernd@example.org"],
    });
    expect(reply?.takesNoTurn).toBeUndefined();
  });
});

test("HTML of Outlook becomes words without the mail it answers, scripts or styles", () => {
  const [item] = messages(fixture("outlook-html.eml"));
  expect(item?.content).toEqual({ type: "text", text: 'Guten Tag,\n\nbitte 3 Stück, "grün" & matt.' });
  expect(JSON.stringify(item?.detail)).toContain("Unser Angebot von gestern");
  expect(JSON.stringify(item)).not.toContain("alert");
});

test("inline pictures and files follow the words as messages that nobody answers, and their bytes are found again", () => {
  const raw = fixture("inline-picture.eml");
  const items = messages(raw);
  expect(items.map(({ content }) => content.type)).toEqual(["text", "image", "document"]);
  expect(items[0]?.content).toEqual({ type: "text", text: "Kratzer\n\nSo sieht sie aus:\n\nGruß" });
  expect(items.map(({ takesNoTurn }) => takesNoTurn ?? false)).toEqual([false, true, true]);
  expect(new Set(items.map(({ externalId }) => externalId)).size).toBe(3);
  const media = items.flatMap(({ content }) => ("media" in content ? [content.media] : []));
  expect(media.map(({ name, mime }) => [name, mime])).toEqual([
    ["lampe.png", "image/png"],
    ["Rechnung Übergröße.pdf", "application/pdf"],
  ]);
  const files = media.map(({ providerId }) => mediaIn(raw, providerId ?? ""));
  expect(files[0]?.bytes.subarray(1, 4).toString()).toBe("PNG");
  expect(files[1]?.bytes.subarray(0, 5).toString()).toBe("%PDF-");
  expect(mediaIn(raw, "part:99")).toBeNull();
});

test("a mail with nothing but a file is about the file", () => {
  const raw = mail(
    { Subject: "", "Content-Type": 'application/pdf; name="a.pdf"', "Content-Transfer-Encoding": "base64" },
    "JVBERi0xLjQK",
  );
  const items = messages(raw);
  expect(items.length).toBe(1);
  expect(items[0]?.content).toMatchObject({ type: "document", media: { name: "a.pdf" } });
  expect(items[0]?.takesNoTurn).toBeUndefined();
});

test("winmail.dat (TNEF) gives up its words and files", () => {
  const attribute = (name: number, value: Buffer): Buffer => {
    const head = Buffer.alloc(9);
    head.writeUInt8(name === 0x800c ? 1 : 2, 0);
    head.writeUInt16LE(name, 1);
    head.writeUInt32LE(value.length, 5);
    return Buffer.concat([head, value, Buffer.alloc(2)]);
  };
  const start = Buffer.alloc(6);
  start.writeUInt32LE(0x223e9f78, 0);
  const tnef = Buffer.concat([
    start,
    attribute(0x800c, Buffer.from("Gr\xfc\xdfe aus Exchange\0", "latin1")),
    attribute(0x9002, Buffer.alloc(14)),
    attribute(0x8010, Buffer.from("plan.txt\0")),
    attribute(0x800f, Buffer.from("Inhalt")),
  ]);
  const head = {
    Subject: "",
    "Content-Type": 'application/ms-tnef; name="winmail.dat"',
    "Content-Transfer-Encoding": "base64",
  };
  const raw = mail(head, tnef.toString("base64"));
  const items = messages(raw);
  expect(items[0]?.content).toEqual({ type: "text", text: "Grüße aus Exchange" });
  expect(items[1]?.content).toMatchObject({ type: "document", media: { name: "plan.txt", size: 6 } });
});

test("a first mail asks with its subject; STOP stays alone, in subject or text", () => {
  expect(one({ Subject: "Lampe kaputt" }, "Sie flackert.").content).toEqual({
    type: "text",
    text: "Lampe kaputt\n\nSie flackert.",
  });
  expect(one({ Subject: "STOP" }, "").content).toEqual({ type: "text", text: "STOP" });
  expect(one({ Subject: "Ihre Hinweise" }, "Abmelden").content).toEqual({ type: "text", text: "Abmelden" });
  expect(
    one({ Subject: "Re: Hinweis", "In-Reply-To": `<${OURS}.7@kontor.example>` }, "STOPP\n\n> U3 gestört")
      .content,
  ).toEqual({
    type: "text",
    text: "STOPP",
  });
});

test("the same mail in two folders is one, two mails with one Message-ID are two, a mail without one has its own", () => {
  const head = { "Message-ID": "<same@example.org>" };
  expect(one({ ...head, Received: "from a" }).externalId).toBe(
    one({ ...head, Received: "from b" }).externalId,
  );
  expect(one(head, "eins").externalId).not.toBe(one(head, "zwei").externalId);
  expect(one({}, "eins").externalId).not.toBe(one({}, "zwei").externalId);
});

test("Reply-To says where the answer goes, From who it is", () => {
  const item = one({ "Reply-To": "Team <team@example.org>" });
  expect(item.identities[0]?.value).toBe("anna@example.org");
  expect(readReplyAddress(item.replyAddress).to).toBe("team@example.org");
});

test("a clock that is days behind or ahead does not move the mail", () => {
  expect(one({ Date: "Thu, 01 Jan 1970 00:00:00 +0000" }).sentAt).toBe(NOW);
  expect(one({ Date: "Thu, 01 Jan 2099 00:00:00 +0000" }).sentAt).toBe(NOW);
  expect(one({ Date: "nonsense" }).sentAt).toBe(NOW);
});

test("plus-addresses bring their token", () => {
  const token = `r7-${"0123456789abcdef0123"}`;
  expect(one({ To: `service+r-${token}@kontor.example` }).thread?.tokens).toEqual([token]);
  const side = `7-2h-1k-ab3c-${"0123456789abcdef0123"}`;
  expect(one({ To: `service+r-${side}@kontor.example` }).thread?.tokens).toEqual([side]);
  expect(one({ To: "service+werbung@kontor.example" }).thread?.tokens).toEqual([]);
});

test.each([
  ["Re: AW: Fwd: Hallo", "Hallo"],
  ["AW[2]: WG: Hallo", "Hallo"],
  ["[EXTERN] Re: Hallo", "Hallo"],
  ["SV: VS: Antw: Hallo", "Hallo"],
  ["Re:Hallo", "Hallo"],
  ["Reparatur: Lampe", "Reparatur: Lampe"],
  ["  Viele   Blanks ", "Viele Blanks"],
])("the subject of %j is %j", (subject, bare) => {
  expect(bareSubject(subject)).toBe(bare);
  expect(subjectKey(subject)).toBe(bare.toLowerCase());
});

test("a reply address carries any words and comes back the same", () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.array(fc.stringMatching(/^[a-z0-9.]{1,20}@[a-z]{1,9}$/)),
      (subject, references) => {
        const address = { to: "a+b@example.org", subject, inReplyTo: references.at(-1) ?? "", references };
        expect(readReplyAddress(writeReplyAddress(address))).toEqual(address);
      },
    ),
  );
  expect(readReplyAddress("anna@example.org")).toEqual({
    to: "anna@example.org",
    subject: "",
    inReplyTo: "",
    references: [],
  });
});

test("a NUL, half a surrogate pair and a megabyte of brackets are stored and read like any mail", () => {
  const item = one({ Subject: `${"x".repeat(399)}\u{1f600}` }, `a\0b ${"y".repeat(120_000)}`);
  const stored = JSON.stringify([item.content, item.detail, item.replyAddress]);
  expect(stored).not.toContain("\\u0000");
  expect(stored.isWellFormed()).toBe(true);
  expect(stored).not.toMatch(/\\ud[89a-f]/i);
  const begun = performance.now();
  const many = {
    Date: "(".repeat(200_000),
    "Content-Type": `text/plain${';a="'.repeat(60_000)}`,
    From: `${"no-reply+".repeat(20_000)}`,
  };
  parse(mail({ ...many, Subject: "Re:".repeat(50_000), References: "<".repeat(200_000) }), NOW);
  parse(mail({ "Content-Type": "text/html" }, `<pre>${" ".repeat(900_000)}x`), NOW);
  expect(performance.now() - begun).toBeLessThan(3_000);
});

test("no input makes it throw, and a mail without a sender is parked", () => {
  expect(parse(Buffer.from("Subject: x\r\n\r\ny"), NOW)[0]?.kind).toBe("broken");
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
      expect(Array.isArray(parse(Buffer.from(bytes), NOW))).toBe(true);
    }),
  );
});
