import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { type Conversation, readConversation } from "#kernel/api";
import { call } from "../../client/call.ts";
import { conversationKeys } from "./queries.ts";

/** What stands open before a person's eyes is read; a tab in the background reads nothing. */
export function useMarkRead(conversation: Conversation | undefined): void {
  const client = useQueryClient();
  const id = conversation?.id;
  const unread = conversation?.unread ?? 0;
  useEffect(() => {
    if (!id || unread === 0) return;
    const read = () => {
      if (document.visibilityState !== "visible") return;
      client.setQueryData<Conversation>(conversationKeys.one(id), (now) => now && { ...now, unread: 0 });
      // Not read after all when the call fails: the next opening says it again.
      call(readConversation, { params: { id } }).catch(() => {});
    };
    read();
    document.addEventListener("visibilitychange", read);
    return () => document.removeEventListener("visibilitychange", read);
  }, [client, id, unread]);
}
