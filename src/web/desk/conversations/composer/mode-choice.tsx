import { Lock } from "lucide-react";
import { classNames } from "../../../ui/class-names.ts";
import { useText } from "../../text/use-text.ts";
import type { ComposerMode } from "./composer-events.ts";

/** Answer to the customer, or a note for colleagues. */
export function ModeChoice({ mode, onChange }: { mode: ComposerMode; onChange(mode: ComposerMode): void }) {
  const { t } = useText();
  return (
    <fieldset className="flex gap-1">
      <legend className="ear-only">{t("composer.mode")}</legend>
      {(["answer", "note"] as const).map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={mode === each}
          onClick={() => onChange(each)}
          className={classNames(
            "inline-flex h-8 items-center gap-1.5 rounded-2 border px-3 text-small font-strong coarse:h-10",
            mode === each ? "border-ink bg-sheet" : "border-transparent text-ink-2 hover:text-ink",
          )}
        >
          {each === "note" && <Lock size={15} strokeWidth={1.75} aria-hidden="true" />}
          {t(`composer.${each}`)}
        </button>
      ))}
    </fieldset>
  );
}
