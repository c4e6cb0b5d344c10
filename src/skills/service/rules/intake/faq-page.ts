import type { Exchange } from "./exchange.ts";

/**
 * Questions and answers of a page: as its data for search engines name them (schema.org FAQPage), as things that open
 * (`details`), as a list of terms (`dl`), or as headings with what stands below. The first of these that finds at least
 * two is taken. One pass over the tags, linear in the length of the page; no script of it runs.
 */

/** HTML -> its words, lines kept; bound to the reader of HTML mails. */
export type TextOfHtml = (html: string) => string;

interface Found {
  readonly question: string;
  readonly answer: string;
}

const LEAST = 2;
const MOST = 500;
const QUESTION_CHARACTERS = 300;
const ANSWER_CHARACTERS = 4_000;
const HTML_CHARACTERS = 4_000_000;

export function readFaqPage(page: string, textOf: TextOfHtml): readonly Exchange[] {
  const html = page.slice(0, HTML_CHARACTERS);
  const body = withoutUnseen(html);
  const ways = [
    () => fromLinkedData(html, textOf),
    () => fromBlocks(body, { block: "details", head: "summary" }, textOf),
    () => fromTerms(body, textOf),
    () => fromHeadings(body, textOf),
  ];
  for (const way of ways) {
    const found = way().flatMap(({ question, answer }) => {
      const asked = question.replace(/\s+/g, " ").trim();
      const said = tidy(answer);
      return asked.length < 3 || asked.length > QUESTION_CHARACTERS || said === ""
        ? []
        : [{ question: asked, answer: said.slice(0, ANSWER_CHARACTERS).toWellFormed() }];
    });
    if (found.length >= LEAST)
      return found.slice(0, MOST).map((one, place) => ({ ...one, asker: String(place), names: [] }));
  }
  return [];
}

function tidy(text: string): string {
  return text
    .replace(/[ \t\u00a0]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** Parts of a page that nobody reads as its matter. */
const UNSEEN = ["script", "style", "nav", "footer", "header", "form", "noscript", "template", "svg"] as const;

function withoutUnseen(html: string): string {
  const cuts = html.replace(/<!--[\s\S]*?(?:-->|$)/g, "");
  // Only the page's own header falls away: one inside an article holds its heading.
  return UNSEEN.reduce((rest, name) => {
    if (name === "header" && !/<main\b/i.test(rest)) return rest;
    return cutElements(rest, name);
  }, cuts);
}

/** Without the elements of this name; a missing end takes the rest of its kind only up to the next beginning. */
function cutElements(html: string, name: string): string {
  const end = `</${name}`;
  const lower = html.toLowerCase();
  const begins = new RegExp(`<${name}(?=[\\s>/])`, "g");
  let kept = "";
  let from = 0;
  for (const { index } of lower.matchAll(begins)) {
    if (index < from) continue;
    const close = lower.indexOf(end, index);
    if (close < 0) break;
    kept += html.slice(from, index);
    const past = lower.indexOf(">", close);
    from = past < 0 ? html.length : past + 1;
  }
  return kept + html.slice(from);
}

const LINKED = /<script[^>]{0,300}application\/ld\+json[^>]{0,300}>([\s\S]*?)<\/script/gi;
const DEPTH_MAX = 8;

function fromLinkedData(html: string, textOf: TextOfHtml): Found[] {
  return [...html.matchAll(LINKED)].flatMap(([, json = ""]) => {
    try {
      return questionsIn(JSON.parse(json.trim()), textOf, 0);
    } catch {
      return [];
    }
  });
}

function questionsIn(data: unknown, textOf: TextOfHtml, depth: number): Found[] {
  if (typeof data !== "object" || data === null || depth > DEPTH_MAX) return [];
  if (Array.isArray(data)) return data.flatMap((one) => questionsIn(one, textOf, depth + 1));
  const item = data as Record<string, unknown>;
  if ([item["@type"]].flat().includes("Question")) {
    const [answer] = [item.acceptedAnswer ?? item.suggestedAnswer].flat();
    const text = (answer as Record<string, unknown> | undefined)?.text;
    const question = item.name ?? item.text;
    if (typeof question === "string" && typeof text === "string")
      return [{ question: textOf(question), answer: textOf(text) }];
  }
  return ["@graph", "mainEntity", "hasPart", "itemListElement"].flatMap((name) =>
    questionsIn(item[name], textOf, depth + 1),
  );
}

function fromBlocks(
  html: string,
  { block, head }: { block: string; head: string },
  textOf: TextOfHtml,
): Found[] {
  return html
    .split(new RegExp(`<${block}(?=[\\s>])`, "i"))
    .slice(1)
    .flatMap((piece) => {
      const inside = piece.slice(piece.indexOf(">") + 1).split(new RegExp(`</${block}`, "i"))[0] ?? "";
      const [before, ...answer] = inside.split(new RegExp(`</${head}[^>]*>`, "i"));
      const question = before?.split(new RegExp(`<${head}[^>]*>`, "i"))[1];
      return question === undefined ? [] : [{ question: textOf(question), answer: textOf(answer.join(" ")) }];
    });
}

function fromTerms(html: string, textOf: TextOfHtml): Found[] {
  return html
    .split(/<dt(?=[\s>])/i)
    .slice(1)
    .flatMap((piece) => {
      const inside = piece.slice(piece.indexOf(">") + 1);
      const [term = "", ...rest] = inside.split(/<dd(?=[\s>])[^>]*>/i);
      const answer = rest.join("\n").split(/<\/dl/i)[0] ?? "";
      return answer === "" ? [] : [{ question: textOf(term), answer: textOf(answer) }];
    });
}

/** Where most headings ask, those that do; else none: a heading that does not ask is a chapter. */
function fromHeadings(html: string, textOf: TextOfHtml): Found[] {
  const pieces = html.split(/<h([2-6])(?=[\s>])/i);
  const found: Found[] = [];
  for (let place = 1; place < pieces.length; place += 2) {
    const inside = pieces[place + 1] ?? "";
    const [question = "", ...answer] = inside.slice(inside.indexOf(">") + 1).split(/<\/h[2-6][^>]*>/i);
    found.push({ question: textOf(question), answer: textOf(answer.join(" ")) });
  }
  return found.filter(({ question }) => question.trim().endsWith("?"));
}
