import type { FlowCheck } from "../../../skills/service/api.ts";
import { StateLine } from "../../ui/tag.tsx";
import { useText } from "../text/use-text.ts";

/** The example dialogues as they went just now. */
export function SamplesPanel({
  check,
  onLine,
}: {
  check: FlowCheck | undefined;
  onLine(line: number): void;
}) {
  const { t } = useText();
  if (!check) return <p className="text-ink-2">{t("flow.checking")}</p>;
  if (check.examples.length === 0)
    return <p className="text-ink-2">{t(check.faults.length > 0 ? "samples.waiting" : "samples.none")}</p>;
  return (
    <ul className="grid gap-2">
      {check.examples.map(({ name, line, language, misses }) => (
        <li key={`${line}`} className="rounded-2 border border-line bg-sheet p-3">
          <button
            type="button"
            onClick={() => onLine(line)}
            className="min-h-8 text-left font-strong text-ink underline-offset-4 hover:underline"
          >
            {name}
          </button>
          <span className="ml-2 text-small text-ink-2">{t(`language.${language}`)}</span>
          <div className="mt-1">
            {misses.length === 0 && <StateLine kind="ok">{t("samples.ok")}</StateLine>}
            {misses.map((miss) => (
              <p key={miss.line}>
                <StateLine kind="bad">{t("samples.miss", miss)}</StateLine>
              </p>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}
