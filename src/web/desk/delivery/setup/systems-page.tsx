import { useQuery } from "@tanstack/react-query";
import { listCheckouts, listDeliveryWebhooks } from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Waiting } from "../../../ui/card.tsx";
import { isManager, useMe } from "../../session/session.ts";
import { useText } from "../../text/use-text.ts";
import { CheckoutsCard } from "./checkouts-card.tsx";
import { Refusal } from "./refusal.tsx";
import { SetupFrame } from "./setup-frame.tsx";
import { WebhooksCard } from "./webhooks-card.tsx";

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
  const webhooks = useQuery({
    queryKey: ["delivery", "live", "webhooks"],
    queryFn: ({ signal }) => call(listDeliveryWebhooks, {}, signal),
    enabled,
  });
  return (
    <SetupFrame title={t("deliverySetup.systems.title")} subtitle={t("deliverySetup.systems.subtitle")}>
      {!enabled && <p className="text-ink-2">{t("house.managersOnly")}</p>}
      {(checkouts.isLoading || webhooks.isLoading) && <Waiting rows={4} label={t("deliverySetup.loading")} />}
      <Refusal error={checkouts.error ?? webhooks.error} />
      {checkouts.data && webhooks.data && (
        <div className="grid items-start gap-5 xl:grid-cols-2">
          <CheckoutsCard checkouts={checkouts.data.items} />
          <WebhooksCard webhooks={webhooks.data.items} />
        </div>
      )}
    </SetupFrame>
  );
}
