import { useQueries, useQuery } from "@tanstack/react-query";
import { listCheckouts, listDeliveryWebhooks } from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Waiting } from "../../../ui/card.tsx";
import { isManager, useMe } from "../../session/session.ts";
import { useText } from "../../text/use-text.ts";
import { carriersQuery } from "../sent/queries.ts";
import { CheckoutsCard } from "./checkouts-card.tsx";
import { Refusal } from "./refusal.tsx";
import { SetupFrame } from "./setup-frame.tsx";
import { type Told, WebhooksCard } from "./webhooks-card.tsx";

/** A shop's checkout that shows windows, and systems that are told what becomes of parcels. */
export function SystemsPage() {
  const { t } = useText();
  const session = useMe();
  const enabled = isManager(session);
  const checkouts = useQuery({
    queryKey: ["delivery", "checkouts"],
    queryFn: ({ signal }) => call(listCheckouts, {}, signal),
    enabled,
  });
  const carriers = useQuery({ ...carriersQuery, enabled });
  // Its own parcels, and those that each partner brings for it.
  const partners = (carriers.data?.items ?? []).filter(({ isOwn }) => !isOwn);
  const asked = [null, ...partners];
  const answers = useQueries({
    queries: asked.map((carrier) => ({
      queryKey: ["delivery", "live", "webhooks", carrier?.tenantId ?? null],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call(listDeliveryWebhooks, { query: carrier ? { carrierId: carrier.tenantId } : {} }, signal),
      enabled,
    })),
  });
  const told = asked.flatMap((carrier, n) =>
    (answers[n]?.data?.items ?? []).map((webhook): Told => ({ webhook, carrier })),
  );
  const isLoading = checkouts.isLoading || carriers.isLoading || answers.some((one) => one.isLoading);
  const error = checkouts.error ?? carriers.error ?? answers.find((one) => one.error)?.error ?? null;
  return (
    <SetupFrame title={t("deliverySetup.systems.title")} subtitle={t("deliverySetup.systems.subtitle")}>
      {!enabled && <p className="text-ink-2">{t("house.managersOnly")}</p>}
      {isLoading && <Waiting rows={4} label={t("deliverySetup.loading")} />}
      <Refusal error={error} />
      {checkouts.data && !isLoading && !error && (
        <div className="grid items-start gap-5 xl:grid-cols-2">
          <CheckoutsCard checkouts={checkouts.data.items} />
          <WebhooksCard told={told} partners={partners} />
        </div>
      )}
    </SetupFrame>
  );
}
