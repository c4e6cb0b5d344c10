import { CalendarDays } from "lucide-react";
import { useRef, useState } from "react";
import { IconButton } from "../../ui/button.tsx";
import { TextField, type TextFieldProps } from "../../ui/field.tsx";
import { readTyped, writeTyped } from "./typed-date.ts";
import { useText } from "./use-text.ts";

interface DateFieldProps extends Pick<TextFieldProps, "label" | "help" | "error" | "className"> {
  /** "2026-12-24", with a time "2026-12-24T17:54"; "" for none. */
  value: string;
  /** Called with "" while what stands there is no day. */
  onChange(value: string): void;
  withTime?: boolean;
}

/** A day, typed or picked, in the desk's language whatever the browser's is; the calendar is the browser's. */
export function DateField({ value, onChange, withTime = false, error, className, ...rest }: DateFieldProps) {
  const { t, format, language } = useText();
  const picker = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [isLeft, setLeft] = useState(false);
  const read = (text: string) => readTyped(text, { withTime, today: format.dayOf(Date.now()) });
  const isUnread = typed !== null && typed.trim() !== "" && read(typed) === null;
  const example = writeTyped(withTime ? "2026-12-24T17:30" : "2026-12-24", language);
  const type = (text: string) => {
    setTyped(text);
    setLeft(false);
    onChange(read(text) ?? "");
  };
  return (
    <TextField
      {...rest}
      className={className}
      placeholder={t(withTime ? "date.likeMoment" : "date.like")}
      autoComplete="off"
      value={typed ?? writeTyped(value, language)}
      error={isUnread && isLeft ? t("date.unread", { example }) : error}
      onChange={(event) => type(event.target.value)}
      onBlur={() => {
        setLeft(true);
        if (!isUnread) setTyped(null);
      }}
      trailing={
        <>
          <input
            ref={picker}
            type={withTime ? "datetime-local" : "date"}
            tabIndex={-1}
            aria-hidden="true"
            className="pointer-events-none absolute inset-0 size-full opacity-0"
            value={value}
            onChange={(event) => {
              setTyped(null);
              onChange(event.target.value);
            }}
          />
          <IconButton
            icon={CalendarDays}
            label={t("date.pick")}
            className="absolute top-0 right-0"
            onClick={() => picker.current?.showPicker()}
          />
        </>
      }
    />
  );
}
