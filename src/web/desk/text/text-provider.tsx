import { type ReactNode, useEffect, useMemo, useState } from "react";
import { type Catalogue, type FormOfAddress, type Language, translator } from "./catalogue.ts";
import { makeFormat } from "./format.ts";
import { TextContext } from "./use-text.ts";

const load: Record<Language, () => Promise<Catalogue>> = {
  de: async () => (await import("../messages/de.ts")).de,
  en: async () => (await import("../messages/en.ts")).en,
};

export interface TextProviderProps {
  language: Language;
  form: FormOfAddress;
  timeZone: string | undefined;
  children: ReactNode;
}

/** Loads the one language that is read; nothing is shown before it is there. */
export function TextProvider({ language, form, timeZone, children }: TextProviderProps) {
  const [loaded, setLoaded] = useState<{ language: Language; catalogue: Catalogue } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void load[language]().then((catalogue) => {
      if (isCurrent) setLoaded({ language, catalogue });
    });
    return () => {
      isCurrent = false;
    };
  }, [language]);
  useEffect(() => {
    if (loaded) document.documentElement.lang = loaded.language;
  }, [loaded]);
  const tools = useMemo(() => {
    if (!loaded) return null;
    const speech = { ...loaded, form };
    return {
      t: translator(speech),
      format: makeFormat(loaded.language, timeZone),
      language: loaded.language,
      form,
      catalogue: loaded.catalogue,
    };
  }, [loaded, form, timeZone]);
  return tools && <TextContext value={tools}>{children}</TextContext>;
}
