import { AppError } from "../errors.ts";

/**
 * Makes a company's SVG logo harmless: it is read tag by tag and written anew from a strict list of what a drawing
 * needs. Scripts, styles, foreign content, links to anywhere but inside the drawing, entities: none of it is on the
 * list. Source of the dangers: OWASP, SVG security; W3C SVG 2, "secure static mode".
 */

const ELEMENTS = new Set(
  "svg g path rect circle ellipse line polyline polygon defs lineargradient radialgradient stop clippath mask symbol use title desc text tspan".split(
    " ",
  ),
);
/** SVG's names are written with capitals; matching is done without them. */
const SPELLING: Readonly<Record<string, string>> = {
  lineargradient: "linearGradient",
  radialgradient: "radialGradient",
  clippath: "clipPath",
};
const ATTRIBUTES = new Set(
  `id d points x y x1 y1 x2 y2 cx cy r rx ry fx fy width height viewBox preserveAspectRatio transform fill fill-rule fill-opacity
  stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset stroke-opacity opacity
  clip-path clip-rule clipPathUnits mask maskUnits maskContentUnits gradientUnits gradientTransform spreadMethod offset stop-color
  stop-opacity color font-size font-family font-weight text-anchor dx dy role aria-label xmlns href xlink:href`.split(
    /\s+/,
  ),
);
const TEXT_IN = new Set(["title", "desc", "text", "tspan"]);
const SVG_NAMESPACE = "http://www.w3.org/2000/svg";
const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>|<![^>]*>|<\/?[a-zA-Z](?:[^>"']|"[^"]*"|'[^']*')*>|[^<]+|</g;
const ATTRIBUTE = /([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const DEEPEST = 50;

/**
 * @param svg text of the file, at most 50,000 characters
 * @returns the drawing with everything else left out
 * @throws AppError bad_request when it is no SVG drawing
 */
export function sanitiseLogo(svg: string): string {
  const out: string[] = [];
  const open: string[] = [];
  /** Depth of a refused element whose whole content is left out. */
  let refused = 0;
  for (const [token] of svg.trim().matchAll(TOKEN)) {
    if (!/^<\/?[a-zA-Z]/.test(token)) {
      if (!token.startsWith("<") && refused === 0 && TEXT_IN.has(open.at(-1) ?? ""))
        out.push(escapeXml(token));
      continue;
    }
    const name = (/^<\/?([\w:-]+)/.exec(token)?.[1] ?? "").toLowerCase();
    const isEnd = token.startsWith("</");
    const isEmpty = token.endsWith("/>");
    if (refused > 0 || !ELEMENTS.has(name)) {
      if (isEnd) refused = Math.max(0, refused - 1);
      else if (!isEmpty) refused += 1;
      continue;
    }
    if (isEnd) {
      if (open.pop() !== name) throw notDrawing();
      out.push(`</${SPELLING[name] ?? name}>`);
      continue;
    }
    if (open.length === 0 && (name !== "svg" || out.length > 0)) throw notDrawing();
    out.push(startTag(name, token, isEmpty));
    if (!isEmpty) open.push(name);
    if (open.length > DEEPEST) throw notDrawing();
  }
  if (out.length === 0 || open.length > 0 || refused > 0) throw notDrawing();
  return out.join("");
}

function startTag(name: string, token: string, isEmpty: boolean): string {
  const attributes = new Map<string, string>();
  for (const [, key = "", double, single] of token.matchAll(ATTRIBUTE)) {
    const value = double ?? single ?? "";
    if (ATTRIBUTES.has(key) && isHarmless(key, value)) attributes.set(key, value);
  }
  if (name === "svg") attributes.set("xmlns", SVG_NAMESPACE);
  const written = [...attributes].map(
    ([key, value]) => ` ${key === "xlink:href" ? "href" : key}="${escapeXml(value)}"`,
  );
  return `<${SPELLING[name] ?? name}${written.join("")}${isEmpty ? "/" : ""}>`;
}

/** References stay inside the drawing; nothing that could be an address is let through elsewhere. */
function isHarmless(key: string, value: string): boolean {
  if (key === "xmlns") return value === SVG_NAMESPACE;
  if (key === "href" || key === "xlink:href") return /^#[\w-]+$/.test(value);
  if (/&(?!amp;|quot;|apos;|lt;|gt;)/.test(value)) return false;
  if (/url\s*\(/i.test(value)) return /^url\(#[\w-]+\)$/.test(value);
  return key === "aria-label" || !/[\\:<>]|expression/i.test(value);
}

function escapeXml(text: string): string {
  return text
    .replace(/&(?!(?:amp|quot|apos|lt|gt);)/g, "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function notDrawing(): AppError {
  return new AppError("bad_request", undefined, [
    { path: "logo", message: "This is no SVG drawing that can be shown." },
  ]);
}
