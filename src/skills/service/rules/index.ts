export * from "./classifier/index.ts";
export { fold, MAX_TEXT_LENGTH, normalise, tokens } from "./text.ts";
