import { Plus, Trash2 } from "lucide-react";
import { Button, IconButton } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { TextField } from "../../../ui/field.tsx";
import { useText } from "../../text/use-text.ts";
import { type HourDraft, nextKey } from "./city-draft.ts";
import type { DraftPart } from "./city-form.tsx";

/** How fast ways are through the day; without any hour alike all day. */
export function HoursCard({ draft, change, faults }: DraftPart) {
  const { t } = useText();
  const { hours } = draft;
  const set = (key: number, part: Partial<HourDraft>) =>
    change({ hours: hours.map((one) => (one.key === key ? { ...one, ...part } : one)) });
  const add = () => {
    const blank = { key: nextKey(), from: hours.length === 0 ? "16:00" : "19:00", percent: "100" };
    change({ hours: [...hours, blank] });
  };
  return (
    <Card title={t("deliverySetup.hours")} aside={t("deliverySetup.hoursText")}>
      <ul className="divide-y divide-line">
        {hours.map((hour, n) => (
          <li key={hour.key} className="grid grid-cols-[1fr_1fr_auto] items-start gap-3 py-3 first:pt-0">
            <TextField
              label={t("deliverySetup.field.hourFrom")}
              inputMode="numeric"
              value={hour.from}
              error={faults.has(`hours.${n}.from`) ? t("deliverySetup.fault.hour") : null}
              onChange={(event) => set(hour.key, { from: event.target.value })}
            />
            <TextField
              label={t("deliverySetup.field.hourPercent")}
              inputMode="numeric"
              value={hour.percent}
              error={faults.has(`hours.${n}.percent`) ? t("deliverySetup.fault.percent") : null}
              onChange={(event) => set(hour.key, { percent: event.target.value })}
            />
            <IconButton
              icon={Trash2}
              className="mt-6"
              label={t("deliverySetup.remove", { name: hour.from })}
              onClick={() => change({ hours: hours.filter((one) => one.key !== hour.key) })}
            />
          </li>
        ))}
      </ul>
      {hours.length === 0 && <p className="text-ink-2">{t("deliverySetup.noHours")}</p>}
      <Button className="mt-2" icon={Plus} onClick={add} disabled={hours.length >= HOURS_MOST}>
        {t("deliverySetup.addHour")}
      </Button>
    </Card>
  );
}

const HOURS_MOST = 48;
