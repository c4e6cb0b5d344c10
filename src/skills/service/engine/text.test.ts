import fc from "fast-check";
import { expect, test } from "vitest";
import { fold, normalise, tokens } from "./text.ts";

const anyText = fc.string({ unit: "binary", maxLength: 60 });

test("folding what is folded changes nothing, for any text", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(fold(fold(text))).toBe(fold(text));
      expect(normalise(normalise(text))).toBe(normalise(text));
    }),
  );
});

test.each([
  ["Größe ÄNDERN", "groesse aendern"],
  ["Groesse aendern", "groesse aendern"],
  ["Ǽon, façade, Łódź", "aeon, facade, lodz"],
  ["I can’t, geht's", "i cant, gehts"],
])("%j becomes %j", (text, folded) => {
  expect(fold(text)).toBe(folded);
});

test("digits do not tell topics apart; words of other scripts are words", () => {
  expect(normalise("HK-20417")).toBe("hk-00000");
  expect(tokens(fold("где моя посылка? איפה החבילה שלי 😂"))).toEqual([
    "где",
    "моя",
    "посылка",
    "איפה",
    "החבילה",
    "שלי",
    "😂",
  ]);
});
