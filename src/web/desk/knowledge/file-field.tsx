import { OctagonAlert, Upload } from "lucide-react";
import { useId, useRef } from "react";
import { Button } from "../../ui/button.tsx";
import { useText } from "../text/use-text.ts";

interface FileFieldProps {
  label: string;
  /** The columns. */
  help: string;
  file: File | null;
  error?: string | null;
  onChange(file: File | null): void;
}

/** A CSV file from this device. */
export function FileField({ label, help, file, error, onChange }: FileFieldProps) {
  const { t, format } = useText();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-small font-strong">
        {label}
      </label>
      <input
        id={id}
        ref={input}
        type="file"
        accept=".csv,text/csv"
        tabIndex={-1}
        aria-describedby={`${id}-help`}
        className="hidden"
        onChange={(event) => onChange(event.target.files?.[0] ?? null)}
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button
          icon={Upload}
          aria-label={t("files.chooseFor", { label })}
          onClick={() => input.current?.click()}
        >
          {t("files.choose")}
        </Button>
        <span className="text-small">
          {file ? `${file.name}, ${format.size(file.size)}` : t("files.none")}
        </span>
      </div>
      <p id={`${id}-help`} className="text-small text-ink-2">
        {t("files.columns")} <code className="font-mono">{help}</code>
      </p>
      {error && (
        <p className="flex gap-1.5 text-small font-medium text-bad">
          <OctagonAlert size={16} strokeWidth={1.75} aria-hidden="true" className="mt-0.5 shrink-0" />
          {error}
        </p>
      )}
    </div>
  );
}
