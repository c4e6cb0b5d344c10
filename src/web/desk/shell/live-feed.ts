import { type QueryClient, type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Contact, Conversation, LiveEvent, Message } from "#kernel/api";
import { followLive, type LiveState } from "../../client/live.ts";
import { contactQuery } from "../conversations/contact/queries.ts";
import { patchList, patchMessages, type Viewer } from "../conversations/live-patch.ts";
import { settleByMessage } from "../conversations/outbox.ts";
import { conversationKeys, type Filter, type Pages } from "../conversations/queries.ts";
import { noteWriting, noteWritten } from "../conversations/typing.ts";
import { useMe, useMyDepartment } from "../session/session.ts";

/** Counts follow many events; they are asked for at most this often. */
const countsEveryMs = 800;

/** What a "changed" event makes stale. */
const staleBy: Record<Extract<LiveEvent, { type: "changed" }>["what"], readonly QueryKey[]> = {
  contact: [["contact"], ["contacts"]],
  channel: [["channels"]],
  parked: [["parked"], conversationKeys.counts],
  callback: [["callbacks"]],
  knowledge: [["knowledge"]],
  company: [["company"], ["me"]],
  staff: [["staff"], ["departments"]],
  delivery: [],
};
/** Evenings change often, and each look at one is large. */
const eveningsEveryMs = 1_500;

/** Follows the node and writes every event into what is loaded. Stands once, in the shell. */
export function useLiveFeed(onSignedOut: () => void): LiveState {
  const client = useQueryClient();
  const session = useMe();
  const departmentId = useMyDepartment();
  const viewer = useRef<Viewer>({ staffId: session.user.id, departmentId });
  viewer.current = { staffId: session.user.id, departmentId };
  const signedOut = useRef(onSignedOut);
  signedOut.current = onSignedOut;
  const [state, setState] = useState<LiveState>("open");
  useEffect(() => {
    const begun = Date.now();
    const counts = coalesced(
      () => client.invalidateQueries({ queryKey: conversationKeys.counts }),
      countsEveryMs,
    );
    const evenings = coalesced(
      () => client.invalidateQueries({ queryKey: ["delivery", "live"] }),
      eveningsEveryMs,
    );
    return followLive({
      tenant: session.company.id,
      onState: setState,
      onSignedOut: () => signedOut.current(),
      onOpen: (isFirst) => {
        if (isFirst) void refreshOlderThan(client, Date.now(), begun);
        void client.refetchQueries({ type: "active", predicate: ({ state }) => state.status === "error" });
      },
      onEvent: (event) => {
        apply(event, client, viewer.current);
        if (event.type === "changed" && event.what === "delivery") evenings();
        else if (event.type !== "typing") counts();
      },
    });
  }, [client, session.company.id]);
  return state;
}

/** What was loaded between start and the first event may have missed one. */
function refreshOlderThan(client: QueryClient, openedAt: number, begun: number): Promise<void> {
  return client.invalidateQueries({
    predicate: (query) =>
      query.state.dataUpdatedAt < openedAt &&
      query.state.dataUpdatedAt >= begun &&
      isFollowed(query.queryKey),
  });
}

function isFollowed([name]: QueryKey): boolean {
  return name === "conversations" || name === "conversation" || name === "messages";
}

function apply(event: LiveEvent, client: QueryClient, viewer: Viewer): void {
  switch (event.type) {
    case "message":
      takeMessage(client, event.message);
      if (event.conversation) takeConversation(client, event.conversation, viewer);
      return;
    case "conversation":
      takeConversation(client, event.conversation, viewer);
      return;
    case "typing":
      if (event.staffId !== viewer.staffId) noteWriting(event.conversationId, event);
      return;
    case "changed":
      for (const queryKey of staleBy[event.what]) void client.invalidateQueries({ queryKey });
      return;
    case "reset":
      void client.invalidateQueries();
  }
}

/** Writes a message into its conversation, if that is loaded. */
export function takeMessage(client: QueryClient, message: Message): void {
  settleByMessage(message);
  noteWritten(message.conversationId, message.author === "customer" ? "customer" : "us");
  patch<Pages<Message>>(client, conversationKeys.messages(message.conversationId), (list) =>
    patchMessages(list, message),
  );
}

/** Writes a conversation into every loaded list and its own page. */
export function takeConversation(client: QueryClient, conversation: Conversation, viewer: Viewer): void {
  const { id, state, lastMessageAt } = conversation;
  patch<Conversation>(client, conversationKeys.one(id), () => conversation);
  patch<Contact>(client, contactQuery(conversation.contact.id).queryKey, (contact) => ({
    ...contact,
    conversations: contact.conversations.map((row) =>
      row.id === id ? { ...row, state, lastMessageAt } : row,
    ),
  }));
  for (const query of client.getQueryCache().findAll({ queryKey: conversationKeys.lists })) {
    const filter = query.queryKey[1] as Filter;
    patch<Pages<Conversation>>(client, query.queryKey, (list) =>
      patchList(list, conversation, filter, viewer),
    );
  }
}

/** A load on its way may have been asked before the event: it is asked again, so that it cannot undo the event. */
function patch<Data>(client: QueryClient, queryKey: QueryKey, edit: (data: Data) => Data): void {
  const state = client.getQueryState(queryKey);
  if (!state) return;
  client.setQueryData<Data>(queryKey, (data) => data && edit(data));
  if (state.fetchStatus === "fetching") void client.invalidateQueries({ queryKey, exact: true });
}

function coalesced(run: () => void, everyMs: number): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      run();
    }, everyMs);
  };
}
