import { type ClipboardEvent, type KeyboardEvent, type RefObject, useLayoutEffect } from "react";
import type { Conversation } from "#kernel/api";
import { classNames } from "../../../ui/class-names.ts";
import { usePreferences } from "../../session/preferences.ts";
import { useText } from "../../text/use-text.ts";
import type { ComposerMode } from "./composer-events.ts";
import { TextBlockList } from "./text-blocks.tsx";
import { useBlockPicker } from "./use-block-picker.ts";

/** px; beyond it the field scrolls */
const tallest = 220;
const longestText = 4096;

interface FieldProps {
  conversation: Conversation;
  field: RefObject<HTMLTextAreaElement | null>;
  mode: ComposerMode;
  text: string;
  onText(text: string): void;
  onSend(): void;
  onFile(file: File): void;
}

/** The text: grows with it, sends by Enter (or Ctrl+Enter), offers text blocks at "/". */
export function AnswerField({ conversation, field, mode, text, onText, onSend, onFile }: FieldProps) {
  const { t } = useText();
  const { sendsWith } = usePreferences();
  const picker = useBlockPicker({ conversation, text, field, onText });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight + 2, tallest)}px`;
  }, [text, field]);
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (picker.onKeyDown(event) || event.nativeEvent.isComposing) return;
    // Back to the keys of the list: J, K, E and the others.
    if (event.key === "Escape") field.current?.blur();
    if (event.key !== "Enter") return;
    const isSend = sendsWith === "enter" ? !event.shiftKey : event.ctrlKey || event.metaKey;
    if (!isSend) return;
    event.preventDefault();
    onSend();
  };
  const onPaste = (event: ClipboardEvent) => {
    const file = event.clipboardData.files[0];
    if (!file) return;
    event.preventDefault();
    onFile(file);
  };
  const active = picker.matches[picker.chosen];
  return (
    <div className="relative min-w-0 flex-1">
      {picker.isOpen && (
        <TextBlockList id={picker.id} blocks={picker.matches} chosen={picker.chosen} onTake={picker.take} />
      )}
      <textarea
        ref={field}
        rows={1}
        dir="auto"
        maxLength={longestText}
        value={text}
        aria-label={mode === "note" ? t("composer.noteLabel") : t("composer.answerLabel")}
        placeholder={mode === "note" ? t("composer.notePlaceholder") : t("composer.answerPlaceholder")}
        aria-autocomplete="list"
        aria-controls={picker.isOpen ? picker.id : undefined}
        aria-activedescendant={picker.isOpen && active ? `${picker.id}-${active.id}` : undefined}
        onChange={(event) => {
          picker.onCursor(event.target.selectionStart);
          onText(event.target.value);
        }}
        onSelect={(event) => picker.onCursor(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        className={classNames(
          "block min-h-11 w-full resize-none rounded-2 border border-line-strong px-3 py-2.5 text-desk coarse:text-body lg:min-h-16",
          mode === "note" ? "border-dotted bg-sunken" : "bg-sheet",
        )}
      />
    </div>
  );
}
