import { Trash2, Upload } from "lucide-react";
import { useRef, useState } from "react";
import { Button, IconButton } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { TextArea, TextField } from "../../../ui/field.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { useText } from "../../text/use-text.ts";
import { nextKey, type ZoneDraft } from "./city-draft.ts";
import type { DraftPart } from "./city-form.tsx";
import { readZones } from "./read-zones.ts";
import { ZoneMap } from "./zone-map.tsx";

/** Areas that are served, each with its own buffer and price; without any the circle round the middle is. */
export function ZonesCard({ draft, change, faults }: DraftPart) {
  const { t } = useText();
  const set = (key: number, part: Partial<ZoneDraft>) =>
    change({ zones: draft.zones.map((one) => (one.key === key ? { ...one, ...part } : one)) });
  return (
    <Card title={t("deliverySetup.zones")} aside={t("deliverySetup.zonesText")}>
      <div className="grid gap-5 xl:grid-cols-2">
        <div className="grid content-start gap-4">
          {draft.zones.length === 0 && (
            <p className="text-ink-2">{t("deliverySetup.noZone", { radius: draft.radiusMetres })}</p>
          )}
          <ul className="grid gap-4">
            {draft.zones.map((zone, n) => (
              <li
                key={zone.key}
                className="grid grid-cols-2 items-start gap-2 sm:grid-cols-[2fr_1fr_1fr_auto]"
              >
                <TextField
                  className="col-span-2 sm:col-span-1"
                  label={t("deliverySetup.field.zone")}
                  maxLength={80}
                  value={zone.name}
                  error={faults.has(`zones.${n}.name`) ? t("deliverySetup.fault.name") : null}
                  onChange={(event) => set(zone.key, { name: event.target.value })}
                />
                <TextField
                  label={t("deliverySetup.field.zoneBuffer")}
                  inputMode="numeric"
                  value={zone.buffer}
                  error={faults.has(`zones.${n}.buffer`) ? t("deliverySetup.fault.number") : null}
                  onChange={(event) => set(zone.key, { buffer: event.target.value })}
                />
                <TextField
                  label={t("deliverySetup.field.zonePrice")}
                  inputMode="decimal"
                  value={zone.price}
                  error={faults.has(`zones.${n}.price`) ? t("deliverySetup.fault.number") : null}
                  onChange={(event) => set(zone.key, { price: event.target.value })}
                />
                <IconButton
                  icon={Trash2}
                  className="sm:mt-6"
                  label={t("deliverySetup.remove", { name: zone.name || t("deliverySetup.field.zone") })}
                  onClick={() => change({ zones: draft.zones.filter((one) => one.key !== zone.key) })}
                />
              </li>
            ))}
          </ul>
          <AddZones
            onAdd={(found) =>
              change({
                zones: [
                  ...draft.zones,
                  ...found.map((one, n) => ({
                    ...one,
                    name: one.name || t("deliverySetup.zoneName", { number: draft.zones.length + n + 1 }),
                    key: nextKey(),
                    buffer: "0",
                    price: "0",
                  })),
                ],
              })
            }
          />
        </div>
        <ZoneMap draft={draft} />
      </div>
    </Card>
  );
}

function AddZones({ onAdd }: { onAdd(found: NonNullable<ReturnType<typeof readZones>>): void }) {
  const { t } = useText();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [isWrong, setWrong] = useState(false);
  const take = (given: string) => {
    const found = readZones(given);
    setWrong(!found);
    if (!found) return;
    onAdd(found);
    setText("");
  };
  return (
    <div className="grid gap-2 border-t border-line pt-4">
      <TextArea
        label={t("deliverySetup.geojson")}
        help={t("deliverySetup.geojsonHelp")}
        rows={3}
        className="font-mono"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {isWrong && (
        <p role="alert">
          <StateLine kind="bad">{t("deliverySetup.fault.geojson")}</StateLine>
        </p>
      )}
      <input
        ref={input}
        type="file"
        accept=".json,.geojson,application/geo+json,application/json"
        tabIndex={-1}
        aria-label={t("deliverySetup.geojsonFile")}
        className="hidden"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          void file?.text().then(take);
        }}
      />
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => take(text)}>{t("deliverySetup.addZones")}</Button>
        <Button icon={Upload} onClick={() => input.current?.click()}>
          {t("deliverySetup.geojsonFile")}
        </Button>
      </div>
    </div>
  );
}
