import { useId } from "react";
import { classNames } from "./class-names.ts";

export interface SwitchProps {
  label: string;
  help?: string;
  /** Said only, where the row names it already. */
  hideLabel?: boolean;
  /** The words beside it, e.g. "An" and "Aus": a position alone says nothing. */
  words: { on: string; off: string };
  checked: boolean;
  onChange(checked: boolean): void;
}

export function Switch({ label, help, hideLabel = false, words, checked, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-4">
      <div>
        <span id={id} className={hideLabel ? "ear-only" : "text-small font-strong"}>
          {label}
        </span>
        {help && <p className="text-small text-ink-2">{help}</p>}
      </div>
      <button
        type="button"
        role="switch"
        aria-checked={checked}
        aria-labelledby={id}
        onClick={() => onChange(!checked)}
        className="flex min-h-6 shrink-0 items-center gap-2 text-small font-strong"
      >
        <span
          className={classNames(
            "flex h-6 w-11 items-center rounded-1 border border-line-strong p-0.5",
            checked ? "justify-end bg-accent" : "justify-start bg-sunken",
          )}
        >
          <span className={classNames("h-full w-4 rounded-1", checked ? "bg-on-accent" : "bg-line-strong")} />
        </span>
        <span className="min-w-7 text-left">{checked ? words.on : words.off}</span>
      </button>
    </div>
  );
}
