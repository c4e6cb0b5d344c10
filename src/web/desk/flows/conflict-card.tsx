import type { Flow } from "../../../skills/service/api.ts";
import { Button } from "../../ui/button.tsx";
import { StateLine } from "../../ui/tag.tsx";
import { useNow } from "../text/use-now.ts";
import { useText } from "../text/use-text.ts";

interface ConflictProps {
  /** As somebody else saved it while this text was written. */
  theirs: Flow;
  onTakeTheirs(): void;
  onKeepMine(): void;
}

/** Two people wrote the same flow: what was kept, and what one can do. Nothing is overwritten without a click. */
export function ConflictCard({ theirs, onTakeTheirs, onKeepMine }: ConflictProps) {
  const { t, format } = useText();
  const now = useNow();
  return (
    <section role="alert" className="grid gap-3 rounded-2 border border-line-strong bg-sheet p-4">
      <StateLine kind="warn">{t("flow.conflict", { when: format.moment(theirs.changedAt, now) })}</StateLine>
      <p className="text-small text-ink-2">{t("flow.conflictKept")}</p>
      <details className="min-w-0">
        <summary className="cursor-pointer text-small font-strong">{t("flow.conflictShow")}</summary>
        <pre className="mt-2 max-h-80 overflow-auto rounded-2 border border-line bg-sunken p-3 font-mono text-tiny">
          {theirs.draft}
        </pre>
      </details>
      <div className="flex flex-wrap gap-2">
        <Button onClick={onTakeTheirs}>{t("flow.conflictTheirs")}</Button>
        <Button onClick={onKeepMine}>{t("flow.conflictMine")}</Button>
      </div>
    </section>
  );
}
