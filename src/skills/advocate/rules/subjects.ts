import { normalGtin } from "./gtin.ts";

/** What a thing is called wherever it is spoken of: GTINs with 14 digits, names in lower case, nothing twice. */
export function subjectsOf(names: readonly (string | null)[]): string[] {
  const found = names.flatMap((name) => {
    const text = (name ?? "").trim().replace(/\s+/g, " ").toLowerCase();
    return text === "" ? [] : [normalGtin(text) ?? text];
  });
  return [...new Set(found)];
}
