import { type ReactNode, useEffect, useMemo, useState } from "react";
import { type Language, type RoomCatalogue, translator } from "./catalogue.ts";
import { TextContext, useText } from "./use-text.ts";

const load: Record<Language, () => Promise<RoomCatalogue>> = {
  de: async () => (await import("../messages/de/notices.ts")).notices,
  en: async () => (await import("../messages/en/notices.ts")).notices,
};

/** Adds the sentences of notices and consents, so that they are no part of the desk's first load. */
export function RoomWords({ children }: { children: ReactNode }) {
  const tools = useText();
  const { language, form, catalogue } = tools;
  const [room, setRoom] = useState<{ language: Language; words: RoomCatalogue } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void load[language]().then((words) => {
      if (isCurrent) setRoom({ language, words });
    });
    return () => {
      isCurrent = false;
    };
  }, [language]);
  const more = useMemo(() => {
    if (room?.language !== language) return null;
    const all = { ...catalogue, ...room.words };
    return { ...tools, catalogue: all, t: translator({ language, form, catalogue: all }) };
  }, [tools, room, language, form, catalogue]);
  return more && <TextContext value={more}>{children}</TextContext>;
}
