import { SaxesParser, type SaxesTagPlain } from "saxes";
import { NAMED_ENTITIES } from "./html-text.ts";

/** An element of a small tree. */
export interface Element {
  /** With its prefix, e.g. content:encoded */
  readonly name: string;
  /** Names in lower case. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Words and elements in their order. */
  readonly content: (string | Element)[];
}

export interface XmlRead {
  readonly root: Element | null;
  /** Lines where the document is not well-formed; readers go on behind them. */
  readonly faults: readonly string[];
}

const DEPTH_MAX = 40;
const ELEMENTS_MAX = 200_000;
const FAULTS_MAX = 10;

/**
 * Reads XML without document types: entities that a document declares are not known, so nothing expands. HTML's names
 * are, because feeds use them undeclared.
 */
export function readXml(text: string): XmlRead {
  const read = parse(text);
  if (read.faults.length === 0 || !BARE_AMPERSAND.test(text)) return read;
  // The fault met most often, and the parser swallows what follows it.
  return { root: parse(text.replace(new RegExp(BARE_AMPERSAND, "g"), "&amp;")).root, faults: read.faults };
}

const BARE_AMPERSAND = /&(?!#?\w{1,31};)/;

function parse(text: string): XmlRead {
  const parser = new SaxesParser();
  Object.assign(parser.ENTITIES, NAMED_ENTITIES);
  const faults: string[] = [];
  const stack: Element[] = [];
  let root: Element | null = null;
  let elements = 0;
  let skipped = 0;
  parser.on("error", () => {
    if (faults.length < FAULTS_MAX) faults.push(`${parser.line}:${parser.column}`);
  });
  parser.on("opentag", (tag: SaxesTagPlain) => {
    elements++;
    if (stack.length >= DEPTH_MAX || elements > ELEMENTS_MAX) {
      skipped++;
      return;
    }
    const element = elementOf(tag);
    if (stack.length === 0) root ??= element;
    else stack.at(-1)?.content.push(element);
    stack.push(element);
  });
  parser.on("closetag", () => {
    if (skipped > 0) skipped--;
    else stack.pop();
  });
  const take = (words: string) => {
    if (skipped === 0) stack.at(-1)?.content.push(words);
  };
  parser.on("text", take);
  parser.on("cdata", take);
  parser.write(text).close();
  return { root, faults };
}

function elementOf(tag: SaxesTagPlain): Element {
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(tag.attributes)) attributes[name.toLowerCase()] = value;
  return { name: tag.name, attributes, content: [] };
}

/** A name without its prefix. */
export function localName({ name }: Element): string {
  return name.slice(name.indexOf(":") + 1);
}

export function childOf(element: Element, name: string): Element | undefined {
  return childrenOf(element, name)[0];
}

/** A bare name means the feed's own elements, with the prefix of their parent or without: title, not media:title. */
export function childrenOf(element: Element, name: string): Element[] {
  const own = element.name.includes(":") ? element.name.replace(/:.*/, `:${name}`) : name;
  return element.content.filter(
    (child): child is Element => typeof child !== "string" && (child.name === name || child.name === own),
  );
}

/** An element's own words. */
export function textOf(element: Element | undefined): string {
  return element?.content.filter((part) => typeof part === "string").join("") ?? "";
}

/** All below an element as markup again, so that one reader makes text of it (Atom's xhtml). */
export function markupOf(element: Element): string {
  return element.content
    .map((part) => {
      if (typeof part === "string") return part.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
      const tag = localName(part);
      return `<${tag}>${markupOf(part)}</${tag}>`;
    })
    .join("");
}
