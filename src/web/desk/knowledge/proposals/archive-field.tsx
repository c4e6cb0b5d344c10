import { OctagonAlert, Upload } from "lucide-react";
import { useId, useRef } from "react";
import { Button } from "../../../ui/button.tsx";
import { useText } from "../../text/use-text.ts";

interface ArchiveFieldProps {
  help: string;
  file: File | null;
  error: string | null;
  onChange(file: File | null): void;
}

/** Inbox and sent mails are often two files; one after the other they are a mailbox. */
function joined(files: readonly File[]): File | null {
  const [first, ...more] = files;
  if (!first || more.length === 0) return first ?? null;
  return new File(
    files.flatMap((file) => [file, "\n\n"]),
    [first, ...more]
      .map(({ name }) => name)
      .join(" + ")
      .slice(0, 200),
  );
}

/** A mailbox, an exported chat, a table or a saved page from this device. */
export function ArchiveField({ help, file, error, onChange }: ArchiveFieldProps) {
  const { t, format } = useText();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-small font-strong">
        {t("intake.fileLabel")}
      </label>
      <input
        id={id}
        ref={input}
        type="file"
        multiple
        tabIndex={-1}
        aria-describedby={`${id}-help`}
        className="hidden"
        onChange={(event) => onChange(joined([...(event.target.files ?? [])]))}
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button icon={Upload} onClick={() => input.current?.click()}>
          {t("intake.choose")}
        </Button>
        <span className="min-w-0 text-small wrap-anywhere">
          {file ? `${file.name}, ${format.size(file.size)}` : t("intake.noFile")}
        </span>
      </div>
      <p id={`${id}-help`} className="text-small text-ink-2">
        {help}
      </p>
      {error && (
        <p role="alert" className="flex gap-1.5 text-small font-medium text-bad">
          <OctagonAlert size={16} strokeWidth={1.75} aria-hidden="true" className="mt-0.5 shrink-0" />
          {error}
        </p>
      )}
    </div>
  );
}
