import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Inbound, ProviderApp } from "#kernel";
import { parse, readKinds } from "./parse.ts";

const app: ProviderApp = { id: "bot-1", kind: "telegram", secret: "s", verifyToken: null };
const receivedAt = Date.UTC(2026, 10, 22);
const ada = { id: 4711, is_bot: false, first_name: "Ada", last_name: "Jansen", username: "ada" };
const chat = { id: 4711, type: "private", first_name: "Ada" };
const base = { message_id: 7, from: ada, chat, date: 1_790_000_000 };

function read(update: object): Inbound {
  const items = parse(Buffer.from(JSON.stringify({ update_id: 99, ...update })), app, receivedAt);
  expect(items).toHaveLength(1);
  return items[0] as Inbound;
}

function contentOf(message: object) {
  const item = read({ message: { ...base, ...message } });
  return item.kind === "message" ? item.content : item.kind;
}

describe("a private message", () => {
  it("carries who wrote, where to answer, when, and what it quotes", () => {
    const message = { ...base, text: "Moin", reply_to_message: { ...base, message_id: 5, text: "?" } };
    expect(read({ message })).toEqual({
      kind: "message",
      address: "bot-1",
      externalId: "4711:7",
      identities: [{ kind: "telegram", value: "4711" }],
      replyAddress: "4711",
      profileName: "Ada Jansen",
      sentAt: 1_790_000_000_000,
      content: { type: "text", text: "Moin" },
      replyTo: "4711:5",
    });
  });

  it("keeps the payload of an entry link", () => {
    const entities = [{ type: "bot_command", offset: 0, length: 6 }];
    expect(contentOf({ text: "/start topic_u6", entities })).toEqual({
      type: "text",
      text: "/start topic_u6",
    });
  });

  it("loses the bot's name in a command, by UTF-16 offsets", () => {
    const entities = [{ type: "bot_command", offset: 0, length: 11 }];
    expect(contentOf({ text: "/start@haus 🚲", entities })).toEqual({ type: "text", text: "/start 🚲" });
  });

  it("keeps the address behind a text link", () => {
    const entities = [{ type: "text_link", offset: 3, length: 4, url: "https://example.org/a" }];
    expect(contentOf({ text: "🚲 hier", entities })).toEqual({
      type: "text",
      text: "🚲 hier",
      link: "https://example.org/a",
    });
  });

  it("takes the largest size of a photo, wherever it stands", () => {
    const photo = [
      { file_id: "m", width: 320, height: 240, file_size: 2 },
      { file_id: "l", width: 1280, height: 960, file_size: 9 },
      { file_id: "s", width: 90, height: 67, file_size: 1 },
    ];
    expect(contentOf({ photo, caption: "Kaputt" })).toEqual({
      type: "image",
      text: "Kaputt",
      media: { providerId: "l", mime: "image/jpeg", size: 9 },
    });
  });

  it("knows an animation by its own field, though it comes as a document too", () => {
    const file = { file_id: "a", mime_type: "video/mp4", file_name: "a.mp4" };
    expect(contentOf({ animation: file, document: file })).toMatchObject({ type: "video" });
  });

  it("reads a place with its name, and a contact without taking its number for an identity", () => {
    const location = { latitude: 53.55, longitude: 9.99 };
    const venue = { location, title: "Kontor", address: "Am Hafen 1" };
    expect(contentOf({ location, venue })).toEqual({
      type: "location",
      ...location,
      name: "Kontor",
      text: "Am Hafen 1",
    });
    const contact = { phone_number: "+49401234", first_name: "Ben", user_id: 4711 };
    const item = read({ message: { ...base, contact } });
    expect(item).toMatchObject({
      identities: [{ kind: "telegram", value: "4711" }],
      content: {
        type: "contacts",
        text: "Ben +49401234",
        contacts: [{ name: "Ben", phones: ["+49401234"] }],
      },
    });
  });

  it("becomes a placeholder when nobody knows its kind, with the words it has", () => {
    expect(contentOf({ hologram: { id: 1 } })).toEqual({ type: "unsupported", text: "", what: "hologram" });
    expect(contentOf({ poll: { question: "Wann?" } })).toEqual({
      type: "unsupported",
      text: "Wann?",
      what: "poll",
    });
  });

  it("is fit for the database: no NUL, no half of a surrogate pair, no year 300000", () => {
    const item = read({ message: { ...base, text: "a\u0000b\ud83d", date: 9e12 } });
    expect(item).toMatchObject({ content: { text: "ab\ufffd" }, sentAt: receivedAt });
  });

  it("is read without update_id, and without chat.type as in old examples", () => {
    const raw = Buffer.from(JSON.stringify({ message: { ...base, chat: { id: 4711 }, text: "x" } }));
    expect(parse(raw, app, receivedAt)).toMatchObject([{ kind: "message", externalId: "4711:7" }]);
  });
});

