import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "./parse.ts";
import { app, change, contentOf, one, parsed, RECEIVED_AT } from "./webhook-bodies.ts";

describe("bad input", () => {
  test("a broken element costs only itself, in messages, changes and entries", () => {
    const good = { from: "4915112345", type: "text", text: { body: "x" } };
    const messages = [{ ...good, id: "1" }, null, "text", 5, [], {}, { ...good, id: "2" }];
    const body = change({ messages }) as { entry: { changes: unknown[] }[] };
    body.entry[0]?.changes.unshift(null, { field: "messages" }, { value: 3 });
    body.entry.unshift(null as never, { changes: "none" } as never, {} as never);
    const kinds = parsed(body).map((item) => item.kind);
    expect(kinds).toEqual([...Array(6).fill("broken"), "message", ...Array(5).fill("broken"), "message"]);
  });

  test("what is no webhook of WhatsApp is broken or ignored", () => {
    for (const body of ["", "nonsense", "[]", "null", '"x"', "{}", '{"entry":{}}']) {
      expect(parsed(body)).toEqual([{ kind: "broken", address: "", reason: expect.any(String) }]);
    }
    expect(parsed({ object: "page", entry: [] })).toEqual([
      { kind: "ignored", address: "", field: "object page" },
    ]);
  });

  test("an id longer than an index takes is replaced by its hash", () => {
    const item = one({ from: "4915112345", id: "x".repeat(5000), type: "text", text: { body: "x" } });
    expect(item).toMatchObject({ externalId: expect.stringMatching(/^long:[0-9a-f]{32}$/) });
  });

  test.each([50, 5000])("a form that is nested %i deep is kept without its values", (depth) => {
    const deep = `{"a":${"[".repeat(depth)}${"]".repeat(depth)}}`;
    const content = contentOf({
      type: "interactive",
      interactive: { nfm_reply: { body: "Sent", response_json: deep } },
    });
    expect(content).toEqual({ type: "form", text: "Sent", values: null });
  });

  test("never throws, and gives only what PostgreSQL can store, for any JSON in any place", () => {
    const json = fc.oneof(
      { weight: 4, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
      { weight: 1, arbitrary: fc.constantFrom("a\0b", "\ud800x", "491\x291", "DE.\udc00") },
    );
    const types = [
      "text",
      "image",
      "interactive",
      "system",
      "edit",
      "revoke",
      "reaction",
      "order",
      "contacts",
      "button",
    ];
    const message = fc.record(
      {
        from: fc.oneof(fc.constant("4915112345"), json),
        id: json,
        timestamp: json,
        type: fc.oneof(fc.constantFrom(...types), json),
        context: json,
        errors: json,
        ...Object.fromEntries(types.map((type) => [type, json])),
      },
      { requiredKeys: [] },
    );
    const value = fc.record(
      {
        metadata: json,
        contacts: json,
        messages: fc.oneof(fc.array(fc.oneof(message, json)), json),
        message_echoes: fc.oneof(fc.array(message), json),
        statuses: fc.oneof(
          fc.array(fc.record({ id: json, status: fc.constantFrom("read", "x"), errors: json })),
          json,
        ),
        user_preferences: fc.array(fc.record({ value: fc.constantFrom("stop", "x"), wa_id: json })),
        calls: json,
        errors: json,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(value, fc.oneof(fc.constant("messages"), json), (inner, field) => {
        const items = parsed({ entry: [{ id: "9", changes: [{ field, value: inner }] }] });
        expect(items.length).toBeGreaterThan(0);
        const text = JSON.stringify(items);
        expect(/(?<!\\)(\\\\)*\\u(0000|d[89a-f])/i.test(text)).toBe(false);
      }),
      { numRuns: 400 },
    );
  });

  test("never throws on any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => parse(Buffer.from(bytes), app, RECEIVED_AT).length > 0),
    );
  });
});
