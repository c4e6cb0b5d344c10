import { useEffect } from "preact/hooks";
import { accentStyle } from "../widget/chat/accent.ts";
import { firstKnown } from "../widget/page-language.ts";
import type { Company } from "./company.ts";
import type { Language } from "./words.ts";

export const browserLanguage = (): Language => firstKnown([...navigator.languages]) ?? "de";

/** The company's accent, and the page's language and title as the browser shows and reads them. */
export function useDress(company: Company | undefined, language: Language, title: string): void {
  useEffect(() => {
    if (!company) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(accentStyle(":root", company.accent));
    document.adoptedStyleSheets = [sheet];
  }, [company]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = company ? `${title} – ${company.name}` : title;
  }, [language, title, company]);
}
