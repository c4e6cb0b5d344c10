import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { conversationOf, originOf, ownerOf } from "../outside/desk.ts";
import { until } from "../outside/until.ts";
import { pageKey, Visitor } from "../outside/visitor.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";

/** A customer who asks two things at once, changes their mind twice, and a colleague who need not ask again. */

let node: SharedNode;
let visitor: Visitor;
beforeAll(async () => {
  node = await sharedNode();
  const base = originOf(node.report);
  visitor = new Visitor(base, await pageKey(base, "hansekontor"));
});

/** Says it and waits for the answer that holds these words. */
async function tell(text: string, words: RegExp, name?: string): Promise<void> {
  const before = (await visitor.history()).items.length;
  await visitor.say(text, name ? { name } : {});
  await until(
    `an answer to "${text}"`,
    async () =>
      (await visitor.history()).items
        .slice(before)
        .some((message) => message.author !== "customer" && words.test(message.text)),
    15_000,
    150,
  );
}

test("two questions, a flow with a question in between, back, and a person who reads what was said", async () => {
  const name = `Gast-${randomUUID().slice(0, 8)}`;
  await tell("Hallo! Wann habt ihr offen? Und kann ich mit PayPal zahlen?\n\nLG Tina", /PayPal/, name);
  expect((await visitor.history()).items.some(({ text }) => /19 Uhr/.test(text))).toBe(true);
  await tell("Bitte rufen Sie mich zurück, es geht um HK-20417", /Unter welcher Nummer\?/);
  await tell("Wann habt ihr offen?", /Noch offen ist Ihr Rückruf/);
  await tell("0151 23456789", /Wann passt Ihnen der Anruf\?/);
  await tell("zurück", /Unter welcher Nummer\?/);
  await tell("0151 23456789", /Wann passt Ihnen der Anruf\?/);
  await tell("doch lieber ein Mensch", /Ich gebe Sie an unser Team weiter\./);
  const { handOver } = await conversationOf(ownerOf(node.report), name);
  expect(handOver).toMatchObject({ reason: "asked" });
  expect(handOver?.summary).toContain("Bestellung HK-20417");
  expect(handOver?.summary).toContain("Telefon +4915123456789");
  expect(handOver?.summary).toContain("mitten in der Frage nach: Zeit des Anrufs");
});
