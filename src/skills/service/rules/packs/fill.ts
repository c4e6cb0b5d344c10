import type { Language } from "#kernel";
import type { PlaceholderKind } from "./pack.ts";

/** name -> what the company wrote, a language each. */
export type PlaceholderValues = ReadonlyMap<string, Readonly<Partial<Record<Language, string>>>>;

const PLACEHOLDER = /\{\{\s*([a-z][a-z0-9_]*)\s*\}\}/g;
/** Whatever looks like a placeholder, well-formed or not: none of it is for customers' eyes. */
const OPEN = /\{\{|\}\}/;

/** Whether a text still waits for a fact; then no customer may read it. */
export function isUnfilled(text: string): boolean {
  return OPEN.test(text);
}

/** Names of the placeholders in a text, each once. */
export function placeholdersIn(text: string): string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name = ""]) => name))];
}

/** Puts in what is known; the others stay as they are. */
export function fill(text: string, language: Language, values: PlaceholderValues): string {
  return text.replace(PLACEHOLDER, (whole, name: string) => values.get(name)?.[language] || whole);
}

const MOST_CHARACTERS = 500;
const SHAPES: Readonly<Record<PlaceholderKind, RegExp>> = {
  text: /\S/,
  phone: /^\+?[\d\s()/.-]{5,30}$/,
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  link: /^https?:\/\/\S+$/,
  amount: /\d/,
  number: /\d/,
};

/** Whether a value can stand where the placeholder is. */
export function isFit(kind: PlaceholderKind, value: string): boolean {
  return value.length <= MOST_CHARACTERS && !OPEN.test(value) && SHAPES[kind].test(value);
}
