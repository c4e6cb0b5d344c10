import { useEffect } from "react";

export type ComposerMode = "answer" | "note";

type Request = { mode: ComposerMode; text?: string; replyTo?: string };
const event = "ah:composer";

/** Asks the open composer for the focus, in a mode, maybe with text or a message to answer to. */
export function askComposer(mode: ComposerMode, more: Omit<Request, "mode"> = {}): void {
  dispatchEvent(new CustomEvent<Request>(event, { detail: { mode, ...more } }));
}

export function useComposerRequests(take: (request: Request) => void): void {
  useEffect(() => {
    const onRequest = (request: Event) => take((request as CustomEvent<Request>).detail);
    addEventListener(event, onRequest);
    return () => removeEventListener(event, onRequest);
  });
}
