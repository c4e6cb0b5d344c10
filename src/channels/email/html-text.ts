import { firstOf } from "./mime/charset.ts";

/**
 * The words of an HTML mail. Nothing of the HTML itself is kept or shown, so no script, style or tracking picture ever
 * reaches the desk. One pass, linear in the length of the input.
 */

/** Longer HTML is a table of pictures; its head is enough. */
const HTML_CHARACTERS = 1_000_000;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  auml: "ä",
  ouml: "ö",
  uuml: "ü",
  Auml: "Ä",
  Ouml: "Ö",
  Uuml: "Ü",
  szlig: "ß",
  euro: "€",
  sect: "§",
  eacute: "é",
  egrave: "è",
  agrave: "à",
  ccedil: "ç",
  hellip: "…",
  ndash: "–",
  mdash: "-",
  bdquo: "„",
  ldquo: "“",
  rdquo: "”",
  lsquo: "‘",
  rsquo: "’",
  laquo: "«",
  raquo: "»",
  copy: "©",
  middot: "·",
  bull: "•",
  shy: "",
  zwnj: "",
};

const BLOCKS = new Set([
  "p",
  "div",
  "tr",
  "table",
  "ul",
  "ol",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "blockquote",
  "pre",
  "section",
  "article",
  "hr",
]);
const UNSEEN = new Set(["head", "style", "script", "title", "template", "noscript", "object", "svg"]);
/** What programs put around the mail that is answered: Outlook's divider, Yahoo, Thunderbird's prefix and others. */
const QUOTE_BEGINS =
  /\b(?:id|class)\s*=\s*["']?(?:divRplyFwdMsg|appendonsend|yahoo_quoted|OLK_SRC_BODY_SECTION|moz-forward-container)/i;

/** The line that `cutQuote` takes for the beginning of a quote. */
export const QUOTE_LINE = "-----Original Message-----";

interface Writing {
  out: string;
  /** Depth of block quotes. */
  quoted: number;
  /** The tag whose content is left out; "" = none. */
  unseen: string;
  isPre: boolean;
}

/** @returns plain words; quoted blocks begin their lines with "> " */
export function textOfHtml(html: string): string {
  const source = firstOf(html, HTML_CHARACTERS);
  const writing: Writing = { out: "", quoted: 0, unseen: "", isPre: false };
  for (let at = 0; at < source.length; ) {
    const open = source.indexOf("<", at);
    if (open < 0) {
      write(writing, source.slice(at));
      break;
    }
    write(writing, source.slice(at, open));
    const isComment = source.startsWith("<!--", open);
    const close = source.indexOf(isComment ? "-->" : ">", open);
    if (close < 0) break;
    if (!isComment) tag(writing, source.slice(open + 1, close));
    at = close + (isComment ? 3 : 1);
  }
  return writing.out
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function write(writing: Writing, html: string): void {
  if (writing.unseen !== "" || html === "") return;
  const words = writing.isPre ? html : html.replace(/\s+/g, " ");
  const text = decodeEntities(words);
  if (text.trim() === "" && (writing.out === "" || /\s$/.test(writing.out))) return;
  const atLineStart = writing.out === "" || writing.out.endsWith("\n");
  const prefix = atLineStart ? "> ".repeat(Math.min(writing.quoted, 5)) : "";
  writing.out += prefix + (atLineStart && !writing.isPre ? text.trimStart() : text);
}

function breakLine(writing: Writing): void {
  if (writing.out !== "" && !writing.out.endsWith("\n\n")) writing.out += "\n";
}

function tag(writing: Writing, text: string): void {
  const match = /^(\/?)([a-z][a-z0-9:]*)/i.exec(text);
  if (!match) return;
  const isEnd = match[1] === "/";
  const name = (match[2] ?? "").toLowerCase();
  if (writing.unseen !== "") {
    if (isEnd && name === writing.unseen) writing.unseen = "";
    return;
  }
  if (UNSEEN.has(name)) {
    if (!isEnd && !text.endsWith("/")) writing.unseen = name;
    return;
  }
  if (!isEnd && QUOTE_BEGINS.test(text)) {
    breakLine(writing);
    writing.out += `${QUOTE_LINE}\n`;
  }
  if (name === "br") writing.out += "\n";
  else if (name === "li" && !isEnd) {
    breakLine(writing);
    write(writing, "• ");
  } else if (name === "td" && isEnd) write(writing, " ");
  else if (BLOCKS.has(name) && !writing.out.endsWith("\n")) breakLine(writing);
  if (name === "p" && isEnd) breakLine(writing);
  if (name === "pre") writing.isPre = !isEnd;
  if (name === "blockquote") writing.quoted = Math.max(0, writing.quoted + (isEnd ? -1 : 1));
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));?/gi, (whole, decimal, hex, name) => {
    if (name) return ENTITIES[name as string] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex as string, 16);
    const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : "";
  });
}
