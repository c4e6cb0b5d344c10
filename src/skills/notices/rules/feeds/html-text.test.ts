import fc from "fast-check";
import { expect, test } from "vitest";
import { htmlToLine, htmlToText, tidy } from "./html-text.ts";

test("markup becomes the lines that a person sees", () => {
  expect(htmlToText("<div>Eins</div><div>Zwei</div>", 100)).toBe("Eins\nZwei");
  expect(
    htmlToText("<style>p{}</style>A<!-- <b>nein</b> -->B<br/>C &euro; 5 &#8211; &#x41; &unknown;", 100),
  ).toBe("AB\nC € 5 – A &unknown;");
  expect(htmlToText('<a href="javascript:alert(1)">Hier</a> <img src=x onerror=alert(1)>', 100)).toBe("Hier");
  expect(htmlToText("U3 < 5 min, 3<4", 100)).toBe("U3 < 5 min, 3<4");
  expect(htmlToText("<script>alert(1)", 100)).toBe("");
  expect(htmlToText("Ende <b", 100)).toBe("Ende");
  expect(htmlToLine("<h1>Zwei\nZeilen</h1>", 100)).toBe("Zwei Zeilen");
});

test("what steers terminals or turns the reading direction is gone; a long text ends in an ellipsis", () => {
  expect(tidy("a\u0007b\u202ec\u0000", 10)).toBe("abc");
  expect(tidy("abcdef", 4)).toBe("abc…");
  expect(tidy("ab😀cd", 4)).toBe("ab…");
});

test("any markup is read in linear time, within the limit, and leaves no script", () => {
  const parts = fc.constantFrom(
    "<",
    ">",
    "<p>",
    "</p>",
    "<script>",
    "</script>",
    "&lt;",
    "&#60;",
    "x",
    "<!--",
    "-->",
    '"',
    "<b a='>'>",
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 60 }), (list) => {
      const text = htmlToText(list.join(""), 50);
      expect(text.length).toBeLessThanOrEqual(50);
    }),
  );
  const started = performance.now();
  for (const hostile of [
    "<".repeat(200_000),
    "<!--".repeat(50_000),
    "<script>".repeat(20_000),
    "&".repeat(200_000),
    "<a ".repeat(50_000),
  ])
    htmlToText(hostile, 10_000);
  expect(performance.now() - started).toBeLessThan(2_000);
});
