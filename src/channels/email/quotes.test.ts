import { describe, expect, test } from "vitest";
import { textOfHtml } from "./html-text.ts";
import { cutQuote } from "./quotes.ts";

const said = (lines: readonly string[]) => cutQuote(lines.join("\n"));

describe("quotes are cut", () => {
  test.each([
    ["German, one line", ["Ja, gern.", "", "Am 24.11.2026 um 09:58 schrieb Kontor:", "> Passt es?"]],
    [
      "German, broken line",
      [
        "Ja, gern.",
        "",
        "Am Di., 24. Nov. 2026 um 09:58 Uhr schrieb Kontor <",
        "service@kontor.example>:",
        "",
        "> Passt es?",
      ],
    ],
    [
      "by name",
      ["Ja, gern.", "", "Kontor <service@kontor.example> schrieb am 24.11.2026 um 10:00:", "> Passt es?"],
    ],
    ["English", ["Ja, gern.", "On Tue, Nov 24, 2026 at 9:58 AM Kontor <s@k.example> wrote:", "> Passt es?"]],
    ["French", ["Ja, gern.", "Le 24 nov. 2026 à 09:58, Kontor <s@k.example> a écrit :", "> Passt es?"]],
    ["Outlook's divider", ["Ja, gern.", "", "-----Ursprüngliche Nachricht-----", "Von: Kontor", "Passt es?"]],
    [
      "Outlook's block",
      [
        "Ja, gern.",
        "",
        "Von: Kontor <s@k.example>",
        "Gesendet: Montag, 23. November",
        "An: Anna",
        "Betreff: x",
        "",
        "Passt es?",
      ],
    ],
    ["a line", ["Ja, gern.", "________________________________", "From: Kontor", "Passt es?"]],
    ["signature", ["Ja, gern.", "-- ", "Anna Beispiel", "Telefon 040 123"]],
  ])("%s", (_name, lines) => expect(said(lines)).toEqual({ said: "Ja, gern.", isCut: true }));

  test("an answer below or between the quotes stays", () => {
    expect(said(["On Tue, Nov 24, 2026 at 9:58 AM Kontor wrote:", "> Passt es?", "", "Ja, gern."]).said).toBe(
      "Ja, gern.",
    );
    expect(said(["> Wann?", "Morgen.", "> Wo?", "Im Laden."]).said).toBe("Morgen.\nIm Laden.");
  });

  test("nothing is cut where nobody quotes", () => {
    for (const text of [
      "Am Montag schrieb Ihr Kollege: das geht.\nGeht es?",
      "Von: Hamburg nach Bremen\nwas kostet das?",
      "Ich schreibe -- wie immer -- kurz.",
    ])
      expect(cutQuote(text)).toEqual({ said: text, isCut: false });
  });

  test("a mail that only quotes, and a forward, are kept whole", () => {
    expect(cutQuote("> Passt es?")).toEqual({ said: "> Passt es?", isCut: false });
    const forward = "Bitte ansehen.\n\n---------- Forwarded message ---------\nVon: X";
    expect(cutQuote(forward, true)).toEqual({ said: forward, isCut: false });
  });
});

describe("HTML becomes words", () => {
  test("blocks, lists, entities; no script, style or comment", () => {
    const html =
      "<html><head><title>t</title><style>p{}</style></head><body><p>Guten&nbsp;Tag &amp; gr&uuml;&szlig; Gott</p><!-- <p>no</p> --><ul><li>eins<li>zwei</ul><script>no()</script>Ende &#8364;&#x20AC;</body>";
    expect(textOfHtml(html)).toBe("Guten Tag & grüß Gott\n\n• eins\n• zwei\nEnde €€");
  });

  test("a quoted block is cut like a quoted text", () => {
    const html = "<div>Ja, gern.</div><blockquote><p>Passt es?</p><p>Wann?</p></blockquote>";
    expect(cutQuote(textOfHtml(html)).said).toBe("Ja, gern.");
  });

  test("half a megabyte of open brackets is read in a moment", () => {
    const before = performance.now();
    textOfHtml("<".repeat(500_000));
    textOfHtml("<!--".repeat(120_000));
    textOfHtml("<a ".repeat(160_000));
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});
