import { expect, test } from "vitest";
import type { TextBlock } from "#kernel/api";
import { blockQuery, matchingBlocks } from "./text-blocks.tsx";

const blocks: TextBlock[] = [
  { id: 1, title: "Gruß", language: "de", text: "Viele Grüße" },
  { id: 2, title: "Regards", language: "en", text: "Kind regards" },
  { id: 3, title: "Adresse", language: "de", text: "Am Speicherkai" },
];

test("a slash at the start of a word looks for a text block, one inside of a word does not", () => {
  expect(blockQuery("/gr", 3)).toEqual({ from: 0, words: "gr" });
  expect(blockQuery("Moin /gr und", 8)).toEqual({ from: 5, words: "gr" });
  expect(blockQuery("und/oder", 8)).toBeNull();
  expect(blockQuery("https://x", 9)).toBeNull();
  expect(blockQuery("Moin", 4)).toBeNull();
});

test("blocks in the customer's language come first", () => {
  expect(matchingBlocks(blocks, "", "en").map(({ id }) => id)).toEqual([2, 3, 1]);
  expect(matchingBlocks(blocks, "grü", "de").map(({ id }) => id)).toEqual([1]);
});
