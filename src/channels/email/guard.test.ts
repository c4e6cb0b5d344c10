import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Inbound } from "#kernel";
import { parse } from "./parse.ts";

const NOW = Date.parse("2026-11-24T09:05:00Z");
const OURS = "31.018f0000-1111-8abc-9abc-0123456789ab";
const fixture = (name: string): Buffer => readFileSync(new URL(`./fixtures/${name}`, import.meta.url));

function items(head: Record<string, string>, body = "Moin"): Inbound[] {
  const fields = { From: "Anna <anna@example.org>", To: "service@kontor.example", ...head };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return parse(Buffer.from(`${lines.join("\r\n")}\r\n\r\n${body}\r\n`, "utf8"), NOW);
}

describe("the server that took the mail doubts its sender", () => {
  test.each([
    ["DMARC fails", "mx.kontor.example; spf=pass; dmarc=fail header.from=example.org", true],
    ["SPF fails and no signature helps", "mx.kontor.example; spf=softfail; dkim=none", true],
    [
      "SPF fails, as with a forward, and the signature holds",
      "mx.kontor.example; spf=fail; dkim=pass",
      false,
    ],
    ["everything passes", "mx.kontor.example; spf=pass; dkim=pass; dmarc=pass", false],
  ])("%s", (_name, result, isDoubted) => {
    const [item] = items({ "Authentication-Results": result });
    const mail = item?.kind === "message" ? item.detail?.mail : undefined;
    expect((mail as { unproven?: boolean } | undefined)?.unproven ?? false).toBe(isDoubted);
  });
});

describe("the loop guard: what a machine wrote is kept and takes no turn", () => {
  test.each([
    ["RFC 3834 Auto-Submitted", { "Auto-Submitted": "auto-replied" }],
    ["Auto-Submitted with a comment", { "Auto-Submitted": "auto-generated (vacation)" }],
    ["Precedence: bulk", { Precedence: "bulk" }],
    ["Precedence: auto_reply", { Precedence: "auto_reply" }],
    ["List-Id", { "List-Id": "<news.example.org>" }],
    ["an empty Return-Path", { "Return-Path": "<>" }],
    ["X-Auto-Response-Suppress", { "X-Auto-Response-Suppress": "OOF, AutoReply" }],
    ["X-Autoreply", { "X-Autoreply": "yes" }],
    ["no-reply", { From: "Shop <no-reply@example.org>" }],
  ])("%s", (_name, head) => {
    const [item] = items(head);
    expect(item).toMatchObject({
      kind: "message",
      takesNoTurn: true,
      detail: { mail: { automatic: expect.any(String) } },
    });
  });

  test.each([
    ["a person", {}],
    ["Auto-Submitted: no", { "Auto-Submitted": "no" }],
    ["Precedence: first-class", { Precedence: "first-class" }],
    ["X-Auto-Response-Suppress: DR (delivery reports only)", { "X-Auto-Response-Suppress": "DR, RN" }],
    ["a name like noreplyman", { From: "Nora <nora.replyman@example.org>" }],
  ])("not: %s", (_name, head) => expect(items(head)[0]).not.toHaveProperty("takesNoTurn"));

  test("a mail says which mailbox of a node sent it, so that the kernel knows its own", () => {
    const writtenBy = "service@kontor.example";
    expect(items({ "X-Augenhoehe-Channel": "Service@Kontor.example" })[0]).toMatchObject({
      thread: { writtenBy },
    });
    expect(items({})[0]).toMatchObject({ thread: { writtenBy: "anna@example.org" } });
  });
});

describe("bounces become failed receipts by our Message-ID", () => {
  test("a delivery status notification (RFC 3464)", () => {
    const [receipt, preference] = parse(fixture("dsn-postfix.eml"), NOW);
    expect(receipt).toMatchObject({
      kind: "receipt",
      status: "failed",
      correlation: OURS,
      recipient: "weg@example.org",
      errors: [{ code: 550, title: "the mail came back (5.1.1)" }],
    });
    expect(preference).toMatchObject({
      kind: "preference",
      preference: "stop",
      scope: "marketing",
      identities: [{ kind: "email", value: "weg@example.org" }],
      thread: { refers: [OURS] },
    });
  });

  test("Exim's, which is no report", () => {
    expect(parse(fixture("bounce-exim.eml"), NOW)[0]).toMatchObject({
      kind: "receipt",
      status: "failed",
      correlation: OURS,
      recipient: "weg@example.org",
      errors: [{ code: 550 }],
    });
  });

  test("words only, our id in the references", () => {
    const head = {
      From: "Mail Delivery Subsystem <mailer-daemon@example.net>",
      Subject: "Delivery Status Notification (Failure)",
      References: `<${OURS}.7@kontor.example>`,
    };
    expect(items(head, "552 5.2.2 Mailbox full")).toMatchObject([
      { kind: "receipt", correlation: OURS, errors: [{ code: 552, title: "the mail came back (5.2.2)" }] },
    ]);
  });

  test("a full mailbox does not end what its owner agreed to; one that is gone does", () => {
    const full = fixture("dsn-postfix.eml").toString().replaceAll("5.1.1", "5.2.2");
    expect(parse(Buffer.from(full), NOW).map(({ kind }) => kind)).toEqual(["receipt"]);
  });

  test("a delay is no failure, and a bounce of somebody else's mail is nothing", () => {
    const delayed = fixture("dsn-postfix.eml").toString().replace("Action: failed", "Action: delayed");
    expect(parse(Buffer.from(delayed), NOW)[0]?.kind).toBe("ignored");
    const foreign = fixture("dsn-postfix.eml")
      .toString()
      .replace(`<${OURS}.7@kontor.example>`, "<x@y.example>");
    expect(parse(Buffer.from(foreign), NOW)[0]?.kind).toBe("ignored");
  });
});
