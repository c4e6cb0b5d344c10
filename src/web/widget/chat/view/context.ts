import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { Settings } from "../../contract.ts";
import type { Language } from "../../seam.ts";
import type { Session } from "../state/session.ts";
import type { Snapshot } from "../state/snapshot.ts";
import { type Words, wordsOf } from "../words/words.ts";

/** What every part of the opened chat needs. */
export interface Chat {
  session: Session;
  snapshot: Snapshot;
  words: Words;
  language: Language;
}

export const ChatContext = createContext<Chat | null>(null);

/** @throws Error outside of the chat. */
export function useChat(): Chat {
  const chat = useContext(ChatContext);
  if (!chat) throw new Error("useChat outside of the chat");
  return chat;
}

/** The company's settings; only below the part that waits for them. */
export function useSettings(): Settings {
  const { settings } = useChat().snapshot;
  if (!settings) throw new Error("useSettings before the settings arrived");
  return settings;
}

/** The session as it is now; draws anew with every change. */
export function useSnapshot(session: Session): Chat {
  const [snapshot, setSnapshot] = useState(session.store.get());
  useEffect(() => {
    setSnapshot(session.store.get());
    return session.store.subscribe(() => setSnapshot(session.store.get()));
  }, [session]);
  const { language, settings } = snapshot;
  return { session, snapshot, language, words: wordsOf(language, settings?.formOfAddress ?? "sie") };
}
