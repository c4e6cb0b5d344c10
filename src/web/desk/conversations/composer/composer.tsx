import { useRef } from "react";
import type { Conversation } from "#kernel/api";
import { classNames } from "../../../ui/class-names.ts";
import { useNow } from "../../text/use-now.ts";
import { useText } from "../../text/use-text.ts";
import { sendDraft } from "../outbox.ts";
import { useWriters } from "../typing.ts";
import type { ComposerMode } from "./composer-events.ts";
import type { ComposerProps } from "./composer-props.ts";
import { ModeChoice } from "./mode-choice.tsx";
import { TemplateForm } from "./template-form.tsx";
import { useDraft } from "./use-draft.ts";
import { WindowLine, windowLeft } from "./window-line.tsx";
import { WritingDesk } from "./writing-desk.tsx";

/** Answer or note. What is written is kept until the node has it. */
export function Composer(props: ComposerProps) {
  const { conversation } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const { draft, change } = useDraft(conversation.id, field);
  const isNote = draft.mode === "note";
  const isWindowClosed = windowLeft(conversation, useNow()) === 0;
  const choose = (mode: ComposerMode) => {
    change({ mode });
    // Who chose wants to write: letters typed now must not be taken for shortcuts.
    field.current?.focus();
  };
  const base = { conversationId: conversation.id, note: false, replyTo: null, file: null };
  return (
    <div
      className={classNames(
        "border-t border-line px-4 pt-2.5 pb-3 lg:px-6",
        isNote ? "bg-sunken" : "bg-sheet",
      )}
    >
      <Collision conversation={conversation} />
      <div className="mb-2 flex items-center justify-between gap-4">
        <ModeChoice mode={draft.mode} onChange={choose} />
        {!isNote && <WindowLine conversation={conversation} />}
      </div>
      {isWindowClosed && !isNote ? (
        <TemplateForm
          conversation={conversation}
          onSend={(template, text) => sendDraft({ ...base, text, template })}
        />
      ) : (
        <WritingDesk {...props} field={field} draft={draft} change={change} />
      )}
    </div>
  );
}

/** A colleague writes here too: said before two answers go out. */
function Collision({ conversation }: { conversation: Conversation }) {
  const { t } = useText();
  const colleague = useWriters(conversation.id).find(({ side }) => side === "us");
  return (
    <p role="status" className={classNames("text-small font-strong text-info", colleague && "mb-2")}>
      {colleague && t("typing.colleague", { name: colleague.who })}
    </p>
  );
}
