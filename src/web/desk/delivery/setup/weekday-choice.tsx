import { useText } from "../../text/use-text.ts";

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/** 1 January 2024 was a Monday. */
const monday = Date.UTC(2024, 0, 1);
const dayMs = 86_400_000;

/** @returns "Mo" for 1, as the language shortens it */
export function useWeekdayName(length: "short" | "long" = "short"): (weekday: number) => string {
  const { format } = useText();
  const names = new Intl.DateTimeFormat(format.locale, { weekday: length, timeZone: "UTC" });
  return (weekday) => names.format(monday + (weekday - 1) * dayMs);
}

interface WeekdayChoiceProps {
  label: string;
  value: readonly number[];
  error?: string | null;
  onChange(value: number[]): void;
}

/** Any of the seven days. */
export function WeekdayChoice({ label, value, error, onChange }: WeekdayChoiceProps) {
  const name = useWeekdayName();
  return (
    <fieldset>
      <legend className="mb-1 text-small font-strong">{label}</legend>
      <div className="flex flex-wrap gap-1">
        {weekdays.map((weekday) => (
          <label
            key={weekday}
            className="inline-flex min-h-(--ah-control) cursor-pointer items-center gap-1.5 rounded-2 border border-line-strong bg-sheet px-2 text-small has-checked:border-ink has-checked:bg-accent-soft has-checked:font-strong has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-(--ah-focus)"
          >
            <input
              type="checkbox"
              className="size-4 accent-(--ah-accent)"
              aria-invalid={error ? true : undefined}
              checked={value.includes(weekday)}
              onChange={(event) =>
                onChange(
                  event.target.checked ? [...value, weekday].sort() : value.filter((one) => one !== weekday),
                )
              }
            />
            {name(weekday)}
          </label>
        ))}
      </div>
      {error && <p className="mt-1 text-small font-medium text-bad">{error}</p>}
    </fieldset>
  );
}
