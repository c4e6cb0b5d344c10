import { Plus, Trash2 } from "lucide-react";
import { Button, IconButton } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { TextField } from "../../../ui/field.tsx";
import { useText } from "../../text/use-text.ts";
import { type DepotDraft, nextKey } from "./city-draft.ts";
import type { DraftPart } from "./city-form.tsx";

/** Where rounds begin and end. */
export function DepotsCard({ draft, change, faults }: DraftPart) {
  const { t } = useText();
  const set = (key: number, part: Partial<DepotDraft>) =>
    change({ depots: draft.depots.map((one) => (one.key === key ? { ...one, ...part } : one)) });
  const add = () =>
    change({ depots: [...draft.depots, { key: nextKey(), name: "", lat: draft.lat, lon: draft.lon }] });
  const wrong = (path: string, key: "name" | "degree") =>
    faults.has(path) ? t(`deliverySetup.fault.${key}`) : null;
  return (
    <Card title={t("deliverySetup.depots")} aside={t("deliverySetup.depotsText")}>
      <ul className="grid gap-4">
        {draft.depots.map(({ key, name, lat, lon }, n) => (
          <li
            key={key}
            className="grid grid-cols-2 items-start gap-2 [&_label]:whitespace-nowrap sm:grid-cols-[minmax(0,1fr)_6.5rem_6.5rem_auto]"
          >
            <TextField
              className="col-span-2 sm:col-span-1"
              label={t("deliverySetup.field.depot")}
              maxLength={80}
              value={name}
              error={wrong(`depots.${n}.name`, "name")}
              onChange={(event) => set(key, { name: event.target.value })}
            />
            <TextField
              label={t("deliverySetup.field.lat")}
              inputMode="decimal"
              value={lat}
              error={wrong(`depots.${n}.lat`, "degree")}
              onChange={(event) => set(key, { lat: event.target.value })}
            />
            <TextField
              label={t("deliverySetup.field.lon")}
              inputMode="decimal"
              value={lon}
              error={wrong(`depots.${n}.lon`, "degree")}
              onChange={(event) => set(key, { lon: event.target.value })}
            />
            <IconButton
              icon={Trash2}
              className="sm:mt-6"
              label={t("deliverySetup.remove", { name: name || t("deliverySetup.field.depot") })}
              onClick={() => change({ depots: draft.depots.filter((one) => one.key !== key) })}
            />
          </li>
        ))}
      </ul>
      {draft.depots.length === 0 && <p className="text-ink-2">{t("deliverySetup.noDepot")}</p>}
      <Button className="mt-4" icon={Plus} onClick={add}>
        {t("deliverySetup.addDepot")}
      </Button>
    </Card>
  );
}
