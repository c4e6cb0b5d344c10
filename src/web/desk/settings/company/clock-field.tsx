import { useEffect, useState } from "react";
import { readClock } from "./hours.ts";

/** A time of day as people type it; 24:00 is allowed, which `type=time` refuses. */
export function ClockField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange(value: string): void;
}) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const isWrong = readClock(text) === null;
  return (
    <input
      aria-label={label}
      aria-invalid={isWrong || undefined}
      inputMode="numeric"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => {
        const read = readClock(text);
        if (read === null) setText(value);
        else if (read !== value) onChange(read);
        else setText(read);
      }}
      className="h-(--ah-control) w-18 rounded-2 border border-line-strong bg-sheet px-2 text-center text-desk aria-invalid:border-bad"
    />
  );
}
