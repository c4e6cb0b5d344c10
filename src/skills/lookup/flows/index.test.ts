import { expect, test } from "vitest";
import type { Turn } from "#kernel";
import { testSettings } from "#kernel/testing";
import { decide } from "./index.ts";

/** Messages that come in one batch: nothing is looked up between them. */

type FlowState = NonNullable<Turn["conversation"]["flow"]>;

function hear(
  messages: readonly string[],
  { channel, begun }: { channel: "web" | "whatsapp"; begun: string },
) {
  const data = { kind: "order", language: "de", reference: begun, tries: 0 };
  let flow: FlowState | null = { skill: "lookup", flow: "order", step: "reference", data };
  const said: string[] = [];
  let asked: Record<string, unknown> = {};
  for (const text of messages) {
    const turn = {
      tenant: { ...testSettings, id: 1, name: "T", slug: "t" },
      now: Date.parse("2026-11-24T09:00:00Z"),
      channel: { id: 1, kind: channel },
      contact: { id: 1, name: "" },
      conversation: { id: 7, language: "de", flow, topic: null },
      message: { id: "m", content: { type: "text", text }, text },
      late: false,
      recent: [],
    } as unknown as Turn;
    const effects = decide(turn, new Set(["order"]));
    if (effects === null) return { said: [...said, "(another skill)"], asked };
    flow = null;
    for (const effect of effects) {
      if (effect.do === "ask") flow = { skill: "lookup", ...effect, data: effect.data ?? {} };
      if (effect.do === "keep") flow = { skill: "lookup", flow: "", step: "", data: effect.data };
      if (effect.do === "ask" || effect.do === "say") said.push(effect.text ?? "");
      // One timer a conversation: a later one takes the place of the one that waits.
      if (effect.do === "schedule") asked = { ...effect.payload };
    }
  }
  return { said, asked };
}

const both = { reference: "HK-20417", postcode: "22765" };

test("number and postcode in two messages at once are one question", () => {
  const web = { channel: "web", begun: "" } as const;
  expect(hear(["HK-20417", "22765"], web)).toMatchObject({ said: ["Ich sehe nach."], asked: both });
  expect(hear(["HK-20417", "22765 Hamburg"], web).asked).toMatchObject(both);
  expect(hear(["22765", "HK-20417"], web).asked).toMatchObject(both);
  // Of two bare numbers the first is the one that was asked for.
  expect(hear(["20417", "22765"], web).asked).toMatchObject({ reference: "20417", postcode: "22765" });
});

test("the same where the telephone may be proof enough, and the look is under way", () => {
  const whatsapp = { channel: "whatsapp", begun: "" } as const;
  expect(hear(["HK-20417", "22765"], whatsapp)).toMatchObject({
    said: ["Ich sehe nach.", "Ich sehe noch nach."],
    asked: both,
  });
});

test("what is no postcode goes where it would have gone", () => {
  const web = { channel: "web", begun: "" } as const;
  expect(hear(["HK-20417", "Habt ihr am Samstag auf?"], web)).toMatchObject({
    said: ["(another skill)"],
    asked: { reference: "HK-20417" },
  });
});
