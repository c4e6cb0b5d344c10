/** @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { useCourier } from "./context.ts";
import { Icon } from "./icon.tsx";

/** What is asked stands on the lower edge, where the thumb is. Escape and the first button close it. */
export function Sheet({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose(): void;
  children: ComponentChildren;
}) {
  const { words } = useCourier();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={dialog} class="sheet" aria-labelledby={id} onCancel={onClose}>
      <div class="sheet-head">
        <h2 id={id}>{title}</h2>
        <button type="button" class="square" aria-label={words.close} onClick={onClose}>
          <Icon name="x" />
        </button>
      </div>
      <div class="sheet-body">{children}</div>
    </dialog>
  );
}

/** Below what failed: a sign, a sentence, said at once. */
export function Fault({ text }: { text: string | null }) {
  return (
    <div role="alert">
      {text && (
        <p class="fault">
          <Icon name="octagonAlert" size={18} /> {text}
        </p>
      )}
    </div>
  );
}

/** A line of text with its name above it. */
export function Field({
  label,
  value,
  onInput,
  help,
  numeric = false,
  most,
  isLong = false,
}: {
  label: string;
  value: string;
  onInput(value: string): void;
  help?: string;
  numeric?: boolean;
  most: number;
  isLong?: boolean;
}) {
  const id = useId();
  const shared = {
    id,
    value,
    maxLength: most,
    autocomplete: "off" as const,
    ...(help && { "aria-describedby": `${id}-help` }),
    onInput: (event: { currentTarget: { value: string } }) => onInput(event.currentTarget.value),
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {isLong ? (
        <textarea rows={3} {...shared} />
      ) : (
        <input type="text" inputMode={numeric ? "numeric" : "text"} {...shared} />
      )}
      {help && (
        <p id={`${id}-help`} class="quiet small">
          {help}
        </p>
      )}
    </div>
  );
}
