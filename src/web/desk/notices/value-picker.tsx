import { Plus, X } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import type { Parameter } from "../../../skills/notices/api.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { useText } from "../text/use-text.ts";

interface PickerProps {
  label: string;
  help: string;
  /** What may be chosen; empty = any words. */
  known: Parameter["values"];
  chosen: readonly string[];
  onChange(chosen: string[]): void;
}

/** Some of many values: typed with suggestions, shown as a list that can be taken from again. */
export function ValuePicker({ label, help, known, chosen, onChange }: PickerProps) {
  const { t, language } = useText();
  const id = useId();
  const [words, setWords] = useState("");
  const [isUnknown, setUnknown] = useState(false);
  const nameOf = (value: string) => {
    const found = known.find((one) => one.value === value);
    return found?.label[language] || found?.label.de || value;
  };
  const add = () => {
    const value = meantBy(words, known);
    setUnknown(value === null && words.trim() !== "");
    if (value === null) return;
    if (!chosen.includes(value)) onChange([...chosen, value]);
    setWords("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    add();
  };
  return (
    <div className="grid content-start gap-2">
      <div className="flex items-start gap-2">
        <TextField
          label={label}
          help={help}
          className="min-w-0 flex-1"
          list={known.length > 0 ? id : undefined}
          maxLength={80}
          value={words}
          error={isUnknown ? t("notices.valueUnknown", { label }) : null}
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <Button icon={Plus} className="mt-6" aria-label={t("notices.addValueTo", { label })} onClick={add}>
          {t("notices.addValue")}
        </Button>
      </div>
      <datalist id={id}>
        {known.map(({ value }) => (
          <option key={value} value={nameOf(value)} />
        ))}
      </datalist>
      {chosen.length > 0 && (
        <ul aria-label={t("notices.chosen", { label })} className="flex flex-wrap gap-1.5">
          {chosen.map((value) => (
            <li key={value}>
              <button
                type="button"
                aria-label={t("notices.takeOut", { name: nameOf(value) })}
                onClick={() => onChange(chosen.filter((one) => one !== value))}
                className="inline-flex min-h-8 items-center gap-1 rounded-1 bg-accent-soft px-2 text-small font-strong wrap-anywhere hover:bg-sunken"
              >
                {nameOf(value)}
                <X size={16} strokeWidth={1.75} aria-hidden="true" className="shrink-0" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** By its value or its name in either language; any words where nothing is given. */
function meantBy(words: string, known: Parameter["values"]): string | null {
  const wanted = words.trim().toLowerCase();
  if (wanted === "") return null;
  if (known.length === 0) return words.trim();
  const found = known.find(({ value, label }) =>
    [value, label.de, label.en].some((name) => name.toLowerCase() === wanted),
  );
  return found?.value ?? null;
}
