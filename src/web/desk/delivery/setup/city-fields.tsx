import type { ReactNode } from "react";
import { Card } from "../../../ui/card.tsx";
import { Choice } from "../../../ui/choice.tsx";
import { SelectField, TextField } from "../../../ui/field.tsx";
import { Switch } from "../../../ui/switch.tsx";
import { timeZones } from "../../settings/time-zones.ts";
import { useText } from "../../text/use-text.ts";
import type { MoneyField, NumberField } from "./city-draft.ts";
import type { DraftPart } from "./city-form.tsx";
import { TakesBack } from "./takes-back.tsx";

const proofs = ["none", "code", "photo", "signature"] as const;
const failures = ["another_window", "collect", "return"] as const;

/** Numbers of a city, each with what it is good for. */
function Numbers({ part, names }: { part: DraftPart; names: readonly (NumberField | MoneyField)[] }) {
  const { t } = useText();
  const { draft, change, faults } = part;
  return names.map((name) => (
    <TextField
      key={name}
      label={t(`deliverySetup.field.${name}`)}
      help={t(`deliverySetup.help.${name}`)}
      error={faults.has(name) ? t("deliverySetup.fault.number") : null}
      inputMode="decimal"
      value={draft[name]}
      onChange={(event) => change({ [name]: event.target.value })}
    />
  ));
}

const Two = ({ children }: { children: ReactNode }) => (
  <div className="grid gap-4 sm:grid-cols-2">{children}</div>
);

/** Where it is. */
export function PlaceCard(part: DraftPart) {
  const { t } = useText();
  const { draft, change, faults } = part;
  const wrong = (path: string, key: "name" | "degree" | "phone") =>
    faults.has(path) ? t(`deliverySetup.fault.${key}`) : null;
  return (
    <Card title={t("deliverySetup.city.place")}>
      <div className="grid gap-4">
        <Two>
          <TextField
            label={t("deliverySetup.field.name")}
            maxLength={80}
            value={draft.name}
            error={wrong("name", "name")}
            onChange={(event) => change({ name: event.target.value })}
          />
          <SelectField
            label={t("deliverySetup.field.timeZone")}
            value={draft.timeZone}
            options={[...new Set([draft.timeZone, ...timeZones()])].map((zone) => ({
              value: zone,
              label: zone.replaceAll("_", " "),
            }))}
            onChange={(event) => change({ timeZone: event.target.value })}
          />
          <TextField
            label={t("deliverySetup.field.lat")}
            inputMode="decimal"
            value={draft.lat}
            error={wrong("lat", "degree")}
            onChange={(event) => change({ lat: event.target.value })}
          />
          <TextField
            label={t("deliverySetup.field.lon")}
            inputMode="decimal"
            value={draft.lon}
            error={wrong("lon", "degree")}
            onChange={(event) => change({ lon: event.target.value })}
          />
          <Numbers part={part} names={["radiusMetres"]} />
          <TextField
            label={t("deliverySetup.field.currency")}
            maxLength={3}
            value={draft.currency}
            onChange={(event) => change({ currency: event.target.value.toUpperCase() })}
          />
          <TextField
            label={t("deliverySetup.field.dispatcherPhone")}
            help={t("deliverySetup.help.dispatcherPhone")}
            inputMode="tel"
            maxLength={24}
            value={draft.dispatcherPhone}
            error={wrong("dispatcherPhone", "phone")}
            onChange={(event) => change({ dispatcherPhone: event.target.value })}
          />
        </Two>
        <Switch
          label={t("deliverySetup.field.active")}
          help={t("deliverySetup.help.active")}
          words={{ on: t("on"), off: t("off") }}
          checked={draft.active}
          onChange={(active) => change({ active })}
        />
      </div>
    </Card>
  );
}

/** What is promised, and how much is left free for it. */
export function PromiseCard(part: DraftPart) {
  const { t } = useText();
  const { draft, change } = part;
  return (
    <Card title={t("deliverySetup.city.promise")}>
      <div className="grid gap-4">
        <Two>
          <Numbers
            part={part}
            names={["bufferSeconds", "serviceSeconds", "holdSeconds", "tries", "collectDays"]}
          />
        </Two>
        <Choice
          label={t("deliverySetup.field.proof")}
          help={t("deliverySetup.help.proof")}
          value={draft.proof}
          options={proofs.map((value) => ({ value, label: t(`deliverySetup.proof.${value}`) }))}
          onChange={(proof) => change({ proof })}
        />
        <Choice
          label={t("deliverySetup.rule.afterFailure")}
          help={t("deliverySetup.help.afterFailure")}
          value={draft.afterFailure}
          options={failures.map((value) => ({ value, label: t(`deliverySetup.after.${value}`) }))}
          onChange={(afterFailure) => change({ afterFailure })}
        />
        <TakesBack takesBack={draft.takesBack} takesBackWords={draft.takesBackWords} onChange={change} />
      </div>
    </Card>
  );
}

const emissions = ["carGramsPerKm", "vanGramsPerKm", "bicycleGramsPerKm", "cargoBikeGramsPerKm"] as const;

/** How ways are counted, and what hours, kilometres and broken promises cost. */
export function CostsCard(part: DraftPart) {
  const { t } = useText();
  return (
    <Card title={t("deliverySetup.city.costs")}>
      <Two>
        <Numbers
          part={part}
          names={[
            "speedKmh",
            "circuityPercent",
            "legSeconds",
            "hourMinor",
            "kilometreMinor",
            "compensationMinor",
          ]}
        />
      </Two>
      <details className="mt-4" open={emissions.some((name) => part.faults.has(name)) || undefined}>
        <summary className="cursor-pointer font-strong">{t("deliverySetup.emissions")}</summary>
        <p className="mt-2 mb-3 max-w-[66ch] text-small text-ink-2">{t("deliverySetup.emissionsText")}</p>
        <Two>
          <Numbers part={part} names={emissions} />
        </Two>
      </details>
    </Card>
  );
}