describe("other updates of a person", () => {
  it("reads a press with the button's title and the key that acknowledges it", () => {
    const keyboard = { inline_keyboard: [[{ text: "Rechnung", callback_data: "topic:invoice" }]] };
    const message = { ...base, text: "Worum geht es?", reply_markup: keyboard };
    expect(read({ callback_query: { id: "88", from: ada, message, data: "topic:invoice" } })).toEqual({
      kind: "message",
      address: "bot-1",
      externalId: "cb:88",
      identities: [{ kind: "telegram", value: "4711" }],
      replyAddress: "4711",
      profileName: "Ada Jansen",
      sentAt: receivedAt,
      content: { type: "choice", id: "topic:invoice", text: "Rechnung" },
      replyTo: "4711:7",
    });
  });

  it("reads an edit, a reaction and its removal", () => {
    const edited = { ...base, text: "besser", edit_date: 1_790_000_060 };
    expect(read({ edited_message: edited })).toMatchObject({
      kind: "edit",
      externalId: "u99",
      target: "4711:7",
      content: { type: "text", text: "besser" },
      sentAt: 1_790_000_060_000,
    });
    const reaction = { chat, user: ada, message_id: 7, date: 1, old_reaction: [] };
    const thumb = read({ message_reaction: { ...reaction, new_reaction: [{ type: "emoji", emoji: "👍" }] } });
    expect(thumb).toMatchObject({ content: { type: "reaction", emoji: "👍", to: "4711:7" } });
    expect(read({ message_reaction: { ...reaction, new_reaction: [] } })).toMatchObject({
      content: { emoji: null },
    });
  });

  it.each([
    ["kicked", "stop"],
    ["member", "resume"],
  ])("takes status %s of the bot as %s", (status, preference) => {
    const my_chat_member = { chat, from: ada, date: 5, new_chat_member: { status, user: { id: 1 } } };
    expect(read({ my_chat_member })).toMatchObject({ kind: "preference", preference, scope: "all" });
  });
});

describe("what is not for us", () => {
  it.each([
    ["a group", { message: { ...base, chat: { id: -5, type: "group" }, text: "x" } }],
    [
      "a supergroup's button",
      {
        callback_query: {
          id: "1",
          from: ada,
          data: "a",
          message: { message_id: 1, chat: { id: -5, type: "supergroup" } },
        },
      },
    ],
    ["another bot", { message: { ...base, from: { ...ada, is_bot: true }, text: "x" } }],
    ["a pinned message", { message: { ...base, pinned_message: { ...base, text: "x" } } }],
    ["a channel's post", { channel_post: { ...base, text: "x" } }],
    ["an unknown kind", { news_of_2030: { a: 1 } }],
  ])("%s is ignored", (_what, update) => {
    expect(read(update).kind).toBe("ignored");
  });

  it("an unknown kind that is a person's message becomes a placeholder", () => {
    expect(read({ whispered_message: { ...base, text: "psst" } })).toMatchObject({
      kind: "message",
      content: { type: "unsupported", text: "psst", what: "whispered_message" },
    });
  });

  it.each(["", "[]", "null", "{", '{"update_id":1}', '{"update_id":1,"message":{"text":"x"}}'])(
    "%j is broken",
    (raw) => {
      expect(parse(Buffer.from(raw), app, receivedAt)).toMatchObject([{ kind: "broken", address: "bot-1" }]);
    },
  );
});

describe("any bytes and any JSON", () => {
  const shaken = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.jsonValue(),
      fc.integer(),
      fc.constantFrom("private", "kicked", "", "__proto__", 4711),
      fc.dictionary(
        fc.constantFrom(
          ...[
            "chat",
            "from",
            "id",
            "type",
            "message_id",
            "date",
            "text",
            "photo",
            "entities",
            "message",
            "venue",
          ],
          ...[
            "location",
            "contact",
            "data",
            "new_reaction",
            "sticker",
            "document",
            "reply_markup",
            "__proto__",
          ],
        ),
        tie("value"),
      ),
    ),
  })).value;

  it("never throw, and give one item that names the bot", () => {
    const kinds = [...readKinds, "poll", "constructor", "__proto__", "new"];
    const updates = fc.record({
      update_id: fc.oneof(fc.nat(), shaken),
      kind: fc.constantFrom(...kinds),
      value: shaken,
    });
    fc.assert(
      fc.property(updates, ({ update_id, kind, value }) => {
        const raw = Buffer.from(JSON.stringify({ update_id, [kind]: value }));
        expect(parse(raw, app, receivedAt)).toMatchObject([{ address: "bot-1" }]);
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(parse(Buffer.from(bytes), app, receivedAt)).toHaveLength(1);
      }),
    );
  });
});
