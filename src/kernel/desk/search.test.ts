import { expect, test } from "vitest";
import { addressPrefixes, excerptOf, likeText } from "./search.ts";
import { readTyping, typingTopic } from "./typing.ts";

test("an excerpt shows the first hit, whole words at its beginning, and what was left out", () => {
  const text = `${"Vorher steht viel. ".repeat(20)}Die Spedition kommt. ${"Danach auch. ".repeat(30)}`;
  const excerpt = excerptOf(text, "spedition kommt");
  expect(excerpt).toMatch(/^… \S.*Spedition kommt.* …$/);
  expect(excerpt.length).toBeLessThanOrEqual(164);
  expect(excerptOf("Kurz und\n gut", "gut")).toBe("Kurz und gut");
  expect(excerptOf(text, "fehlt")).toMatch(/^Vorher/);
  expect(excerptOf("x".repeat(500), "x")).toHaveLength(162);
});

test("what a person types is no pattern", () => {
  expect(likeText("100%_\\")).toBe("100\\%\\_\\\\");
});

test("a sign of writing survives the wire, whatever the name holds", () => {
  const typing = {
    tenantId: 3,
    conversationId: 12,
    side: "us" as const,
    staffId: "key:7",
    who: "Jana: Öhlmann",
  };
  const topic = typingTopic(typing);
  expect(topic.startsWith("typing:")).toBe(true);
  expect(readTyping(topic.slice("typing:".length))).toEqual(typing);
  expect(readTyping("x:y:us")).toBe(null);
  expect(readTyping("1:2:them::")).toBe(null);
});

test("a telephone number is looked for as it may be stored", () => {
  expect(addressPrefixes("040 / 123-45")).toEqual(["04012345", "+04012345", "+494012345", "494012345"]);
  expect(addressPrefixes("+49 40 12345")).toEqual(["494012345", "+494012345"]);
  expect(addressPrefixes("0049 40 12345")).toEqual(["00494012345", "494012345", "+494012345"]);
  expect(addressPrefixes("anna")).toEqual(["anna"]);
});
