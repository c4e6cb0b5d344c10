import { type Ref, useImperativeHandle, useRef } from "react";
import { classNames } from "../../ui/class-names.ts";
import { useText } from "../text/use-text.ts";

export interface TextPaneHandle {
  /** Puts the cursor there and brings it into sight. */
  show(line: number, column: number): void;
}

interface TextPaneProps {
  ref: Ref<TextPaneHandle>;
  text: string;
  isReadOnly: boolean;
  /** Lines that are marked in the margin. */
  faultLines: readonly number[];
  onChange(text: string): void;
}

/** px; the margin's numbers stand beside their lines. */
const LINE_HEIGHT = 22;
const PAD = 10;

/** A plain text field with line numbers. Tab leaves it, as everywhere. */
export function TextPane({ ref, text, isReadOnly, faultLines, onChange }: TextPaneProps) {
  const { t } = useText();
  const field = useRef<HTMLTextAreaElement>(null);
  const margin = useRef<HTMLPreElement>(null);
  useImperativeHandle(ref, () => ({
    show(line, column) {
      const area = field.current;
      if (!area) return;
      const lines = area.value.split("\n");
      const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
      const end = start + (lines[line - 1]?.length ?? 0);
      area.focus();
      area.setSelectionRange(Math.min(start + column - 1, end), end);
      area.scrollTop = Math.max(0, (line - 4) * LINE_HEIGHT);
      area.scrollIntoView({ block: "nearest" });
    },
  }));
  const count = text.split("\n").length;
  const faulty = new Set(faultLines);
  return (
    <div className="grid gap-1">
      <label htmlFor="flow-text" className="text-small font-strong">
        {t("flow.text")}
      </label>
      <div className="flex h-[min(68vh,760px)] min-h-80 overflow-hidden rounded-2 border border-line-strong bg-sheet focus-within:outline-2 focus-within:outline-offset-2">
        <pre
          ref={margin}
          aria-hidden="true"
          className="w-11 shrink-0 overflow-hidden border-r border-line bg-sunken pr-1.5 text-right font-mono text-tiny text-ink-3"
          style={{ lineHeight: `${LINE_HEIGHT}px`, paddingTop: PAD, paddingBottom: PAD }}
        >
          {Array.from({ length: count }, (_, n) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
              key={n}
              className={classNames("block", faulty.has(n + 1) && "bg-bad-soft font-strong text-bad")}
            >
              {n + 1}
            </span>
          ))}
        </pre>
        <textarea
          id="flow-text"
          ref={field}
          aria-describedby="flow-text-help"
          className="w-full resize-none overflow-auto bg-transparent px-3 font-mono text-small whitespace-pre text-ink outline-none"
          style={{ lineHeight: `${LINE_HEIGHT}px`, paddingTop: PAD, paddingBottom: PAD }}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          wrap="off"
          readOnly={isReadOnly}
          maxLength={100_000}
          value={text}
          onChange={(event) => onChange(event.target.value)}
          onScroll={({ currentTarget }) => {
            if (margin.current) margin.current.scrollTop = currentTarget.scrollTop;
          }}
        />
      </div>
      <p id="flow-text-help" className="text-small text-ink-2">
        {t("flow.textHelp")}
      </p>
    </div>
  );
}
