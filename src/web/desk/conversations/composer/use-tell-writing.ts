import { useRef } from "react";
import { typeInConversation } from "#kernel/api";
import { call } from "../../../client/call.ts";

/** The sign lasts 6 s at the other side; repeated a little before it ends. */
const everyMs = 4_000;

/** Tells customer and colleagues that an answer is being written. A lost sign is no loss. */
export function useTellWriting(conversationId: number): () => void {
  const told = useRef(0);
  return () => {
    if (Date.now() - told.current < everyMs) return;
    told.current = Date.now();
    call(typeInConversation, { params: { id: conversationId } }).catch(() => {});
  };
}
