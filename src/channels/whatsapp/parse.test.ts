import { describe, expect, test } from "vitest";
import { change, contentOf, fixture, one, parsed, RECEIVED_AT } from "./webhook-bodies.ts";

describe("messages", () => {
  test("a text names its account, its sender by every identifier, and its time", () => {
    expect(fixture("pywa__message__text")).toEqual([
      {
        kind: "message",
        address: "1122334455667",
        externalId: "wamid.xyzxyz",
        identities: [
          { kind: "bsuid", value: "US.13491208655302741918" },
          { kind: "wa_id", value: "972987654321" },
          { kind: "phone", value: "+972987654321" },
          { kind: "parent_bsuid", value: "US.ENT.11815799212886844830" },
        ],
        replyAddress: "972987654321",
        profileName: "Test Name",
        sentAt: 1697043223000,
        content: { type: "text", text: "Body Text" },
        business: "waba:1234567890987654321",
      },
    ]);
  });

  test("a sender who hides the number is known and answered by BSUID, never by username", () => {
    const [item] = fixture("chatwoot__bsuid_username_parent_only");
    expect(item).toMatchObject({
      identities: [
        { kind: "bsuid", value: "IN.2000000000000001" },
        { kind: "parent_bsuid", value: "IN.ENT.9000000001" },
      ],
      replyAddress: "IN.2000000000000001",
    });
    expect(JSON.stringify(item)).not.toContain('"muhsin"');
  });

  test("a BSUID in `from` is no phone number", () => {
    const item = one({ from: "DE.123456", type: "text", text: { body: "x" } });
    expect(item).toMatchObject({
      identities: [{ kind: "bsuid", value: "DE.123456" }],
      replyAddress: "DE.123456",
    });
  });

  test("a message without an id keeps one name through repeats", () => {
    const [first] = fixture("chatwoot__document_accented_filename");
    const [second] = fixture("chatwoot__document_accented_filename");
    expect(first).toMatchObject({
      externalId: expect.stringMatching(/^content:[0-9a-f]{32}$/),
      content: {
        type: "document",
        text: "My résumé",
        media: { name: "Currículum café.pdf", mime: "application/pdf" },
      },
    });
    expect(second).toEqual(first);
  });

  test("an edit names the message that changes and brings the new content", () => {
    expect(fixture("pywa__edited_message__image")).toMatchObject([
      {
        kind: "edit",
        target: "wamid.HBgLMTQxMjU1NTA4MjkVAgASGBQzQUNCNjk5RDUwNUZGMUZEM0VBRAA=",
        content: { type: "image", text: "Updated image caption", media: { providerId: "1234567890" } },
      },
    ]);
    expect(one({ type: "revoke", revoke: { original_message_id: "wamid.0" } })).toMatchObject({
      kind: "broken",
      reason: "message without a sender",
    });
    expect(contentOf({ type: "revoke", revoke: { original_message_id: "wamid.0" } })).toMatchObject({
      kind: "revoke",
      target: "wamid.0",
      externalId: "wamid.1",
    });
    expect(contentOf({ type: "revoke", revoke: {} })).toEqual({
      type: "unsupported",
      text: "",
      what: "revoke",
    });
  });

  test("a list reply is a choice that answers the message it quotes", () => {
    expect(fixture("metaopenapi__InteractiveMessageReply")).toMatchObject([
      {
        content: { type: "choice", id: "priority_express", text: "Priority Mail Express" },
        replyTo: "wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBJGMzEyNzhENTZDMzNGODlDRDgA",
      },
    ]);
  });

  test.each([
    [
      { type: "reaction", reaction: { message_id: "wamid.0" } },
      { type: "reaction", emoji: null, to: "wamid.0" },
    ],
    [
      { type: "reaction", reaction: { message_id: "wamid.0", emoji: "" } },
      { type: "reaction", emoji: null, to: "wamid.0" },
    ],
    [
      { type: "button", button: { text: "Ja" } },
      { type: "choice", id: "Ja", text: "Ja" },
    ],
    [
      {
        type: "interactive",
        interactive: { type: "nfm_reply", nfm_reply: { body: "Sent", response_json: "{no" } },
      },
      { type: "form", text: "Sent", values: null },
    ],
    [
      {
        type: "interactive",
        interactive: { type: "nfm_reply", nfm_reply: { response_json: '{"a":"x\\u0000\\ud800\\\\u0000"}' } },
      },
      { type: "form", text: "", values: { a: "x\\u0000" } },
    ],
    [
      { type: "interactive", interactive: { type: "hologram" } },
      { type: "unsupported", text: "", what: "interactive hologram" },
    ],
    [
      { type: "hologram", hologram: { caption: "sieh" } },
      { type: "unsupported", text: "sieh", what: "hologram" },
    ],
    [{ type: "constructor" }, { type: "unsupported", text: "", what: "constructor" }],
    [
      { type: "image", image: { caption: "ohne Datei" } },
      { type: "unsupported", text: "ohne Datei", what: "image" },
    ],
    [{ text: { body: "ohne Art" } }, { type: "text", text: "ohne Art" }],
    [
      { type: "text", text: { body: "a\0b\ud800" } },
      { type: "text", text: "ab\ufffd" },
    ],
    [
      { type: "location", location: { latitude: "53.5", longitude: 10 } },
      { type: "location", latitude: 53.5, longitude: 10 },
    ],
    [
      { type: "location", location: { latitude: "north" } },
      { type: "unsupported", text: "", what: "location" },
    ],
    [
      { type: "order", order: { product_items: [{ product_retailer_id: "A", quantity: "2" }] } },
      { type: "order", text: "2 × A", items: [{ id: "A", quantity: 2 }] },
    ],
    [
      { type: "contacts", contacts: [{ name: { first_name: "Bo" }, phones: [{ wa_id: "49" }, {}] }] },
      { type: "contacts", text: "Bo", contacts: [{ name: "Bo", phones: ["49"] }] },
    ],
  ])("%j", (message, content) => {
    expect(contentOf(message)).toEqual(content);
  });

  test("a changed number brings the old and the new one, and answers go to the new", () => {
    const system = { type: "user_changed_number", body: "User changed", wa_id: "4917700000" };
    expect(one({ from: "4915112345", type: "system", system })).toMatchObject({
      identities: [
        { kind: "wa_id", value: "4917700000" },
        { kind: "phone", value: "+4915112345" },
      ],
      replyAddress: "4917700000",
      content: { type: "system", event: "user_changed_number", text: "User changed" },
    });
  });

  test("a lone contact with another BSUID is another person, one with another number may be the sender", () => {
    const body = (ids: object) =>
      change({ contacts: [{ user_id: "DE.2", wa_id: "4915100002" }], messages: [{ id: "1", ...ids }] });
    expect(parsed(body({ from_user_id: "DE.1" }))).toMatchObject([
      { identities: [{ kind: "bsuid", value: "DE.1" }] },
    ]);
    expect(parsed(body({ from: "4915100001" }))).toMatchObject([
      {
        identities: [{ value: "DE.2" }, { value: "4915100002" }, { kind: "phone", value: "+4915100001" }],
        replyAddress: "4915100001",
      },
    ]);
  });

  test("two senders in one change keep their own profiles", () => {
    const contacts = [
      { wa_id: "4915100001", profile: { name: "A" } },
      { user_id: "DE.2", profile: { name: "B" } },
    ];
    const text = { type: "text", text: { body: "x" } };
    const messages = [
      { ...text, from_user_id: "DE.2", id: "2" },
      { ...text, from: "4915100001", id: "1" },
      { ...text, from: "4915100003", id: "3" },
    ];
    const items = parsed(change({ contacts, messages }));
    expect(items.map((item) => (item.kind === "message" ? (item.profileName ?? null) : item.kind))).toEqual([
      "B",
      "A",
      null,
    ]);
  });
});

describe("time", () => {
  test.each([
    ["1697043223", 1697043223000],
    [1697043223, 1697043223000],
    ["1697043223456", 1697043223456],
    ["soon", RECEIVED_AT],
    [undefined, RECEIVED_AT],
    [-1, RECEIVED_AT],
    ["99999999999999999999", RECEIVED_AT],
  ])("%s", (timestamp, expected) => {
    const item = one({ from: "4915112345", type: "text", text: { body: "x" }, timestamp });
    expect(item).toMatchObject({ sentAt: expected });
  });
});
