import { Plus, Trash2 } from "lucide-react";
import { Button, IconButton } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { TextField } from "../../../ui/field.tsx";
import { useText } from "../../text/use-text.ts";
import { nextKey, type WindowDraft } from "./city-draft.ts";
import type { DraftPart } from "./city-form.tsx";
import { WeekdayChoice } from "./weekday-choice.tsx";

const fields = ["from", "to", "price", "cutoff"] as const;

/** Which windows are offered on which days, for how much, and until when. */
export function WindowsCard({ draft, change, faults }: DraftPart) {
  const { t } = useText();
  const set = (key: number, part: Partial<WindowDraft>) =>
    change({ windows: draft.windows.map((one) => (one.key === key ? { ...one, ...part } : one)) });
  const add = () => {
    const last = draft.windows.at(-1);
    const blank = { weekdays: [1, 2, 3, 4, 5], from: "18:00", to: "20:00", cutoff: "120", price: "0" };
    const { id: _id, ...like } = last ?? { id: 0, ...blank };
    change({ windows: [...draft.windows, { ...blank, ...like, key: nextKey() }] });
  };
  return (
    <Card title={t("deliverySetup.windows")} aside={t("deliverySetup.windowsText")}>
      <ul className="divide-y divide-line">
        {draft.windows.map((window, n) => (
          <li
            key={window.key}
            className="grid items-start gap-3 py-4 first:pt-0 lg:grid-cols-[auto_1fr_auto]"
          >
            <WeekdayChoice
              label={t("deliverySetup.field.weekdays")}
              value={window.weekdays}
              error={faults.has(`windows.${n}.weekdays`) ? t("deliverySetup.fault.weekdays") : null}
              onChange={(chosen) => set(window.key, { weekdays: chosen })}
            />
            <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
              {fields.map((field) => (
                <TextField
                  key={field}
                  label={t(`deliverySetup.field.${field}`)}
                  inputMode={field === "price" ? "decimal" : "numeric"}
                  value={window[field]}
                  error={
                    faults.has(`windows.${n}.${field}`)
                      ? t(`deliverySetup.fault.${field === "from" || field === "to" ? "clock" : "number"}`)
                      : null
                  }
                  onChange={(event) => set(window.key, { [field]: event.target.value })}
                />
              ))}
            </div>
            <IconButton
              icon={Trash2}
              className="lg:mt-6"
              label={t("deliverySetup.remove", { name: `${window.from}–${window.to}` })}
              onClick={() => change({ windows: draft.windows.filter((one) => one.key !== window.key) })}
            />
          </li>
        ))}
      </ul>
      {draft.windows.length === 0 && <p className="text-ink-2">{t("deliverySetup.noWindow")}</p>}
      <Button className="mt-2" icon={Plus} onClick={add}>
        {t("deliverySetup.addWindow")}
      </Button>
    </Card>
  );
}
