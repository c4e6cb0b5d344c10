import type { Conversation } from "#kernel/api";
import type { ConversationActions } from "../use-actions.ts";

export interface ComposerProps {
  conversation: Conversation;
  actions: ConversationActions;
  onPromise(): void;
  onAsk(): void;
}
