import { changePreferences } from "../session/preferences.ts";
import { useText } from "../text/use-text.ts";

/** The other language, named in itself. */
export function LanguageChoice() {
  const { language } = useText();
  const other =
    language === "de" ? ({ id: "en", name: "English" } as const) : ({ id: "de", name: "Deutsch" } as const);
  return (
    <button
      type="button"
      lang={other.id}
      className="mt-2 min-h-6 text-accent-text underline underline-offset-4"
      onClick={() => changePreferences({ language: other.id })}
    >
      {other.name}
    </button>
  );
}
