import { existsSync, readdirSync, readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChannelAccount, Content, OutboundMessage } from "#kernel";
import { render } from "./render.ts";

const account: ChannelAccount = {
  id: 1,
  tenantId: 1,
  kind: "whatsapp",
  appId: "app",
  address: "77",
  name: "Hansekontor",
  apiBase: "http://127.0.0.1:1",
  token: "t",
  settings: {},
};

function message(content: Content, more: Partial<OutboundMessage> = {}): OutboundMessage {
  return { correlation: "m-1", to: "4915112345", content, ...more };
}

function bodyOf(content: Content, more: Partial<OutboundMessage> = {}): Record<string, unknown> {
  const rendered = render(message(content, more), account);
  if (!rendered.ok) throw new Error(rendered.reason);
  return { ...rendered.body };
}

function reasonOf(content: Content): string {
  const rendered = render(message(content), account);
  return rendered.ok ? "" : rendered.reason;
}

/**
 * Meta writes a message as allOf [envelope, part without additional properties], which no JSON document can meet.
 * Here both are made one closed object, and the callback data, which v23 of the schema does not know, is added.
 */
function compile(): Record<string, ValidateFunction> {
  type Schema = { properties?: object; required?: string[]; allOf?: Schema[]; $ref?: string };
  const file = new URL("./fixtures/send-schema.json", import.meta.url);
  const document = JSON.parse(readFileSync(file, "utf8")) as {
    components: { schemas: Record<string, Schema> };
  };
  const { schemas } = document.components;
  const base = schemas.BaseMessageProperties ?? {};
  const ajv = new Ajv({ strict: false, validateFormats: false, discriminator: false });
  ajv.addSchema(document, "meta");
  return Object.fromEntries(
    Object.entries(schemas)
      .filter(([name]) => name.endsWith("Message"))
      .map(([name, schema]) => {
        const part = schema.allOf?.[1] ?? {};
        const properties = {
          ...base.properties,
          ...part.properties,
          biz_opaque_callback_data: { type: "string" },
        };
        const closed = {
          type: "object",
          required: [...(base.required ?? []), ...(part.required ?? [])],
          properties,
        };
        const text = JSON.stringify({ ...closed, additionalProperties: false }).replaceAll('"#/', '"meta#/');
        return [name.replace("Message", "").toLowerCase(), ajv.compile(JSON.parse(text))];
      }),
  );
}

const validators = compile();

function faultOf(body: Record<string, unknown>): string {
  const validate = validators[String(body.type)];
  if (!validate) return `no schema for ${String(body.type)}`;
  return validate(body) ? "" : JSON.stringify(validate.errors);
}

const media = { providerId: "4490709327384033", mime: "image/jpeg", name: "Plan.jpg" };
const options = (...titles: string[]) => titles.map((title, at) => ({ id: `o${at}`, title }));

