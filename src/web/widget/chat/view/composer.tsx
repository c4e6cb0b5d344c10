/** @jsxImportSource preact */
import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useChat, useSettings } from "./context.ts";
import { count, fileSize } from "./format.ts";
import { Icon } from "./icon.tsx";

/** As the contract allows, in UTF-16 units. */
const TEXT_LIMIT = 4_096;
/** From here on the number of signs is worth showing. */
const TEXT_NEAR = 3_600;
export const FILE_LIMIT_BYTES = 10_000_000;
const MOST_HEIGHT_PX = 168;

export interface ComposerFile {
  file: File | null;
  problem: "tooBig" | "empty" | null;
  take(file: File | null | undefined): void;
}

/** The file beside the text: chosen, pasted or dropped, checked before anything is sent. */
export function useComposerFile(): ComposerFile {
  const [file, setFile] = useState<File | null>(null);
  const [problem, setProblem] = useState<ComposerFile["problem"]>(null);
  const take = (next: File | null | undefined) => {
    const fault = !next ? null : next.size > FILE_LIMIT_BYTES ? "tooBig" : next.size === 0 ? "empty" : null;
    setProblem(fault);
    setFile(fault ? null : (next ?? null));
  };
  return { file, problem, take };
}

function Hint({ length, problem }: { length: number; problem: ComposerFile["problem"] }) {
  const { words, language } = useChat();
  const limit = count(TEXT_LIMIT, language);
  const isOver = length > TEXT_LIMIT;
  let text = "";
  if (problem === "tooBig") text = words.fileTooBig(fileSize(FILE_LIMIT_BYTES, language));
  else if (problem === "empty") text = words.fileEmpty;
  else if (isOver) text = words.tooLong(count(length - TEXT_LIMIT, language), limit);
  else if (length > TEXT_NEAR) text = words.used(count(length, language), limit);
  const isFault = problem !== null || isOver;
  return (
    <p id="ah-hint" class={isFault ? "hint fault" : "hint"} role="status">
      {isFault && <Icon name="octagonAlert" size={16} />}
      {text}
    </p>
  );
}

function ChosenFile({ file, onRemove }: { file: File; onRemove(): void }) {
  const { words, language } = useChat();
  return (
    <p class="chosen">
      <Icon name="file" />
      <span class="file-name">{file.name}</span>
      <span class="file-size">{fileSize(file.size, language)}</span>
      <button
        type="button"
        class="tool"
        aria-label={words.removeFile}
        title={words.removeFile}
        onClick={onRemove}
      >
        <Icon name="x" size={16} />
      </button>
    </p>
  );
}

function AttachButton({ onFile }: { onFile(file: File | undefined): void }) {
  const { words } = useChat();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        class="tool"
        aria-label={words.attach}
        title={words.attach}
        onClick={() => input.current?.click()}
      >
        <Icon name="paperclip" />
      </button>
      <input
        ref={input}
        type="file"
        hidden
        onChange={(event) => {
          onFile(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
    </>
  );
}

/** Grows with its text; set by script, since a style attribute would need the site's style-src. */
function useGrowing(area: RefObject<HTMLTextAreaElement | null>, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what makes it grow
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight + 2, MOST_HEIGHT_PX)}px`;
  }, [area, text]);
}

function usePlaceholder(): string {
  const { words, snapshot } = useChat();
  const { company } = useSettings();
  const { messages, outgoing, speaker } = snapshot.conversation;
  if (messages.length + outgoing.length === 0) return words.placeholderFirst;
  return words.placeholder(speaker.speaker === "person" ? (speaker.personName ?? company) : company);
}

export function Composer({
  area,
  attached,
}: {
  area: RefObject<HTMLTextAreaElement | null>;
  attached: ComposerFile;
}) {
  const { session, words } = useChat();
  const placeholder = usePlaceholder();
  const [text, setText] = useState(session.draft);
  useGrowing(area, text);
  const { file, problem, take } = attached;

  const send = () => {
    const isEmpty = text.trim() === "" && !file;
    if (
      !isEmpty &&
      text.length <= TEXT_LIMIT &&
      session.say({ text: text.trim(), file: file ?? undefined })
    ) {
      setText("");
      take(null);
    }
    area.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes a sign, Enter belongs to it.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };
  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData?.files[0];
    if (!pasted) return;
    event.preventDefault();
    take(pasted);
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {file && <ChosenFile file={file} onRemove={() => take(null)} />}
      <Hint length={text.length} problem={problem} />
      <div class="write">
        <AttachButton onFile={take} />
        <textarea
          ref={area}
          rows={1}
          value={text}
          aria-label={words.message}
          aria-describedby="ah-hint"
          aria-invalid={text.length > TEXT_LIMIT}
          placeholder={placeholder}
          enterkeyhint="send"
          onInput={(event) => {
            setText(event.currentTarget.value);
            session.typing();
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <button type="submit" class="send" aria-label={words.send} title={words.send}>
          <Icon name="arrowUp" />
        </button>
      </div>
    </form>
  );
}
