import { withoutCode } from "./markdown.ts";

/** Which pictures the journeys take, the guide shows and the folder holds; all three must be the same. Pure. */

export interface Shown {
  /** The document that shows it, below the root, e.g. "docs/guide/de/README.md". */
  document: string;
  /** As the document names the file, e.g. "../pictures/desk.webp". */
  path: string;
  /** What somebody hears who does not see it. */
  words: string;
}

const CALL = /\bpicture\(/g;
const NAMED_CALL = /\bpicture\(\s*[\w.]+,\s*"([a-z0-9-]+)"/g;
const MARKDOWN = /!\[([^\]]*)\]\(([^)\s]+)\)/g;
const HTML = /<img\b[^>]*>/g;

/** @returns names that this journey takes. @throws Error when a name is no literal: then nobody can look it up */
export function takenIn(file: string, text: string): string[] {
  const names = [...text.matchAll(NAMED_CALL)].map(([, name = ""]) => name);
  if (names.length !== [...text.matchAll(CALL)].length)
    throw new Error(`${file} takes a picture whose name is no literal`);
  return names;
}

const attribute = (tag: string, name: string): string =>
  new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? "";

/** Every picture that a document shows, as Markdown or as `<img>`. */
export function shownIn(document: string, markdown: string): Shown[] {
  const text = withoutCode(markdown);
  const plain = [...text.matchAll(MARKDOWN)].map(([, words = "", path = ""]) => ({ document, path, words }));
  const tags = [...text.matchAll(HTML)].map(([tag]) => ({
    document,
    path: attribute(tag, "src"),
    words: attribute(tag, "alt"),
  }));
  return [...plain, ...tags];
}

const nameOf = (path: string): string => /([^/]+)\.webp$/.exec(path)?.[1] ?? path;

/**
 * @param taken names, by the journeys
 * @param shown by the documents
 * @param kept names in docs/guide/pictures
 * @returns sentences; none when all is well
 */
export function pictureFaults(
  taken: readonly string[],
  shown: readonly Shown[],
  kept: readonly string[],
): string[] {
  const names = new Set(shown.map(({ path }) => nameOf(path)));
  const twice = taken.filter((name, at) => taken.indexOf(name) !== at);
  return [
    ...shown
      .filter(({ path }) => !taken.includes(nameOf(path)))
      .map(({ document, path }) => `${document} shows ${path}, which no journey takes`),
    ...shown
      .filter(({ words }) => words.trim().length < 10)
      .map(({ document, path }) => `${document} does not say what ${path} shows`),
    ...taken.filter((name) => !names.has(name)).map((name) => `"${name}" is taken, and no document shows it`),
    ...twice.map((name) => `"${name}" is taken twice`),
    ...[...names]
      .filter((name) => !kept.includes(name))
      .map((name) => `"${name}" is missing: npm run pictures`),
    ...kept
      .filter((name) => !names.has(name))
      .map((name) => `docs/guide/pictures/${name}.webp is shown nowhere`),
  ];
}
