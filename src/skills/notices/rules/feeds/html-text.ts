/** Markup becomes plain text: what goes to a messenger holds no tags, and nothing in it is run. */

const NAMED: Readonly<Record<string, string>> = {
  ...{
    amp: "&",
    lt: "<",
    gt: ">",
    quot: '"',
    apos: "'",
    nbsp: " ",
    shy: "",
    copy: "©",
    reg: "®",
    trade: "™",
  },
  ...{ auml: "ä", ouml: "ö", uuml: "ü", Auml: "Ä", Ouml: "Ö", Uuml: "Ü", szlig: "ß", euro: "€", deg: "°" },
  ...{ ndash: "–", mdash: "—", hellip: "…", bull: "•", middot: "·", laquo: "«", raquo: "»", sect: "§" },
  ...{ lsquo: "‘", rsquo: "’", ldquo: "“", rdquo: "”", bdquo: "„", sbquo: "‚", times: "×", frac12: "½" },
  ...{ eacute: "é", egrave: "è", agrave: "à", acirc: "â", ecirc: "ê", ccedil: "ç", ntilde: "ñ", oslash: "ø" },
  ...{ rarr: "→", larr: "←", uarr: "↑", darr: "↓", harr: "↔", thinsp: " ", ensp: " ", emsp: " ", iexcl: "¡" },
};

/** Entities by name, for readers of XML that meet HTML's in feeds that do not declare them. */
export const NAMED_ENTITIES: Readonly<Record<string, string>> = NAMED;

/** What stands between these is for machines. */
const UNSEEN = new Set(["script", "style", "template", "noscript", "head", "svg", "iframe", "object"]);
const BLOCKS =
  /^(p|div|br|hr|ul|ol|li|tr|table|h[1-6]|blockquote|section|article|header|footer|dl|dt|dd|pre|figure)$/;
const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));/g;

/**
 * Reads once from front to back, whatever the markup: broken or nested tags cost no more than whole ones.
 * A `<` that opens no tag stays ("U3 < 5 min"); line breaks of text without tags stay too.
 * @param limit characters of the result
 */
export function htmlToText(source: string, limit: number): string {
  // Far more than what is kept may be markup, but not without end.
  const html = source.length > limit * 20 ? source.slice(0, limit * 20) : source;
  if (!/<[a-z/!?]/i.test(html)) return tidy(decodeEntities(html), limit);
  const page = new Page();
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf("<", at);
    if (open < 0) break;
    page.write(html.slice(at, open));
    at = readTag(html, open, page);
  }
  if (at < html.length) page.write(html.slice(at));
  return tidy(page.text, limit);
}

/** Words with breaks between them, as a page sets them: blocks that follow each other break once. */
class Page {
  private readonly parts: string[] = [];
  private breaks = 0;

  write(words: string): void {
    const text = decodeEntities(words.replace(/\s+/g, " "));
    if (text === "" || (text === " " && this.breaks > 0)) return;
    this.parts.push("\n".repeat(this.breaks), text);
    this.breaks = 0;
  }

  /** A line or, with 2, a paragraph begins. */
  break(lines: 1 | 2): void {
    this.breaks = Math.max(this.breaks, lines);
  }

  breakOnce(): void {
    this.breaks = Math.min(2, this.breaks + 1);
  }

  get text(): string {
    return this.parts.join("");
  }
}

/** What stands at a `<`: a tag (and what it hides), a comment, or only a sign. @returns where reading goes on */
function readTag(html: string, open: number, page: Page): number {
  if (html.startsWith("<!--", open)) return after(html, "-->", open + 4);
  if (/[!?]/.test(html.charAt(open + 1))) return after(html, ">", open + 2);
  const [, slash = "", name = ""] =
    /^<(\/?)([A-Za-z][A-Za-z0-9]{0,30})/.exec(html.slice(open, open + 34)) ?? [];
  if (name === "") {
    page.write("<");
    return open + 1;
  }
  const end = after(html, ">", open + 1);
  const tag = name.toLowerCase();
  if (slash === "" && UNSEEN.has(tag)) return closeOf(html, tag, end);
  if (tag === "br") page.breakOnce();
  else if (tag === "p" || /^h\d$/.test(tag)) page.break(2);
  else if (BLOCKS.test(tag)) page.break(1);
  else if (tag === "td" || tag === "th") page.write(" ");
  if (tag === "li" && slash === "") page.write("- ");
  return end;
}

function after(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from);
  return at < 0 ? html.length : at + mark.length;
}

function closeOf(html: string, tag: string, from: number): number {
  const close = new RegExp(`</${tag}\\b`, "gi");
  close.lastIndex = from;
  const found = close.exec(html);
  return found ? after(html, ">", found.index) : html.length;
}

function decodeEntities(text: string): string {
  return text.replace(ENTITY, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    const isSign = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return isSign ? String.fromCodePoint(code) : "";
  });
}

/** Signs that steer a terminal or turn the reading direction have no place in a notice; what joins emoji has. */
const UNWANTED = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}]/gu;

/** @param limit characters; a longer text ends in "…" */
export function tidy(text: string, limit: number): string {
  const clean = text
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(UNWANTED, "")
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  return clean.length <= limit
    ? clean
    : `${clean
        .slice(0, limit - 1)
        .toWellFormed()
        .replace(/\ufffd$/, "")
        .trimEnd()}…`;
}

/** One line, for titles. */
export function htmlToLine(html: string, limit: number): string {
  return tidy(htmlToText(html, limit * 2).replace(/\s+/g, " "), limit);
}
