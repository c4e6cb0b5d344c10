import { useQuery } from "@tanstack/react-query";
import { Waiting } from "../../ui/card.tsx";
import { Failure } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import { CostsForm } from "./costs-form.tsx";
import { costsQuery } from "./queries.ts";
import { WeekFrame } from "./week-frame.tsx";

/** What it costs: prices as assumptions that the company changes, and what a solved case comes to by them. */
export function CostsPage() {
  const { t } = useText();
  const stored = useQuery(costsQuery);
  return (
    <WeekFrame title={t("costs.title")} subtitle={t("costs.subtitle")}>
      {stored.isPending && <Waiting rows={6} label={t("week.loading")} />}
      {stored.error && (
        <Failure error={stored.error} title={t("costs.notLoaded")} retry={() => void stored.refetch()} />
      )}
      {stored.data && <CostsForm key={`${stored.data.revision}`} stored={stored.data} />}
    </WeekFrame>
  );
}
