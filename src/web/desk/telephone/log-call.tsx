import { useState } from "react";
import type { Conversation } from "#kernel/api";
import { useText } from "../text/use-text.ts";
import { LogForm } from "./log-form.tsx";
import { TelephoneWords } from "./telephone-words.tsx";

interface LogCallProps {
  conversation: Conversation;
  onDone(): void;
}

/** Logs a call where its conversation is open. */
export function LogCall(props: LogCallProps) {
  return (
    <TelephoneWords>
      <Inside {...props} />
    </TelephoneWords>
  );
}

function Inside({ conversation, onDone }: LogCallProps) {
  const { t } = useText();
  // Whoever leaves stands again where they came from.
  const [opener] = useState(() => document.activeElement);
  const leave = () => {
    if (opener instanceof HTMLElement) opener.focus();
    onDone();
  };
  return (
    <section
      aria-label={t("calls.log")}
      className="max-h-[60dvh] overflow-y-auto border-t border-line bg-sheet px-4 py-4 lg:px-6"
    >
      <h3 className="mb-3">{t("calls.log")}</h3>
      <LogForm
        target={{ conversationId: conversation.id }}
        direction="out"
        topic={conversation.topic}
        onDone={leave}
      />
    </section>
  );
}
