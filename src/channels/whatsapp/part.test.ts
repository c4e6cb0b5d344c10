import { expect, it } from "vitest";
import { parse } from "./parse.ts";
import { partFor } from "./part.ts";

const app = { id: "app", kind: "whatsapp", secret: "s", verifyToken: null };

const change = (phone: string, text: string) => ({
  field: "messages",
  value: {
    metadata: { phone_number_id: phone },
    messages: [
      { from: "491511", id: `wamid.${text}`, timestamp: "1795000000", type: "text", text: { body: text } },
      7,
    ],
  },
});
const body = Buffer.from(
  JSON.stringify({
    object: "whatsapp_business_account",
    entry: [
      {
        id: "w1",
        changes: [change("11", "one"), change("22", "two"), { field: "security", value: { event: "PIN" } }],
      },
      { id: "w2", changes: [change("22", "three")] },
      "no entry",
    ],
  }),
);

it("keeps what is about the named accounts, and reads like a body", () => {
  const part = partFor(body, new Set(["22"]));
  expect(part.toString()).not.toContain('"body":"one"');
  const items = parse(part, app, 0);
  expect(items.map(({ kind, address }) => `${kind} ${address}`)).toEqual([
    "message 22",
    "broken 22",
    "message 22",
    "broken 22",
  ]);
});

it("finds what stands under the business account, and is empty for what is not there", () => {
  expect(parse(partFor(body, new Set(["waba:w1"])), app, 0)).toMatchObject([{ field: "security" }]);
  expect(partFor(body, new Set(["33"]))).toHaveLength(0);
  expect(partFor(Buffer.from("no JSON"), new Set(["22"]))).toHaveLength(0);
});
