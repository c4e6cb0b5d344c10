import { describe, expect, it } from "vitest";
import { web } from "./index.ts";

const APP = { id: "web", kind: "web", secret: "", verifyToken: null };
const AT = Date.UTC(2026, 10, 24, 9);
const ID = "0b8ac4a1-6f5c-4d0e-9a55-0a4a6f7d2a11";
const read = (body: unknown) =>
  web.parse(Buffer.from(typeof body === "string" ? body : JSON.stringify(body)), APP, AT);
const spoken = { v: 1, address: "KEY12345", visitor: "hash", clientId: ID, at: AT - 5 };

describe("the web channel reads its inbox", () => {
  it("a text: visitor and client id name it, the visitor's hash is identity and reply address", () => {
    expect(read({ ...spoken, text: "Wo ist meine Bestellung?", name: "Käthe", language: "en" })).toEqual([
      {
        kind: "message",
        address: "KEY12345",
        externalId: `hash.${ID}`,
        identities: [{ kind: "web", value: "hash" }],
        replyAddress: "hash",
        profileName: "Käthe",
        language: "en",
        sentAt: AT - 5,
        content: { type: "text", text: "Wo ist meine Bestellung?" },
      },
    ]);
  });

  it("a choice keeps what the button said", () => {
    expect(read({ ...spoken, choice: "topic:delivery", text: "Lieferstatus" })).toMatchObject([
      { content: { type: "choice", id: "topic:delivery", text: "Lieferstatus" } },
    ]);
  });

  it.each([
    ["image/png", "image"],
    ["video/mp4", "video"],
    ["audio/ogg", "audio"],
    ["application/pdf", "document"],
  ])("a file of type %s becomes %s", (mime, type) => {
    const file = { fileId: "abc", mime, name: "datei", size: 7 };
    expect(read({ ...spoken, file, text: "Siehe Anlage" })).toMatchObject([
      { content: { type, text: "Siehe Anlage", media: { fileId: "abc", mime, name: "datei", size: 7 } } },
    ]);
  });

  it("what was seen becomes one receipt a message", () => {
    const seen = [`7.${ID}`, 4, `8.${ID}`];
    expect(read({ v: 1, address: "KEY12345", seen, status: "read", at: AT })).toEqual([
      {
        kind: "receipt",
        address: "KEY12345",
        externalId: `7.${ID}`,
        correlation: `7.${ID}`,
        status: "read",
        at: AT,
        errors: [],
      },
      {
        kind: "receipt",
        address: "KEY12345",
        externalId: `8.${ID}`,
        correlation: `8.${ID}`,
        status: "read",
        at: AT,
        errors: [],
      },
    ]);
  });

  it.each([
    "",
    "{",
    "[]",
    "null",
    "7",
    { v: 2 },
    { ...spoken, visitor: "" },
    { ...spoken, file: {} },
    spoken,
  ])("never throws: %j is parked", (body) => {
    expect(read(body)).toMatchObject([{ kind: "broken" }]);
  });

  it("takes no webhook, and accepts what it sends under its correlation", async () => {
    expect(web.verify({ headers: {}, raw: Buffer.from("{}") }, APP)).toBeNull();
    const account = {
      id: 1,
      tenantId: 1,
      kind: "web",
      appId: null,
      address: "K",
      name: "",
      apiBase: "",
      token: "",
      settings: {},
    };
    const result = await web.send(
      { correlation: `7.${ID}`, to: "hash", content: { type: "text", text: "Hallo" } },
      account,
    );
    expect(result).toEqual({ outcome: "accepted", externalId: `7.${ID}` });
  });
});
