import { useQueries, useQuery } from "@tanstack/react-query";
import { type CarrierReply, listCheckouts, listDeliveryWebhooks } from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Waiting } from "../../../ui/card.tsx";
import { isManager, useMe } from "../../session/session.ts";
import { useText } from "../../text/use-text.ts";
import { carriersQuery } from "../sent/queries.ts";
import { type Asking, CheckoutsCard } from "./checkouts-card.tsx";
import { Refusal } from "./refusal.tsx";
import { SetupFrame } from "./setup-frame.tsx";
import { type Told, WebhooksCard } from "./webhooks-card.tsx";

/** A shop's checkout that shows windows, and systems that are told what becomes of parcels. */
export function SystemsPage() {
  const { t } = useText();
  const session = useMe();
  const enabled = isManager(session);
  const carriers = useQuery({ ...carriersQuery, enabled });
  const all = carriers.data?.items ?? [];
  // Its own parcels, and those that each partner brings for it.
  const partners = all.filter(({ isOwn }) => !isOwn);
  const asked = [null, ...partners];
  const of = (carrier: CarrierReply | null) => ({
    query: carrier ? { carrierId: carrier.tenantId } : {},
  });
  const checkouts = useQueries({
    queries: asked.map((carrier) => ({
      queryKey: ["delivery", "checkouts", carrier?.tenantId ?? null],
      queryFn: ({ signal }: { signal: AbortSignal }) => call(listCheckouts, of(carrier), signal),
      enabled,
    })),
  });
  const webhooks = useQueries({
    queries: asked.map((carrier) => ({
      queryKey: ["delivery", "live", "webhooks", carrier?.tenantId ?? null],
      queryFn: ({ signal }: { signal: AbortSignal }) => call(listDeliveryWebhooks, of(carrier), signal),
      enabled,
    })),
  });
  const asking = asked.flatMap((carrier, n) =>
    (checkouts[n]?.data?.items ?? []).map((checkout): Asking => ({ checkout, carrier })),
  );
  const told = asked.flatMap((carrier, n) =>
    (webhooks[n]?.data?.items ?? []).map((webhook): Told => ({ webhook, carrier })),
  );
  const questions = [carriers, ...checkouts, ...webhooks];
  const isLoading = questions.some((one) => one.isLoading);
  const error = questions.find((one) => one.error)?.error ?? null;
  return (
    <SetupFrame title={t("deliverySetup.systems.title")} subtitle={t("deliverySetup.systems.subtitle")}>
      {!enabled && <p className="text-ink-2">{t("house.managersOnly")}</p>}
      {isLoading && <Waiting rows={4} label={t("deliverySetup.loading")} />}
      <Refusal error={error} />
      {/* A look in vain takes nothing away: a secret that stands here once stays until it is copied. */}
      {carriers.data && !isLoading && (
        <div className="grid items-start gap-5 xl:grid-cols-2">
          <CheckoutsCard checkouts={asking} carriers={all} />
          <WebhooksCard told={told} partners={partners} />
        </div>
      )}
    </SetupFrame>
  );
}
