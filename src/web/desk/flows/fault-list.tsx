import type { FlowCheck } from "../../../skills/service/api.ts";
import { StateLine } from "../../ui/tag.tsx";
import { FailureRows } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";

interface FaultListProps {
  check: FlowCheck | undefined;
  /** What is shown is about what stands in the editor now. */
  isChecked: boolean;
  error: unknown;
  onShow(line: number, column: number): void;
}

/** What is wrong, where, and what was expected; a tap goes there. */
export function FaultList({ check, isChecked, error, onShow }: FaultListProps) {
  const { t } = useText();
  if (error) return <FailureRows error={error} />;
  return (
    <section aria-label={t("flow.faultsTitle")} aria-live="polite" className="min-h-8">
      {!check && <p className="text-ink-2">{t("flow.checking")}</p>}
      {check && check.faults.length === 0 && isChecked && <StateLine kind="ok">{t("flow.sound")}</StateLine>}
      {check && check.faults.length > 0 && (
        <>
          <StateLine kind="warn">{t("flows.faults", { count: check.faults.length })}</StateLine>
          <ol className="mt-2 grid max-h-64 gap-1 overflow-y-auto">
            {check.faults.map(({ line, column, code, text }) => (
              <li key={`${line}.${column}.${code}.${text}`}>
                <button
                  type="button"
                  onClick={() => onShow(line, column)}
                  className="w-full rounded-1 px-2 py-1.5 text-left text-small hover:bg-sunken"
                >
                  <span className="mr-2 font-strong text-accent-text">{t("flow.at", { line, column })}</span>
                  {text}
                </button>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}
