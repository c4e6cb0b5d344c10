import { type Content, textOf } from "./content.ts";

const PREVIEW_CHARACTERS = 160;

/** The line under a name in the list of conversations. */
export function previewOf(content: Content): string {
  const text = textOf(content).replace(/\s+/g, " ").trim();
  return text ? text.slice(0, PREVIEW_CHARACTERS) : `[${content.type}]`;
}
