import { Card } from "../../../ui/card.tsx";
import { Choice } from "../../../ui/choice.tsx";
import { SelectField, TextField } from "../../../ui/field.tsx";
import { useText } from "../../text/use-text.ts";
import { timeZones } from "../time-zones.ts";
import type { CompanyPart } from "./part.ts";

/** Name, place and the promise how soon a person answers. */
export function PlaceCard({ company, change }: CompanyPart) {
  const { t } = useText();
  return (
    <Card title={t("company.frame")}>
      <div className="grid gap-4">
        <TextField
          label={t("setup.company")}
          required
          maxLength={120}
          value={company.name}
          onChange={(event) => change({ name: event.target.value })}
        />
        <SelectField
          label={t("company.timeZone")}
          help={t("company.timeZoneHelp")}
          value={company.timeZone}
          options={[...new Set([company.timeZone, ...timeZones()])].map((zone) => ({
            value: zone,
            label: zone.replaceAll("_", " "),
          }))}
          onChange={(event) => change({ timeZone: event.target.value })}
        />
        <Choice
          label={t("company.language")}
          help={t("company.languageHelp")}
          value={company.language}
          options={(["de", "en"] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
          onChange={(language) => change({ language })}
        />
        <TextField
          label={t("company.answerMinutes")}
          help={t("company.answerMinutesHelp")}
          type="number"
          min={1}
          max={10_080}
          value={company.answerMinutes}
          onChange={(event) => change({ answerMinutes: Math.max(1, event.target.valueAsNumber || 1) })}
        />
      </div>
    </Card>
  );
}
