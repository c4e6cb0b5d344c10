import type { FlowCheck } from "../../../skills/service/api.ts";
import { classNames } from "../../ui/class-names.ts";
import { useText } from "../text/use-text.ts";
import type { Walk } from "./drawing.tsx";

interface StepListProps {
  check: FlowCheck;
  walk: Walk;
  /** Shown on wide screens too. */
  isAlways: boolean;
  onLine(line: number): void;
}

/** The same flow for narrow screens: each step with the ways out of it. */
export function StepList({ check, walk, isAlways, onLine }: StepListProps) {
  const { t } = useText();
  const shown = (step: string): string =>
    step === "end" ? t("drawing.done") : step === "person" ? t("drawing.person") : step;
  const label = (words: string): string => t.maybe(`drawing.${words}`) ?? words;
  return (
    <ol className={classNames("grid gap-2", !isAlways && "sm:hidden")}>
      {check.steps.map(({ name, line, ways }) => (
        <li
          key={`${name}.${line}`}
          className={classNames(
            "rounded-2 border bg-sheet p-3",
            walk.here === name
              ? "border-beacon-edge bg-beacon text-on-beacon"
              : walk.steps.has(name)
                ? "border-accent-edge bg-accent-soft"
                : "border-line",
          )}
        >
          <button
            type="button"
            aria-label={t("drawing.toLine", { step: name, line })}
            aria-current={walk.here === name ? "step" : undefined}
            onClick={() => onLine(line)}
            className="min-h-8 text-left font-strong underline-offset-4 hover:underline"
          >
            {name}
          </button>
          {ways.length > 0 && (
            <ul className="text-small">
              {ways.map(({ to, label: words }, n) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two ways may say the same
                <li key={n} className="break-words">
                  {words !== "" && `${label(words)} `}→ {shown(to)}
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  );
}