describe("against Meta's schema", () => {
  test.each<[string, Content]>([
    ["text", { type: "text", text: "Moin" }],
    ["text with link", { type: "text", text: "Moin", link: "https://hansekontor.example/a" }],
    ["text with image", { type: "text", text: "Moin", image: media }],
    ["buttons", { type: "text", text: "Was?", options: options("Ja", "Nein", "Mensch") }],
    ["buttons with image", { type: "text", text: "Was?", image: media, options: options("Ja") }],
    [
      "list of long titles",
      { type: "text", text: "Was?", options: options("Wo bleibt meine Bestellung?", "Nein") },
    ],
    ["list of ten", { type: "text", text: "Was?", options: options(..."abcdefghij") }],
    ["image", { type: "image", text: "Bild", media }],
    ["video", { type: "video", media }],
    ["document", { type: "document", text: "Rechnung", media }],
    ["audio", { type: "audio", media }],
    ["sticker", { type: "sticker", media }],
    ["location", { type: "location", latitude: 53.55, longitude: 9.99, name: "Lager", text: "Kai 1" }],
    ["contacts", { type: "contacts", text: "Bo", contacts: [{ name: "Bo", phones: ["+49 40 1"] }] }],
    ["reaction", { type: "reaction", emoji: "👍", to: "wamid.1" }],
    ["reaction taken back", { type: "reaction", emoji: null, to: "wamid.1" }],
    ["template", { type: "template", name: "parcel", language: "de", text: "", parameters: ["Bo", "12:00"] }],
    [
      "template without values",
      { type: "template", name: "hello", language: "en", text: "", parameters: [] },
    ],
  ])("%s", (_, content) => {
    const body = bodyOf(content, { replyTo: "wamid.0" });
    expect(faultOf(body)).toBe("");
    expect(body).toMatchObject({
      messaging_product: "whatsapp",
      to: "4915112345",
      biz_opaque_callback_data: "m-1",
    });
    expect(body.context).toEqual(content.type === "reaction" ? undefined : { message_id: "wamid.0" });
  });

  test("the schema as used here refuses what is wrong", () => {
    const body = bodyOf({ type: "text", text: "x" });
    expect(faultOf({ ...body, extra: 1 })).not.toBe("");
    expect(faultOf({ ...body, text: { body: 5 } })).not.toBe("");
    const buttons = { type: "button", action: { buttons: options("a", "b", "c", "d") } };
    expect(faultOf({ ...body, type: "interactive", text: undefined, interactive: buttons })).not.toBe("");
  });

  test("any text with any options either fits the schema and keeps all words, or is refused with a reason", () => {
    const title = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.string({ unit: "grapheme", maxLength: 90 }),
      fc.constant("Wo ist meine Bestellung geblieben?"),
    );
    const option = fc.record({
      title,
      description: fc.option(fc.string({ maxLength: 200 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.string({ maxLength: 1200 }), fc.array(option, { maxLength: 12 }), (text, list) => {
        const choices = list.map((each, at) => ({ id: `o${at}`, ...each }));
        const content: Content = { type: "text", text, options: choices };
        const rendered = render(message(content), account);
        if (!rendered.ok) {
          expect(
            text.trim() === "" || list.length > 10 || list.some((each) => each.title.trim() === ""),
          ).toBe(true);
          return;
        }
        const said = JSON.stringify(rendered.body);
        // a list's text may have 4096 characters; the schema has one limit for all bodies, 1024
        if (said.length <= 1024) expect(faultOf({ ...rendered.body })).toBe("");
        for (const each of list) expect(said).toContain(JSON.stringify(each.title.trim()).slice(1, -1));
        const rows = [...said.matchAll(/"title":("(?:[^"\\]|\\.)*")/g)].map(
          (found) => JSON.parse(found[1] ?? '""') as string,
        );
        expect(new Set(rows).size).toBe(list.length);
        for (const row of rows) expect(row.length).toBeLessThanOrEqual(24);
      }),
    );
  });
});

describe("what it decides", () => {
  test("a hidden number is addressed as recipient", () => {
    const body = bodyOf({ type: "text", text: "x" }, { to: "DE.123" });
    expect(body).toMatchObject({ recipient: "DE.123" });
    expect(body).not.toHaveProperty("to");
  });

  test("a link stands once in the text and shows its preview", () => {
    const link = "https://a.example/b";
    expect(bodyOf({ type: "text", text: "Hier", link }).text).toEqual({
      body: `Hier\n${link}`,
      preview_url: true,
    });
    expect(bodyOf({ type: "text", text: `Hier: ${link}`, link }).text).toEqual({
      body: `Hier: ${link}`,
      preview_url: true,
    });
    expect(bodyOf({ type: "text", text: "Hier" }).text).toEqual({ body: "Hier", preview_url: false });
  });

  test("short titles are buttons; one long title makes a list and keeps its full text in the body", () => {
    expect(bodyOf({ type: "text", text: "?", options: options("Ja", "Nein") }).interactive).toMatchObject({
      type: "button",
    });
    expect(
      bodyOf({ type: "text", text: "?", options: options("Wo bleibt meine Bestellung?", "Nein") })
        .interactive,
    ).toEqual({
      type: "list",
      body: { text: "?\n\n• Wo bleibt meine Bestellung?" },
      action: {
        button: "Auswählen",
        sections: [
          {
            rows: [
              { id: "o0", title: "Wo bleibt meine…" },
              { id: "o1", title: "Nein" },
            ],
          },
        ],
      },
    });
  });

  test("a title of 20 characters is still a button, one of 21 is not", () => {
    const kind = (title: string) =>
      Object(bodyOf({ type: "text", text: "?", options: options(title) }).interactive).type;
    expect([kind("x".repeat(20)), kind("x".repeat(21))]).toEqual(["button", "list"]);
  });

  test("titles that become alike are numbered", () => {
    const list = bodyOf({
      type: "text",
      text: "?",
      options: options("Meine Bestellung ist nicht da", "Meine Bestellung ist nicht gut"),
    });
    const said = JSON.stringify(list.interactive);
    expect(said).toContain('"Meine Bestellung ist…"');
    expect(said).toMatch(/"Meine Bestellung… \(2\)"/);
  });

  test("the list's label speaks the customer's language, else the account's", () => {
    const content: Content = { type: "text", text: "?", options: options("a", "b", "c", "d") };
    const label = (settings: Record<string, unknown>) =>
      JSON.stringify(render(message(content), { ...account, settings }));
    const english = render({ ...message(content), language: "en" }, account);
    expect(JSON.stringify(english)).toContain('"button":"Choose"');
    expect(label({ language: "en" })).toContain('"button":"Choose"');
    expect(label({ listLabel: "Themen" })).toContain('"button":"Themen"');
  });

  test("an emoji is never cut in half", () => {
    const family = "👨‍👩‍👧‍👦";
    const said = JSON.stringify(
      bodyOf({ type: "text", text: "?", options: options(family.repeat(4), "b") }).interactive,
    );
    expect(said).toContain(`"title":"${family}${family}…"`);
  });

  test("nothing is cut in silence: what does not fit is refused and says why", () => {
    expect(bodyOf({ type: "text", text: "x".repeat(4096) }).text).toMatchObject({ body: "x".repeat(4096) });
    expect(reasonOf({ type: "text", text: "x".repeat(4097) })).toBe(
      "the text has 4097 characters, here 4096 are allowed",
    );
    expect(reasonOf({ type: "text", text: "x".repeat(1025), image: media })).toContain("1024");
    expect(reasonOf({ type: "text", text: " " })).toBe("the text is empty");
    expect(reasonOf({ type: "text", text: "?", options: options(..."abcdefghijk") })).toContain("11 options");
    expect(reasonOf({ type: "audio", text: "x", media })).toContain("cannot carry text");
    expect(reasonOf({ type: "image", media: { mime: "image/png" } })).toBe("the file was not uploaded");
    expect(reasonOf({ type: "system", text: "x", event: "y" })).toContain("cannot be sent");
  });
});

const shapes = new URL("../../../../shared/fixtures/whatsapp-outbound/", import.meta.url);

describe.skipIf(!existsSync(shapes))(
  "against the shapes that Meta shows (skipped where ../shared is absent)",
  () => {
    const cases: [string, Content][] = [
      ["send-text-message", { type: "text", text: "x" }],
      ["send-reply-to-text-message", { type: "text", text: "x" }],
      ["send-reply-button", { type: "text", text: "?", options: options("a", "b") }],
      ["send-list-message", { type: "text", text: "?", options: options("a", "b", "c", "d") }],
      ["send-image-message-by-id", { type: "image", media }],
      ["send-document-message-by-id", { type: "document", text: "x", media }],
      ["send-audio-message-by-id", { type: "audio", media }],
      ["send-sticker-message-by-id", { type: "sticker", media }],
      ["send-video-message-by-id", { type: "video", text: "x", media }],
      ["send-location-message", { type: "location", latitude: 1, longitude: 2, name: "x", text: "y" }],
      ["send-contact-message", { type: "contacts", text: "x", contacts: [{ name: "x", phones: ["1"] }] }],
      ["send-reply-with-reaction-message", { type: "reaction", emoji: "😀", to: "wamid.1" }],
      [
        "send-message-template-text",
        { type: "template", name: "x", language: "de", text: "", parameters: ["y"] },
      ],
    ];
    const shown = existsSync(shapes) ? readdirSync(shapes) : [];

    test.each(cases)("%s", (name, content) => {
      const file = shown.find((each) => each.endsWith(`messages_post__req__${name}.json`)) ?? "";
      const example: unknown = JSON.parse(readFileSync(new URL(file, shapes), "utf8"));
      const body = bodyOf(content, { replyTo: "wamid.0" });
      const ours = new Set(pathsOf(body));
      const theirs = new Set(pathsOf(example));
      const extra = [...ours].filter((path) => !theirs.has(path) && !documentedElsewhere.has(path));
      expect(extra).toEqual([]);
      for (const path of theirs)
        if (!/^(context|preview)/.test(path) && path.split(".").length === 1)
          expect([...ours, "recipient_type", "type"]).toContain(path);
    });
  },
);

/** Fields of ours that these examples leave out; the schema or another example has them. */
const documentedElsewhere = new Set([
  "biz_opaque_callback_data",
  "context",
  "context.message_id",
  "recipient_type",
  "text.preview_url",
  "template.language.policy",
  "type",
]);

/** Every key as a path; list positions are left out. */
function pathsOf(value: unknown, before = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => pathsOf(each, before));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = before ? `${before}.${key}` : key;
    return [path, ...pathsOf(inner, path)];
  });
}
