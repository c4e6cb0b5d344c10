import { useId } from "react";

export interface ChoiceProps<Value extends string> {
  label: string;
  help?: string;
  options: readonly { value: Value; label: string; help?: string }[];
  value: Value;
  onChange(value: Value): void;
}

/** One of a few, all visible. */
export function Choice<Value extends string>({ label, help, options, value, onChange }: ChoiceProps<Value>) {
  const name = useId();
  return (
    <fieldset>
      <legend className="text-small font-strong">{label}</legend>
      {help && <p className="text-small text-ink-2">{help}</p>}
      <div className="mt-1.5 flex flex-wrap gap-2">
        {options.map((option) => (
          <label
            key={option.value}
            className="flex min-h-(--ah-control) cursor-pointer items-center gap-2 rounded-2 border border-line-strong bg-sheet px-3 py-1 text-desk has-checked:border-ink has-checked:bg-accent-soft has-checked:font-strong has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-(--ah-focus)"
          >
            <input
              type="radio"
              name={name}
              className="size-4 accent-(--ah-accent)"
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>
              {option.label}
              {option.help && <span className="block text-tiny font-text text-ink-2">{option.help}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
