import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import {
  type CarrierReply,
  type CheckoutReply,
  createCheckout,
  deleteCheckout,
  putCheckout,
} from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { CopyRow } from "../../../ui/copy-row.tsx";
import { SelectField, TextField } from "../../../ui/field.tsx";
import { Switch } from "../../../ui/switch.tsx";
import { useMe } from "../../session/session.ts";
import { useText } from "../../text/use-text.ts";
import { AskedEnd } from "./asked-end.tsx";
import { useSetupChange } from "./queries.ts";
import { Refusal } from "./refusal.tsx";

/** Windows of the carrier that they are for; null = our own. */
export interface Asking {
  checkout: CheckoutReply;
  carrier: CarrierReply | null;
}

interface CheckoutsProps {
  checkouts: readonly Asking[];
  /** Whose windows may be offered. */
  carriers: readonly CarrierReply[];
}

/** Keys for the checkouts of shops: which pages may ask, and what goes into them. */
export function CheckoutsCard({ checkouts, carriers }: CheckoutsProps) {
  const { t } = useText();
  const { role } = useMe();
  return (
    <Card title={t("deliverySetup.checkout")}>
      <p className="mb-3 max-w-[66ch] text-ink-2">{t("deliverySetup.checkoutText")}</p>
      <ul className="divide-y divide-line">
        {checkouts.map((one) => (
          <Checkout key={`${one.carrier?.tenantId ?? 0} ${one.checkout.id}`} {...one} />
        ))}
      </ul>
      {role === "owner" && carriers.length > 0 && <NewCheckout carriers={carriers} />}
      {carriers.length === 0 && <p>{t("deliverySetup.checkout.noCarrier")}</p>}
    </Card>
  );
}

function snippetOf(key: string): string {
  const { origin } = window.location;
  return `<div data-delivery-widget data-key="${key}"></div>\n<script src="${origin}/delivery-widget.js" async></script>`;
}

function Checkout({ checkout, carrier }: Asking) {
  const { t } = useText();
  const { role } = useMe();
  const refresh = useSetupChange();
  const { id, key, ...given } = checkout;
  const of = { params: { id }, query: carrier ? { carrierId: carrier.tenantId } : {} };
  const changing = useMutation({
    mutationFn: (active: boolean) => call(putCheckout, { ...of, body: { ...given, active } }),
    onSuccess: refresh,
  });
  const removing = useMutation({
    mutationFn: () => call(deleteCheckout, of),
    onSuccess: refresh,
  });
  return (
    <li className="grid gap-2 py-4 first:pt-0">
      <p className="font-strong wrap-anywhere">{given.name}</p>
      <p className="text-small wrap-anywhere text-ink-2">{given.origins.join(", ")}</p>
      {carrier && (
        <p className="text-small text-ink-2">{t("deliverySetup.checkout.of", { carrier: carrier.name })}</p>
      )}
      <CopyRow
        label={t("deliverySetup.checkout.snippet")}
        value={snippetOf(key)}
        words={{ copy: t("copy"), copied: t("copied") }}
      />
      {role === "owner" && (
        <div className="flex flex-wrap items-center gap-4">
          <Switch
            label={t("deliverySetup.checkout.active")}
            words={{ on: t("on"), off: t("off") }}
            checked={given.active}
            onChange={(active) => changing.mutate(active)}
          />
          <AskedEnd
            label={t("deliverySetup.checkout.end")}
            title={t("deliverySetup.checkout.endTitle", { name: given.name })}
            ending={removing}
          >
            {t("deliverySetup.checkout.endText")}
          </AskedEnd>
        </div>
      )}
      <Refusal error={changing.error} />
    </li>
  );
}

function NewCheckout({ carriers }: Pick<CheckoutsProps, "carriers">) {
  const { t } = useText();
  const refresh = useSetupChange();
  const [name, setName] = useState("");
  const [origin, setOrigin] = useState("");
  const [picked, setPicked] = useState<number | null>(null);
  const carrier = carriers.find(({ tenantId }) => tenantId === picked) ?? carriers[0];
  const [isChecked, setChecked] = useState(false);
  const isOrigin = /^https?:\/\/[^/?#\s]+\/?$/.test(origin.trim());
  const making = useMutation({
    mutationFn: () =>
      call(createCheckout, {
        query: carrier?.isOwn === false ? { carrierId: carrier.tenantId } : {},
        body: { name: name.trim(), origins: [origin.trim().replace(/\/$/, "")] },
      }),
    onSuccess: () => {
      setName("");
      setOrigin("");
      setChecked(false);
      return refresh();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (name.trim() !== "" && isOrigin) making.mutate();
  };
  return (
    <form onSubmit={submit} noValidate className="mt-2 grid gap-3 border-t border-line pt-4">
      <TextField
        label={t("deliverySetup.checkout.name")}
        maxLength={80}
        value={name}
        error={isChecked && name.trim() === "" ? t("deliverySetup.fault.name") : null}
        onChange={(event) => setName(event.target.value)}
      />
      <TextField
        label={t("deliverySetup.checkout.origin")}
        help={t("deliverySetup.checkout.originHelp")}
        value={origin}
        error={isChecked && !isOrigin ? t("deliverySetup.fault.origin") : null}
        onChange={(event) => setOrigin(event.target.value)}
      />
      {(carriers.length > 1 || carrier?.isOwn === false) && (
        <SelectField
          label={t("deliverySetup.checkout.whose")}
          value={String(carrier?.tenantId)}
          options={carriers.map(({ tenantId, name: label }) => ({ value: String(tenantId), label }))}
          onChange={(event) => setPicked(Number(event.target.value))}
        />
      )}
      <Refusal error={making.error} />
      <Button type="submit" className="justify-self-start" busy={making.isPending}>
        {t("deliverySetup.checkout.make")}
      </Button>
    </form>
  );
}
