/** The part of nlp.js that `assistant compare` uses; the packages bring no types. */
declare module "@nlpjs/basic" {
  export interface Nlp {
    readonly container: { use(plugin: unknown): void };
    addLanguage(locale: string): void;
    addDocument(locale: string, text: string, intent: string): void;
    train(): Promise<unknown>;
    process(
      locale: string,
      text: string,
    ): Promise<{
      intent: string;
      score: number;
      classifications?: readonly { intent: string; score: number }[];
    }>;
  }
  export function dockStart(settings: unknown): Promise<{ get(name: "nlp"): Nlp }>;
}

declare module "@nlpjs/lang-de" {
  export const LangDe: unknown;
}
