import type { Effect } from "#kernel";
import { CONSENT } from "../rules/timer-kinds.ts";
import { readYesNo } from "../rules/wishes.ts";
import { NO_ID, YES_ID } from "./option-ids.ts";
import { type Scene, words } from "./scene.ts";

/** Asks whether progress may be told after the provider's window; only where a template could carry it. */

export const PROGRESS = "progress";

export function askForProgress(scene: Scene): Effect[] {
  const text = words(scene, "askProgress");
  return [
    {
      do: "ask",
      flow: PROGRESS,
      step: "answer",
      data: { text },
      text,
      options: [
        { id: YES_ID, title: words(scene, "optionYes") },
        { id: NO_ID, title: words(scene, "optionNo") },
      ],
    },
  ];
}

/** @returns null when the message is neither yes nor no */
export function continueProgress(scene: Scene): readonly Effect[] | null {
  const { turn, language } = scene;
  const { flow } = turn.conversation;
  if (flow?.flow !== PROGRESS) return null;
  const answer = yesOrNo(scene);
  if (!answer) return null;
  if (answer === "no") return [{ do: "say", text: words(scene, "progressNo") }, { do: "endFlow" }];
  const consent: Effect = {
    do: "schedule",
    kind: CONSENT,
    key: turn.message.id,
    dueAt: turn.now,
    payload: {
      conversationId: turn.conversation.id,
      contactId: turn.contact.id,
      channelId: turn.channel.id,
      messageId: turn.message.id,
      language,
      text: String(flow.data.text ?? ""),
    },
  };
  return [consent, { do: "say", text: words(scene, "progressYes") }, { do: "endFlow" }];
}

export function yesOrNo({ turn, text }: Scene): "yes" | "no" | null {
  const { content } = turn.message;
  if (content.type !== "choice") return readYesNo(text);
  if (content.id === YES_ID) return "yes";
  return content.id === NO_ID ? "no" : null;
}
