import { expect, test } from "vitest";
import { readFeed } from "./feed.ts";

const setting = { language: "de", timeZone: "Europe/Berlin", now: Date.UTC(2026, 10, 24, 9) } as const;
const read = (text: string | Buffer, charset?: string) =>
  readFeed(Buffer.from(text), { ...setting, charset });
const rss = (inside: string, head = "") =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Haus</title>${head}${inside}</channel></rss>`;

test("RSS 2.0: title, text without markup, link, date, categories", () => {
  const { items, problems } = read(
    rss(
      `<item><title>Lesung &amp;amp; Musik</title><description><![CDATA[<p>Am <em>Freitag</em> um 19 Uhr.</p>]]></description>
       <link>https://example.org/a?b=1&amp;c=2</link><guid isPermaLink="false">a-1</guid><category>Lesung</category><category>Musik</category>
       <pubDate>Mon, 23 Nov 2026 08:00:00 +0100</pubDate></item>`,
      "<language>en-gb</language>",
    ),
  );
  expect(problems).toEqual([]);
  expect(items).toEqual([
    {
      id: "a-1",
      title: { de: null, en: "Lesung & Musik" },
      text: { de: null, en: "Am Freitag um 19 Uhr." },
      link: "https://example.org/a?b=1&c=2",
      publishedAt: Date.UTC(2026, 10, 23, 7),
      startsAt: null,
      endsAt: null,
      values: { category: ["Lesung", "Musik"] },
      isCancelled: false,
    },
  ]);
});

test("RSS: an item without guid goes by its link; one without words is left out and counted", () => {
  const { items, problems } = read(rss("<item><title>A</title><link>https://e.org/a</link></item><item/>"));
  expect(items.map(({ id }) => id)).toEqual(["https://e.org/a"]);
  expect(problems).toEqual([{ code: "no_text", place: "item 2" }]);
});

test("Atom: text, html and xhtml, the page's link, languages of single entries, prefixed names", () => {
  const { items } =
    read(`<?xml version="1.0"?><atom:feed xmlns:atom="http://www.w3.org/2005/Atom" xml:lang="de">
    <atom:entry><atom:id>urn:1</atom:id><atom:title type="text">5 &lt; 6 &amp; mehr</atom:title><atom:updated>2026-11-24T08:00:00Z</atom:updated>
      <atom:link rel="self" href="https://e.org/1.atom"/><atom:link href="https://e.org/1"/><atom:author><atom:name>Ada</atom:name></atom:author>
      <atom:summary type="html">&lt;p&gt;Neu &amp;uuml;ber uns&lt;/p&gt;</atom:summary></atom:entry>
    <atom:entry xml:lang="en"><atom:id>urn:2</atom:id><atom:title>Two</atom:title>
      <atom:content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Hello <b>big</b> world<script>x()</script></div></atom:content></atom:entry></atom:feed>`);
  expect(
    items.map(({ id, title, text, link }) => [id, title.de ?? title.en, text.de ?? text.en, link]),
  ).toEqual([
    ["urn:1", "5 < 6 & mehr", "Neu über uns", "https://e.org/1"],
    ["urn:2", "Two", "Hello big world", null],
  ]);
  expect(items[1]?.title).toEqual({ de: null, en: "Two" });
  expect(items[0]?.values).toEqual({ author: ["Ada"] });
});

test("JSON Feed: summary before html, numbers as ids, wrong types count as missing", () => {
  const { items } = read(
    JSON.stringify({
      version: "https://jsonfeed.org/version/1.1",
      items: [
        { id: 7, url: "https://e.org/7", title: "Sieben", content_html: "<b>fett</b>", tags: ["neu", 3] },
        { id: "x", title: 9, summary: "Kurz", content_html: "lang", authors: [{ name: "Bo" }] },
        "rubbish",
      ],
    }),
  );
  expect(items.map(({ id, title, text, values }) => [id, title.de, text.de, values])).toEqual([
    ["7", "Sieben", "fett", { category: ["neu"] }],
    ["x", null, "Kurz", { author: ["Bo"] }],
  ]);
});

test("entities that a document declares do not expand: neither a bomb nor a file", () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "${"x".repeat(50)}">${Array.from({ length: 12 }, (_, at) => `<!ENTITY a${at} "${`&a${at - 1};`.repeat(10)}">`).join("")}
    <!ENTITY file SYSTEM "file:///etc/passwd">]>${rss("<item><guid>1</guid><title>A &a11; &file; &uuml;</title></item>").slice(21)}`;
  const { items } = read(bomb);
  expect(items[0]?.title.de).toBe("A &a11; &file; ü");
});

test("a broken feed gives what can be read with a warning, and nothing to believe when it is cut off before that", () => {
  const { items, problems } = read(rss("<item><guid>1</guid><title>A & B</title></item><item><title>C"));
  expect(items[0]?.title.de).toBe("A & B");
  expect(problems[0]?.code).toBe("syntax");
  expect(read('<?xml version="1.0"?><rss><channel><item><ti')).toMatchObject({ isBroken: true });
  expect(read("<!doctype html><html><body><p>Not found</p></body></html>")).toMatchObject({ isBroken: true });
  expect(read("{ broken")).toMatchObject({ isBroken: true });
  expect(read("plain words")).toMatchObject({ isBroken: true });
  expect(read("")).toMatchObject({ isBroken: true });
});

test("a deep or endless document stays within its limits", () => {
  const deep = `<rss><channel><item><guid>1</guid><title>A</title>${"<x>".repeat(50_000)}${"</x>".repeat(50_000)}</item></channel></rss>`;
  expect(read(deep).items[0]?.title.de).toBe("A");
  const many = read(
    rss(Array.from({ length: 6_000 }, (_, at) => `<item><guid>${at}</guid><title>T</title></item>`).join("")),
  );
  expect(many.items).toHaveLength(5_000);
  expect(many.problems).toEqual([{ code: "too_many_items", place: "5000" }]);
});

test("old encodings are read by mark, charset, declaration, or as Windows-1252", () => {
  const latin = (declared: string) =>
    Buffer.from(
      `<?xml version="1.0"${declared}?><rss><channel><item><guid>1</guid><title>Bücher</title></item></channel></rss>`,
      "latin1",
    );
  expect(read(latin(' encoding="ISO-8859-1"')).items[0]?.title.de).toBe("Bücher");
  expect(read(latin(""), "iso-8859-15").items[0]?.title.de).toBe("Bücher");
  expect(read(latin("")).items[0]?.title.de).toBe("Bücher");
  const wide = Buffer.from(
    "\ufeff<rss><channel><item><guid>1</guid><title>Bücher</title></item></channel></rss>",
    "utf16le",
  );
  expect(read(wide).items[0]?.title.de).toBe("Bücher");
});
