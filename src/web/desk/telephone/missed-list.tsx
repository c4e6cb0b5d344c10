import { useQuery } from "@tanstack/react-query";
import { Waiting } from "../../ui/card.tsx";
import { Failure } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import { MissedRow } from "./missed-row.tsx";
import { missedQuery } from "./queries.ts";

/** Who called in vain; each number once. */
export function MissedList({ state }: { state: "open" | "done" }) {
  const { t } = useText();
  const list = useQuery(missedQuery(state));
  const items = list.data?.items ?? [];
  const suppressed = list.data?.suppressed ?? 0;
  return (
    <section aria-label={t("missed.title")} className="mt-8">
      <h2 className="mb-3 text-h2">{t("missed.title")}</h2>
      {list.isPending && <Waiting rows={2} label={t("missed.loading")} />}
      {list.error && (
        <Failure error={list.error} title={t("missed.notLoaded")} retry={() => void list.refetch()} />
      )}
      {list.isSuccess && items.length === 0 && (
        <p className="rounded-2 border border-line bg-sheet p-4 text-ink-2">{t(`missed.empty.${state}`)}</p>
      )}
      <ul className="grid gap-3">
        {items.map((each) => (
          <MissedRow key={each.id} missed={each} />
        ))}
      </ul>
      {suppressed > 0 && (
        <p className="mt-3 text-small text-ink-2">{t("missed.suppressed", { count: suppressed })}</p>
      )}
    </section>
  );
}
