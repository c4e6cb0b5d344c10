import { createContext, use } from "react";
import type { FormOfAddress, Language, Speech, Translate } from "./catalogue.ts";
import type { Format } from "./format.ts";

export interface TextTools {
  t: Translate;
  format: Format;
  language: Language;
  form: FormOfAddress;
  catalogue: Speech["catalogue"];
}

export const TextContext = createContext<TextTools | null>(null);

/** The desk's sentences and numbers, in the reader's language and the team's form of address. */
export function useText(): TextTools {
  const tools = use(TextContext);
  if (!tools) throw new Error("useText stands outside of TextProvider");
  return tools;
}
