import type { Language } from "#kernel";

/** Patterns over folded words (see folded.ts). */
export type Patterns = Readonly<Record<Language, readonly RegExp[]>>;

/** Up to so many words between two that belong together. */
export const FEW = "(?: [\\p{L}\\p{N}]+){0,4}?";
export const SOME = "(?: [\\p{L}\\p{N}]+){0,7}?";
