import { queryOptions, useQuery } from "@tanstack/react-query";
import { listApiKeys } from "#kernel/api";
import { call } from "../../client/call.ts";
import { Waiting } from "../../ui/card.tsx";
import { Failure } from "../shell/failure.tsx";
import { Page } from "../shell/page.tsx";
import { useText } from "../text/use-text.ts";
import { KeyTable } from "./api-keys/key-table.tsx";
import { NewKey } from "./api-keys/new-key.tsx";

export const keysQuery = queryOptions({
  queryKey: ["api-keys"],
  queryFn: ({ signal }) => call(listApiKeys, {}, signal),
});

/** Keys for machines: tills, shops, scripts. */
export function ApiKeysRoom() {
  const { t } = useText();
  const keys = useQuery(keysQuery);
  return (
    <Page
      title={t("house.api-keys")}
      subtitle={
        <>
          {t("keys.subtitle")}{" "}
          <a href="/api" className="text-accent-text underline underline-offset-4">
            {t("keys.docs")}
          </a>
        </>
      }
    >
      <div className="grid items-start gap-5 xl:grid-cols-[1.18fr_1fr]">
        {keys.isPending && <Waiting rows={3} label={t("keys.loading")} />}
        {keys.error && (
          <Failure error={keys.error} title={t("keys.notLoaded")} retry={() => void keys.refetch()} />
        )}
        {keys.data && <KeyTable keys={keys.data.items} />}
        <NewKey />
      </div>
    </Page>
  );
}
