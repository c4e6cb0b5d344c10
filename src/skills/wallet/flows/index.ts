import type { Effect, Turn } from "#kernel";
import { asksForWallet } from "../rules/speech.ts";
import { INVITE } from "../rules/timer-kinds.ts";

/**
 * What this skill does with one message. Pure: who asks for a wallet gets the way to it by a job, because an invitation is a row.
 * @param takesCoin the company issues a coin or takes one
 * @returns null when others may answer
 */
export function decide(turn: Turn, takesCoin: boolean): readonly Effect[] | null {
  const { content, text } = turn.message;
  if (!takesCoin || turn.late || content.type !== "text" || !asksForWallet(text)) return null;
  // A step that another skill has opened is answered there.
  if (turn.conversation.flow && turn.conversation.flow.flow !== "") return null;
  const payload = {
    contactId: turn.contact.id,
    conversationId: turn.conversation.id,
    messageId: turn.message.id,
  };
  return [
    { do: "schedule", kind: INVITE, key: turn.message.id, dueAt: turn.now, payload },
    { do: "endFlow" },
  ];
}
