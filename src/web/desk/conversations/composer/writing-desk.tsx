import { type RefObject, useRef } from "react";
import { extra } from "../../shell/extra.tsx";
import { sendDraft } from "../outbox.ts";
import { AnswerField } from "./answer-field.tsx";
import { AttachmentChip } from "./attachment-chip.tsx";
import { ComposerBar, SendButton, SmallTools } from "./composer-bar.tsx";
import type { ComposerProps } from "./composer-props.ts";
import type { Draft } from "./draft.ts";
import { QuotedLine } from "./quoted-line.tsx";
import { useAttachment } from "./use-attachment.ts";
import { useFileDrop } from "./use-file-drop.ts";
import { useTellWriting } from "./use-tell-writing.ts";

/** Loaded when somebody has a case to answer; without contact to the node one writes without. */
const Suggestions = extra(() => import("./suggestions.tsx"), "Suggestions");

interface DeskProps extends ComposerProps {
  field: RefObject<HTMLTextAreaElement | null>;
  draft: Draft;
  change(part: Partial<Draft>): void;
}

/** Field, file and buttons of a free-form answer or note. */
export function WritingDesk({ conversation, actions, onPromise, onAsk, field, draft, change }: DeskProps) {
  const place = useRef<HTMLDivElement>(null);
  const { attachment, add, remove } = useAttachment();
  const tellWriting = useTellWriting(conversation.id);
  useFileDrop(place, add);
  const { mode, replyTo } = draft;
  const send = () => {
    const text = draft.text.trim();
    if (attachment && attachment.state !== "ready") return;
    if (!text && !attachment) return field.current?.focus();
    const file = attachment && {
      fileId: attachment.stored.fileId,
      name: attachment.name,
      mime: attachment.stored.mime,
    };
    sendDraft({
      conversationId: conversation.id,
      note: mode === "note",
      replyTo,
      text,
      file,
      template: null,
    });
    change({ text: "", replyTo: null, mode: "answer" });
    remove();
  };
  const write = (text: string) => {
    if (mode === "answer" && text) tellWriting();
    change({ text });
  };
  const openBlocks = () => {
    change({ text: draft.text ? `${draft.text.trimEnd()} /` : "/" });
    requestAnimationFrame(() => field.current?.focus());
  };
  const tools = { onFile: add, onPromise, onAsk, onBlocks: openBlocks };
  return (
    <div ref={place}>
      {replyTo && (
        <QuotedLine
          conversationId={conversation.id}
          messageId={replyTo}
          onRemove={() => change({ replyTo: null })}
        />
      )}
      {mode === "answer" && (conversation.state === "waiting" || conversation.state === "person") && (
        <Suggestions conversation={conversation} field={field} text={draft.text} onTake={write} />
      )}
      <div className="flex items-end gap-2">
        <SmallTools {...tools} />
        <AnswerField
          conversation={conversation}
          field={field}
          mode={mode}
          text={draft.text}
          onText={write}
          onSend={send}
          onFile={add}
        />
        <SendButton mode={mode} onSend={send} isSmall />
      </div>
      {attachment && <AttachmentChip attachment={attachment} onRetry={add} onRemove={remove} />}
      <ComposerBar
        {...tools}
        conversation={conversation}
        mode={mode}
        isBusy={actions.isBusy}
        onClose={actions.close}
        onSend={send}
      />
    </div>
  );
}
