import { type RefObject, useEffect, useState } from "react";
import { useComposerRequests } from "./composer-events.ts";
import { type Draft, keepDraft, readDraft } from "./draft.ts";

/** The draft of one conversation, and what other places ask of the composer. */
export function useDraft(conversationId: number, field: RefObject<HTMLTextAreaElement | null>) {
  const [draft, setDraft] = useState<Draft>(() => readDraft(conversationId));
  useEffect(() => keepDraft(conversationId, draft), [conversationId, draft]);
  useComposerRequests(({ mode, text, replyTo }) => {
    setDraft((now) => ({
      mode,
      text: text ? [now.text, text].filter(Boolean).join("\n") : now.text,
      replyTo: replyTo ?? now.replyTo,
    }));
    // After the field is drawn in its new mode.
    requestAnimationFrame(() => field.current?.focus());
  });
  return { draft, change: (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part })) };
}
