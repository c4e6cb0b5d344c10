import { type ReactNode, useEffect, useMemo, useState } from "react";
import { type Language, type RoomCatalogue, translator } from "./catalogue.ts";
import { TextContext, useText } from "./use-text.ts";

const load: Record<Language, () => Promise<RoomCatalogue>> = {
  de: async () => (await import("../messages/de/notices.ts")).notices,
  en: async () => (await import("../messages/en/notices.ts")).notices,
};

/** Adds the sentences of notices, so that they are no part of the desk's first load. */
export function RoomWords({ children }: { children: ReactNode }) {
  const tools = useText();
  const { language, form, catalogue } = tools;
  const [room, setRoom] = useState<{ language: Language; words: RoomCatalogue } | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    let isCurrent = true;
    load[language]().then((words) => {
      if (isCurrent) setRoom({ language, words });
    }, setFailure);
    return () => {
      isCurrent = false;
    };
  }, [language]);
  const more = useMemo(() => {
    if (room?.language !== language) return null;
    const all = { ...catalogue, ...room.words };
    return { ...tools, catalogue: all, t: translator({ language, form, catalogue: all }) };
  }, [tools, room, language, form, catalogue]);
  // The page around says that it cannot be shown, with the way to try again.
  if (failure) throw failure;
  return more && <TextContext value={more}>{children}</TextContext>;
}
