import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import {
  type CarrierReply,
  createDeliveryWebhook,
  deleteDeliveryWebhook,
  resumeDeliveryWebhook,
  type WebhookReply,
} from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { CopyRow } from "../../../ui/copy-row.tsx";
import { SelectField, TextField } from "../../../ui/field.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { useMe } from "../../session/session.ts";
import { useNow } from "../../text/use-now.ts";
import { useText } from "../../text/use-text.ts";
import { AskedEnd } from "./asked-end.tsx";
import { useSetupChange } from "./queries.ts";
import { Refusal } from "./refusal.tsx";

const kinds = { works: "ok", waiting: "off", failing: "warn", stopped: "bad" } as const;

/** Of the parcels that a partner brings, or of our own. */
export interface Told {
  webhook: WebhookReply;
  carrier: CarrierReply | null;
}

/** Systems that are told of every change, and how that goes. */
export function WebhooksCard({
  told,
  partners,
}: {
  told: readonly Told[];
  partners: readonly CarrierReply[];
}) {
  const { t } = useText();
  const { role } = useMe();
  return (
    <Card title={t("deliverySetup.webhooks")}>
      <p className="mb-3 max-w-[66ch] text-ink-2">{t("deliverySetup.webhooksText")}</p>
      <ul className="divide-y divide-line">
        {told.map((one) => (
          <Webhook key={`${one.carrier?.tenantId ?? 0} ${one.webhook.id}`} {...one} />
        ))}
      </ul>
      {role === "owner" && <NewWebhook partners={partners} />}
    </Card>
  );
}

function Webhook({ webhook, carrier }: Told) {
  const { t, format } = useText();
  const { role } = useMe();
  const now = useNow();
  const refresh = useSetupChange();
  const { url, state, waiting, failingSince, last } = webhook;
  const given = { params: { id: webhook.id }, query: carrier ? { carrierId: carrier.tenantId } : {} };
  const resuming = useMutation({
    mutationFn: () => call(resumeDeliveryWebhook, given),
    onSuccess: refresh,
  });
  const removing = useMutation({
    mutationFn: () => call(deleteDeliveryWebhook, given),
    onSuccess: refresh,
  });
  return (
    <li className="grid gap-2 py-4 first:pt-0">
      <p className="font-mono text-small wrap-anywhere">{url}</p>
      {carrier && (
        <p className="text-small text-ink-2">{t("deliverySetup.webhook.of", { carrier: carrier.name })}</p>
      )}
      <p>
        <StateLine kind={kinds[state]}>
          {t(`deliverySetup.webhook.${state}`, {
            since: failingSince ? format.moment(failingSince, now) : "",
            waiting,
          })}
        </StateLine>
      </p>
      {state === "stopped" && (
        <p className="max-w-[66ch] text-small">{t("deliverySetup.webhook.whatToDo")}</p>
      )}
      <ul className="grid gap-1 text-small text-ink-2">
        {last.map(({ type, at, arrivedAt, fault, attempts }) => (
          <li key={`${type} ${at}`} className="wrap-anywhere">
            {`${format.moment(at, now)} ${type}: ${
              arrivedAt
                ? t("deliverySetup.webhook.arrived")
                : t("deliverySetup.webhook.tried", { count: attempts, fault: fault || "–" })
            }`}
          </li>
        ))}
      </ul>
      {role === "owner" && (
        <div className="flex flex-wrap gap-2">
          {state === "stopped" && (
            <Button variant="primary" busy={resuming.isPending} onClick={() => resuming.mutate()}>
              {t("deliverySetup.webhook.resume")}
            </Button>
          )}
          <AskedEnd
            label={t("deliverySetup.webhook.end")}
            title={t("deliverySetup.webhook.endTitle")}
            ending={removing}
          >
            {t("deliverySetup.webhook.endText", { url })}
          </AskedEnd>
        </div>
      )}
      <Refusal error={resuming.error} />
    </li>
  );
}

const OWN = "";

function NewWebhook({ partners }: { partners: readonly CarrierReply[] }) {
  const { t } = useText();
  const refresh = useSetupChange();
  const [url, setUrl] = useState("");
  const [whose, setWhose] = useState(OWN);
  const making = useMutation({
    mutationFn: () =>
      call(createDeliveryWebhook, {
        query: whose === OWN ? {} : { carrierId: Number(whose) },
        body: { url: url.trim() },
      }),
    onSuccess: () => {
      setUrl("");
      return refresh();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (url.trim() !== "") making.mutate();
  };
  return (
    <form onSubmit={submit} className="mt-2 grid gap-3 border-t border-line pt-4">
      <TextField
        label={t("deliverySetup.webhook.url")}
        help={t("deliverySetup.webhook.urlHelp")}
        type="url"
        required
        maxLength={2000}
        value={url}
        onChange={(event) => setUrl(event.target.value)}
      />
      {partners.length > 0 && (
        <SelectField
          label={t("deliverySetup.webhook.whose")}
          value={whose}
          options={[
            { value: OWN, label: t("deliverySetup.webhook.own") },
            ...partners.map(({ tenantId, name }) => ({
              value: String(tenantId),
              label: t("deliverySetup.webhook.of", { carrier: name }),
            })),
          ]}
          onChange={(event) => setWhose(event.target.value)}
        />
      )}
      <Refusal error={making.error} />
      <Button type="submit" className="justify-self-start" busy={making.isPending}>
        {t("deliverySetup.webhook.make")}
      </Button>
      {making.data && (
        <div role="status" className="grid gap-2">
          <CopyRow
            label={t("deliverySetup.webhook.secret")}
            value={making.data.secret}
            words={{ copy: t("copy"), copied: t("copied") }}
          />
          <p className="text-small text-ink-2">{t("deliverySetup.webhook.once")}</p>
        </div>
      )}
    </form>
  );
}
