import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Content, Media } from "#kernel";
import { CAPTION_MAX, type Rendered, render, TEXT_MAX } from "./render.ts";

/** The published schema's excerpt lies with the simulator as data. */
const schema: { methods: Record<string, Record<string, string>> } = JSON.parse(
  readFileSync(new URL("../../simulator/telegram-bot-api.json", import.meta.url), "utf8"),
);

function rendered(content: Content, replyTo?: string): Rendered {
  const result = render({ to: "4711", content, ...(replyTo && { replyTo }) });
  if ("refused" in result) throw new Error(result.refused);
  for (const call of result.after ? [result.call, result.after] : [result.call]) {
    const shape = schema.methods[call.method] ?? {};
    const required = Object.keys(shape).filter((name) => shape[name]?.endsWith("!"));
    expect(Object.keys(shape)).toEqual(expect.arrayContaining(Object.keys(call.params)));
    expect(Object.keys(call.params)).toEqual(expect.arrayContaining(required));
  }
  return result;
}

const refused = (content: Content) => render({ to: "4711", content });
const picture: Media = { fileId: "f1", mime: "image/png" };

describe("words", () => {
  it("go plain, whatever signs stand in them", () => {
    expect(rendered({ type: "text", text: "a_b *c* <d>" }).call).toEqual({
      method: "sendMessage",
      params: { chat_id: 4711, text: "a_b *c* <d>" },
    });
  });

  it("quote the message they answer, if it is one of this chat", () => {
    expect(rendered({ type: "text", text: "x" }, "4711:7").call.params.reply_parameters).toEqual({
      message_id: 7,
      allow_sending_without_reply: true,
    });
    expect(rendered({ type: "text", text: "x" }, "cb:88").call.params).not.toHaveProperty("reply_parameters");
  });

  it("carry a keyboard: one option a row, descriptions in the text, the link once", () => {
    const options = [
      { id: "a", title: "Rechnung", description: "Kopie oder Fehler" },
      { id: "b".repeat(100), title: `${"T".repeat(63)}🚲` },
    ];
    const { params } = rendered({ type: "text", text: "Worum?", link: "https://example.org", options }).call;
    expect(params).toMatchObject({
      text: "Worum?\n\nRechnung: Kopie oder Fehler\n\nhttps://example.org",
      reply_markup: {
        inline_keyboard: [
          [{ text: "Rechnung", callback_data: "a" }],
          [{ text: `${"T".repeat(63)}…`, callback_data: expect.stringMatching(/^~[0-9a-f]{24}~b+$/) }],
        ],
      },
    });
  });

  it("are refused before sending where Telegram would refuse them", () => {
    expect(refused({ type: "text", text: " \n" })).toEqual({ refused: "message text is empty" });
    expect(refused({ type: "text", text: "x".repeat(TEXT_MAX + 1) })).toHaveProperty("refused");
    expect(rendered({ type: "text", text: "x".repeat(TEXT_MAX) }).call.method).toBe("sendMessage");
    expect(render({ to: "@somebody", content: { type: "text", text: "x" } })).toHaveProperty("refused");
  });

  it("of a template go as text", () => {
    const content: Content = {
      type: "template",
      name: "n",
      language: "de",
      text: "Ihr Paket",
      parameters: [],
    };
    expect(rendered(content).call).toMatchObject({ method: "sendMessage", params: { text: "Ihr Paket" } });
  });
});

describe("a picture beside the words", () => {
  it("takes them as its caption, with the keyboard", () => {
    const content: Content = { type: "text", text: "So", image: picture, options: [{ id: "a", title: "A" }] };
    expect(rendered(content)).toEqual({
      call: {
        method: "sendPhoto",
        params: {
          chat_id: 4711,
          photo: "",
          caption: "So",
          reply_markup: { inline_keyboard: [[{ text: "A", callback_data: "a" }]] },
        },
        upload: { field: "photo", fileId: "f1" },
      },
    });
  });

  it("follows words that are too long for a caption", () => {
    const { call, after } = rendered({ type: "text", text: "x".repeat(CAPTION_MAX + 1), image: picture });
    expect(call.method).toBe("sendMessage");
    expect(after).toMatchObject({ method: "sendPhoto", upload: { fileId: "f1" } });
    expect(after?.params).not.toHaveProperty("caption");
  });
});

describe("files", () => {
  it.each([
    ["image", { mime: "image/jpeg" }, "sendPhoto"],
    ["image", { mime: "image/gif" }, "sendAnimation"],
    ["image", { mime: "image/svg+xml" }, "sendDocument"],
    ["image", { mime: "image/png", size: 11 * 1024 * 1024 }, "sendDocument"],
    ["video", { mime: "video/mp4" }, "sendVideo"],
    ["video", { mime: "video/quicktime" }, "sendDocument"],
    ["audio", { mime: "audio/ogg; codecs=opus", voice: true }, "sendVoice"],
    ["audio", { mime: "audio/mpeg" }, "sendAudio"],
    ["audio", { mime: "audio/ogg" }, "sendDocument"],
    ["sticker", { mime: "image/webp" }, "sendSticker"],
    ["document", { mime: "image/jpeg" }, "sendDocument"],
    ["document", { mime: "application/pdf" }, "sendDocument"],
  ] as const)("%s %j goes by %s", (type, media, method) => {
    expect(rendered({ type, text: "hier", media: { ...media, fileId: "f1" } }).call.method).toBe(method);
  });

  it("of the provider go by their id, without an upload", () => {
    const media: Media = { providerId: "AgAD", fileId: "f1", mime: "image/jpeg" };
    const { call } = rendered({ type: "image", media });
    expect(call).toEqual({ method: "sendPhoto", params: { chat_id: 4711, photo: "AgAD" } });
  });

  it("are refused without a file, and with a caption of more than 1024", () => {
    expect(refused({ type: "image", media: { mime: "image/png" } })).toHaveProperty("refused");
    expect(refused({ type: "image", media: picture, text: "x".repeat(1025) })).toHaveProperty("refused");
  });
});

it("a place goes as location or, named, as venue; a single contact as a card", () => {
  const at = { latitude: 53.5, longitude: 9.9 };
  expect(rendered({ type: "location", ...at }).call.method).toBe("sendLocation");
  expect(rendered({ type: "location", ...at, name: "Kontor" }).call).toMatchObject({
    method: "sendVenue",
    params: { title: "Kontor", address: "Kontor" },
  });
  const ben = { name: "Ben", phones: ["+49401"] };
  expect(rendered({ type: "contacts", text: "", contacts: [ben] }).call.method).toBe("sendContact");
  expect(rendered({ type: "contacts", text: "", contacts: [ben, ben] }).call).toMatchObject({
    method: "sendMessage",
    params: { text: "Ben +49401\nBen +49401" },
  });
});
