import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Connection, listLookupConnections } from "../../../../skills/lookup/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card, Waiting } from "../../../ui/card.tsx";
import { LighthouseDrawing } from "../../../ui/drawings.tsx";
import { Statement } from "../../../ui/statement.tsx";
import { isManager, useMe } from "../../session/session.ts";
import { Failure } from "../../shell/failure.tsx";
import { Page } from "../../shell/page.tsx";
import { useText } from "../../text/use-text.ts";
import { RegisterCard } from "./register-card.tsx";
import { kinds } from "./register-fields.ts";
import { RegisterForm } from "./register-form.tsx";

const freshMs = 10_000;

/** Where we know from what became of an order, and whether it works. */
export function RegistersPage() {
  const { t } = useText();
  const mayChange = isManager(useMe());
  const list = useQuery({
    queryKey: ["registers"],
    queryFn: ({ signal }) => call(listLookupConnections, {}, signal),
    staleTime: freshMs,
    enabled: mayChange,
  });
  const [connecting, setConnecting] = useState<Connection["kind"] | null>(null);
  const items = list.data?.items;
  return (
    <Page title={t("lookup.title")} subtitle={t("lookup.subtitle")}>
      {mayChange && (
        <section aria-label={t("lookup.connect")} className="mb-5">
          <div className="flex flex-wrap items-center gap-2">
            <span className="mr-1 font-strong">{t("lookup.connect")}</span>
            {kinds.map((kind) => (
              <Button
                key={kind}
                aria-expanded={connecting === kind}
                onClick={() => setConnecting(connecting === kind ? null : kind)}
              >
                {t(`lookup.kind.${kind}`)}
              </Button>
            ))}
          </div>
          {connecting && (
            <Card title={t(`lookup.kind.${connecting}`)} className="mt-3 max-w-[640px]">
              <RegisterForm key={connecting} kind={connecting} onDone={() => setConnecting(null)} />
            </Card>
          )}
        </section>
      )}
      {list.isLoading && <Waiting rows={3} label={t("lookup.loading")} />}
      {list.error && (
        <Failure error={list.error} title={t("lookup.notLoaded")} retry={() => void list.refetch()} />
      )}
      {items?.length === 0 && !connecting && (
        <Statement drawing={<LighthouseDrawing className="w-[270px] max-w-full" />} title={t("lookup.empty")}>
          {t("lookup.emptyText")}
        </Statement>
      )}
      <div className="grid items-start gap-5 xl:grid-cols-2">
        {items?.map((connection) => (
          <RegisterCard key={connection.id} connection={connection} />
        ))}
      </div>
      {items && items.length > 0 && <p className="mt-5 text-small text-ink-2">{t("lookup.topicHint")}</p>}
    </Page>
  );
}
