import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Json } from "./whatsapp-fields.ts";
import { checkSend, recipientOf, typeOf } from "./whatsapp-rules.ts";

const envelope = { messaging_product: "whatsapp", recipient_type: "individual", to: "4915112345" };
const text = { ...envelope, type: "text", text: { body: "x" } };

function buttons(...titles: string[]): Json {
  const list = titles.map((title, at) => ({ type: "reply", reply: { id: `b${at}`, title } }));
  return {
    ...envelope,
    type: "interactive",
    interactive: { type: "button", body: { text: "?" }, action: { buttons: list } },
  };
}

function list(rows: readonly Json[], more: Json = {}): Json {
  const interactive = {
    type: "list",
    body: { text: "?" },
    action: { button: "Wahl", sections: [{ rows }] },
    ...more,
  };
  return { ...envelope, type: "interactive", interactive };
}

const rows = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `r${at}`, title: `Zeile ${at}` }));

describe("what Meta refuses is refused with Meta's code", () => {
  test.each<[string, Json, number]>([
    ["no product", { ...text, messaging_product: "sms" }, 100],
    ["no recipient", { ...text, to: "" }, 131008],
    ["a user id in `to`", { ...text, to: "DE.123" }, 131009],
    ["an unknown type", { ...text, type: "hologram" }, 131051],
    ["a type of the prototype", { ...text, type: "constructor" }, 131051],
    ["an unknown key", { ...text, priority: 1 }, 100],
    ["an unknown key in the text", { ...text, text: { body: "x", color: "red" } }, 100],
    ["no text", { ...text, text: {} }, 131008],
    ["a long text", { ...text, text: { body: "x".repeat(4097) } }, 131009],
    ["a context without id", { ...text, context: {} }, 131008],
    ["long callback data", { ...text, biz_opaque_callback_data: "x".repeat(513) }, 131009],
    ["four buttons", buttons("a", "b", "c", "d"), 131009],
    ["equal titles", buttons("a", "a"), 131009],
    ["a long title", buttons("x".repeat(21)), 131009],
    ["an empty title", buttons(" "), 131009],
    ["eleven rows", list(rows(11)), 131009],
    ["no rows", list([]), 131008],
    ["a long row title", list([{ id: "r", title: "x".repeat(25) }]), 131009],
    ["a long description", list([{ id: "r", title: "x", description: "y".repeat(73) }]), 131009],
    ["a picture above a list", list(rows(2), { header: { type: "image", image: { id: "1" } } }), 131009],
    [
      "sections without titles",
      list([], { action: { button: "x", sections: [{ rows: rows(1) }, { rows: rows(1) }] } }),
      131009,
    ],
    [
      "a picture with id and link",
      { ...envelope, type: "image", image: { id: "1", link: "https://a.example" } },
      131009,
    ],
    ["a caption on audio", { ...envelope, type: "audio", audio: { id: "1", caption: "x" } }, 100],
    [
      "a place beyond the pole",
      { ...envelope, type: "location", location: { latitude: 91, longitude: 0 } },
      131009,
    ],
    ["a template without language", { ...envelope, type: "template", template: { name: "x" } }, 131008],
  ])("%s", (_, body, code) => {
    expect(checkSend(body)?.code).toBe(code);
  });
});

test("the limits themselves are allowed", () => {
  expect(checkSend({ ...text, text: { body: "x".repeat(4096) } })).toBeNull();
  expect(checkSend(buttons("x".repeat(20), "b", "c"))).toBeNull();
  expect(checkSend(list(rows(10)))).toBeNull();
  const { to: _, ...hidden } = text;
  expect(checkSend({ ...hidden, recipient: "DE.123" })).toBeNull();
  expect(recipientOf({ recipient: "DE.123" })).toBe("DE.123");
});

const shapes = new URL("../../../shared/fixtures/whatsapp-outbound/", import.meta.url);
const shown = existsSync(shapes)
  ? readdirSync(shapes).filter((name) => name.includes("messages_post__req__send-"))
  : [];
/** The read mark is no message. */
const otherwise = /typing-indicator/;

describe.skipIf(shown.length === 0)(
  "what Meta shows as a request is accepted (skipped where ../shared is absent)",
  () => {
    test.each(shown.filter((name) => !otherwise.test(name)))("%s", (name) => {
      const body = JSON.parse(readFileSync(new URL(name, shapes), "utf8")) as Json;
      expect(checkSend(body)).toBeNull();
      expect(body).toHaveProperty(typeOf(body));
    });
  },
);
