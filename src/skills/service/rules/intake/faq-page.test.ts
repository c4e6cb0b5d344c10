import { expect, test } from "vitest";
import { readFaqPage } from "./faq-page.ts";

const textOf = (html: string) => html.replace(/<[^>]*>/g, " ");
const pairs = (html: string) => readFaqPage(html, textOf).map(({ question, answer }) => [question, answer]);

test("the data that search engines read come first", () => {
  const data = {
    "@context": "https://schema.org",
    "@type": "FAQPage",
    mainEntity: [
      {
        "@type": "Question",
        name: "Liefern Sie nach Wien?",
        acceptedAnswer: { "@type": "Answer", text: "<p>Ja, in 4 Tagen.</p>" },
      },
      {
        "@type": "Question",
        name: "Kann ich bar zahlen?",
        acceptedAnswer: { "@type": "Answer", text: "Im Laden." },
      },
    ],
  };
  expect(
    pairs(
      `<html><script type="application/ld+json">${JSON.stringify(data)}</script><h2>Anderes?</h2>x<h2>Noch eins?</h2>y`,
    ),
  ).toEqual([
    ["Liefern Sie nach Wien?", "Ja, in 4 Tagen."],
    ["Kann ich bar zahlen?", "Im Laden."],
  ]);
});

test("things that open, lists of terms, and headings that ask", () => {
  const expected = [
    ["When do you open?", "At nine."],
    ["Do you ship?", "Yes."],
  ];
  expect(
    pairs(
      "<details><summary>When do you open?</summary><p>At nine.</p></details><details open><summary>Do you ship?</summary>Yes.</details>",
    ),
  ).toEqual(expected);
  expect(
    pairs("<dl><dt>When do you open?</dt><dd>At nine.</dd><dt>Do you ship?</dt><dd>Yes.</dd></dl><p>end</p>"),
  ).toEqual(expected);
  expect(
    pairs(
      "<h1>FAQ</h1><h2>Opening</h2><h3>When do you open?</h3><p>At nine.</p><h3>Do you ship?</h3><p>Yes.</p>",
    ),
  ).toEqual(expected);
});

test("scripts, menus and comments say nothing", () => {
  const html =
    "<nav><h3>Wo bin ich?</h3>Hier</nav><!-- <h3>Alt?</h3>weg --><script>'<h3>Nein?</h3>'</script><h3>Wann offen?</h3>Ab 9<h3>Wo seid ihr?</h3>Am Markt<footer><h3>Noch was?</h3>nein</footer>";
  expect(pairs(html)).toEqual([
    ["Wann offen?", "Ab 9"],
    ["Wo seid ihr?", "Am Markt"],
  ]);
});

test("a page without questions gives none, and a page of a million open tags ends soon", () => {
  expect(pairs("<h2>Über uns</h2><p>Seit 1904.</p>")).toEqual([]);
  const start = performance.now();
  for (const one of ["<details><summary>", "<h2>a?", "<dt>", "<script", "<!--", "<nav>"])
    readFaqPage(one.repeat(100_000), (html) => html);
  expect(performance.now() - start).toBeLessThan(20_000);
});
