import type { SpeakingFlow } from "../dialogue/turn.ts";
import type { Turn } from "../skill.ts";
import { asksForOwnData } from "./asking.ts";
import { portalMessages } from "./messages.ts";

/** The timer that answers; see send-link.ts. */
export const LINK_TIMER = "portal_link";

/**
 * Who asks for the own data gets a link in the same conversation. A flow does no I/O and the link's secret is random,
 * so the flow only asks for the timer, which mints it, stores its hash and answers.
 */
export function portalFlow(): SpeakingFlow {
  return {
    skill: "portal",
    catalogue: portalMessages,
    always: true,
    flow: {
      turn({ message, conversation, now }: Turn) {
        if (!asksForOwnData(message.text)) return null;
        const payload = {
          conversationId: conversation.id,
          messageId: message.id,
          language: conversation.language,
        };
        return [{ do: "schedule", kind: LINK_TIMER, key: message.id, dueAt: now, payload }];
      },
    },
  };
}
