import type { Language } from "./words.ts";

/** The company as every page of a customer gets it. */
export interface Company {
  name: string;
  logo: string | null;
  accent: { light: Record<string, string>; dark: Record<string, string> };
  legal: { imprint: string; privacy: string };
}

/** What a page behind a link is told first: for whom it speaks, and how. */
export interface Told {
  company: Company;
  language: Language;
  formOfAddress: "sie" | "du";
}
