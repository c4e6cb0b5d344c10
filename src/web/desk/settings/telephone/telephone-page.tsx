import { useQuery } from "@tanstack/react-query";
import { Waiting } from "../../../ui/card.tsx";
import { isManager, useMe } from "../../session/session.ts";
import { Failure } from "../../shell/failure.tsx";
import { Page } from "../../shell/page.tsx";
import { telephoneQuery } from "../../telephone/queries.ts";
import { useText } from "../../text/use-text.ts";
import { ImportCard } from "./import-card.tsx";
import { LinesCard } from "./lines-card.tsx";
import { NumbersCard } from "./numbers-card.tsx";

/** How calls come to the house: from telephone systems, from lists, and what numbers mean. */
export function TelephonePage() {
  const { t } = useText();
  const mayChange = isManager(useMe());
  const found = useQuery({
    ...telephoneQuery,
    refetchInterval: ({ state }) => (state.data?.imports[0]?.state === "running" ? 1_000 : false),
  });
  return (
    <Page title={t("house.telephone")} subtitle={t("phone.subtitle")}>
      {found.isPending && <Waiting rows={4} label={t("phone.loading")} />}
      {found.error && (
        <Failure error={found.error} title={t("phone.notLoaded")} retry={() => void found.refetch()} />
      )}
      {found.data && (
        <div className="grid items-start gap-5 xl:grid-cols-2">
          <LinesCard lines={found.data.lines} mayChange={mayChange} />
          <div className="grid gap-5">
            <ImportCard last={found.data.imports[0] ?? null} />
            {mayChange && <NumbersCard settings={found.data.settings} />}
          </div>
        </div>
      )}
    </Page>
  );
}
