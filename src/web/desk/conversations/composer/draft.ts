import type { ComposerMode } from "./composer-events.ts";

/** What stands in a conversation's composer; it survives looking elsewhere and a reload, in this tab only. */
export interface Draft {
  text: string;
  mode: ComposerMode;
  replyTo: string | null;
}

const empty: Draft = { text: "", mode: "answer", replyTo: null };

function key(conversationId: number): string {
  return `ah.draft.${conversationId}`;
}

export function readDraft(conversationId: number): Draft {
  try {
    return {
      ...empty,
      ...(JSON.parse(sessionStorage.getItem(key(conversationId)) ?? "{}") as Partial<Draft>),
    };
  } catch {
    return empty;
  }
}

export function keepDraft(conversationId: number, draft: Draft): void {
  if (draft.text || draft.replyTo || draft.mode === "note")
    sessionStorage.setItem(key(conversationId), JSON.stringify(draft));
  else sessionStorage.removeItem(key(conversationId));
}
