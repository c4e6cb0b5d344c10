import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { wordsOffScreen } from "./guide/screen-words.ts";

/** The handbook's chapters say what stands on the screen, in its language. */

const ROOT = dirname(import.meta.dirname);
const CHAPTERS = {
  en: [
    "README.md",
    "go-live.md",
    "connect.md",
    "fill.md",
    "first-day.md",
    "business.md",
    "trouble.md",
    "week.md",
    "delivery-evening.md",
  ].map((name) => `docs/guide/${name}`),
  de: globSync("docs/guide/de/*.md", { cwd: ROOT }),
};
/** Of Meta's pages, and a company of the demo. */
const ELSEWHERE = ["App Secret", "Schraubenwerk Lüders"];

const read = (pattern: string): string =>
  globSync(pattern, { cwd: ROOT })
    .map((path) => readFileSync(join(ROOT, path), "utf8"))
    .join("\n");
const onScreen = (language: "de" | "en"): string =>
  [
    read(`src/web/desk/messages/${language}/*.ts`),
    read(`src/web/widget/chat/words/${language}.ts`),
    read(`src/web/courier/words/${language}*.ts`),
    read(`src/web/wallet/words/${language}*.ts`),
    read(`src/skills/*/messages/${language}.ts`),
    read(`src/skills/*/messages/${language}/*.ts`),
    read(`packs/retail/${language}.md`),
    read("src/cli/setup/*.ts"),
    ...ELSEWHERE,
  ].join("\n");

test.each(["de", "en"] as const)("words in italics in the %s chapters stand on the screen", (language) => {
  const words = onScreen(language);
  const wrong = CHAPTERS[language].flatMap((path) =>
    wordsOffScreen(readFileSync(join(ROOT, path), "utf8"), words).map((word) => `${path}: ${word}`),
  );
  expect(wrong).toEqual([]);
});

test("a word that is not on the screen is named, also at the end of a way and over two lines", () => {
  const screen = 'house: "House", channels: "Channels", send: "Send the quotation"';
  const text = "Open *House, Kanal*, press *Send the\nquotation*, not **this** nor `*that*`, nor *Sende it*.";
  expect(wordsOffScreen(text, screen)).toEqual(["Kanal", "Sende it"]);
  expect(wordsOffScreen("*House, Channels*", screen)).toEqual([]);
});
