import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { type Provider, removePayProvider, savePayProvider } from "../../../skills/pay/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Waiting } from "../../ui/card.tsx";
import { CopyRow } from "../../ui/copy-row.tsx";
import { Answers, Dialog } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/field.tsx";
import { Switch } from "../../ui/switch.tsx";
import { StateLine } from "../../ui/tag.tsx";
import { Failure } from "../shell/failure.tsx";
import { useNow } from "../text/use-now.ts";
import { useText } from "../text/use-text.ts";
import { PayFault } from "./pay-fault.tsx";
import { providersQuery, usePayChange } from "./queries.ts";

const keyCharacters = 300;

/** Services that take cards and the like, each with a key that is tried when it is saved. */
export function ProvidersCard() {
  const { t } = useText();
  const mine = useQuery(providersQuery);
  return (
    <Card title={t("pay.providers")}>
      <p className="mb-3 max-w-[66ch] text-ink-2">{t("pay.providersText")}</p>
      {mine.isPending && <Waiting rows={2} label={t("pay.loading")} />}
      {mine.error && (
        <Failure error={mine.error} title={t("pay.notLoaded")} retry={() => void mine.refetch()} />
      )}
      <div className="divide-y divide-line border-t-[1.5px] border-ink">
        {mine.data?.items.map((one) => (
          <ProviderForm key={`${one.kind} ${one.revision}`} provider={one} />
        ))}
      </div>
    </Card>
  );
}

function ProviderForm({ provider }: { provider: Provider }) {
  const { t } = useText();
  const change = usePayChange();
  const { kind, isConnected, revision, keyEnds, hasSecret, webhook, events } = provider;
  const [apiKey, setApiKey] = useState("");
  const [webhookSecret, setSecret] = useState("");
  const [active, setActive] = useState(provider.active || !isConnected);
  const params = { kind };
  const saving = useMutation({
    mutationFn: () =>
      call(savePayProvider, {
        params,
        body: { apiKey: apiKey.trim(), webhookSecret: webhookSecret.trim(), active, revision },
      }),
    onSuccess: change,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  const name = t(`pay.way.${kind}`);
  const words = { copy: t("pay.copy"), copied: t("pay.copied") };
  return (
    <form onSubmit={submit} noValidate className="grid gap-3 py-4" aria-label={name}>
      <h3 className="text-h3">{name}</h3>
      <Standing provider={provider} />
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label={t("pay.field.apiKey")}
          help={isConnected ? t("pay.keyEnds", { ends: keyEnds }) : t(`pay.keyHelp.${kind}`)}
          type="password"
          autoComplete="off"
          maxLength={keyCharacters}
          value={apiKey}
          onChange={(event) => setApiKey(event.target.value)}
        />
        {kind === "stripe" && (
          <TextField
            label={t("pay.field.webhookSecret")}
            help={t(hasSecret ? "pay.secretIsThere" : "pay.secretHelp")}
            type="password"
            autoComplete="off"
            maxLength={keyCharacters}
            value={webhookSecret}
            onChange={(event) => setSecret(event.target.value)}
          />
        )}
      </div>
      {webhook && kind === "stripe" && (
        <div>
          <CopyRow label={t("pay.webhook")} value={webhook} words={words} />
          <p className="mt-1 text-small wrap-anywhere text-ink-2">
            {t("pay.webhookText", { events: events.join(", ") })}
          </p>
        </div>
      )}
      {isConnected && (
        <Switch
          label={t("pay.takes", { name })}
          words={{ on: t("on"), off: t("off") }}
          checked={active}
          onChange={setActive}
        />
      )}
      <PayFault error={saving.error} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" busy={saving.isPending}>
          {t(isConnected ? "pay.saveAndCheck" : "pay.connect")}
        </Button>
        {isConnected && <RemoveProvider provider={provider} />}
      </div>
    </form>
  );
}

/** What the service said when its key was last used. */
function Standing({ provider: { isConnected, active, fault, faultAt } }: { provider: Provider }) {
  const { t, format } = useText();
  const now = useNow();
  if (!isConnected) return <p className="text-ink-2">{t("pay.notConnected")}</p>;
  if (fault !== "")
    return (
      <p role="alert">
        <StateLine kind="bad">
          {t(`pay.providerFault.${fault}`)} {faultAt && t("pay.since", { time: format.moment(faultAt, now) })}
        </StateLine>
      </p>
    );
  return (
    <p>
      <StateLine kind={active ? "ok" : "off"}>{t(active ? "pay.connected" : "pay.paused")}</StateLine>
    </p>
  );
}

function RemoveProvider({ provider: { kind } }: { provider: Provider }) {
  const { t } = useText();
  const change = usePayChange();
  const [isAsking, setAsking] = useState(false);
  const safe = useRef<HTMLButtonElement>(null);
  const close = () => setAsking(false);
  const removing = useMutation({
    mutationFn: () => call(removePayProvider, { params: { kind } }),
    onSuccess: () => {
      close();
      change();
    },
  });
  const name = t(`pay.way.${kind}`);
  return (
    <>
      <Button variant="danger" onClick={() => setAsking(true)}>
        {t("pay.removeProvider")}
      </Button>
      <Dialog
        isOpen={isAsking}
        onClose={close}
        title={t("pay.removeProviderTitle", { name })}
        closeLabel={t("close")}
        focusFirst={safe}
      >
        <p>{t("pay.removeProviderText")}</p>
        <PayFault error={removing.error} />
        <Answers
          safe={{ label: t("cancel"), onClick: close, ref: safe }}
          act={{
            label: t("pay.removeProvider"),
            onClick: () => removing.mutate(),
            busy: removing.isPending,
            danger: true,
          }}
        />
      </Dialog>
    </>
  );
}
