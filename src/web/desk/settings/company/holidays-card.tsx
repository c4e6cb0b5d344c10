import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { SelectField } from "../../../ui/field.tsx";
import { DateField } from "../../text/date-field.tsx";
import { useText } from "../../text/use-text.ts";
import type { CompanyPart } from "./part.ts";

/** ISO 3166-2: the German states, whose public holidays differ. */
const states = [
  "BW",
  "BY",
  "BE",
  "BB",
  "HB",
  "HH",
  "HE",
  "MV",
  "NI",
  "NW",
  "RP",
  "SL",
  "SN",
  "ST",
  "SH",
  "TH",
] as const;

/** Public holidays by state, and days on which the house is closed besides. */
export function HolidaysCard({ company, change }: CompanyPart) {
  const { t, format } = useText();
  const [day, setDay] = useState("");
  const add = () => {
    if (day) change({ closedDays: [...new Set([...company.closedDays, day])].sort() });
    setDay("");
  };
  const regions = [
    { value: "", label: t("holidays.none") },
    { value: "DE", label: t("holidays.nationwide") },
    ...states.map((state) => ({ value: `DE-${state}`, label: t(`state.DE-${state}`) })),
  ];
  const isForeign = !regions.some(({ value }) => value === company.holidayRegion);
  return (
    <Card title={t("holidays.title")}>
      <div className="grid gap-4">
        <SelectField
          label={t("holidays.region")}
          value={company.holidayRegion}
          options={
            isForeign ? [...regions, { value: company.holidayRegion, label: company.holidayRegion }] : regions
          }
          onChange={(event) => change({ holidayRegion: event.target.value })}
        />
        <div className="flex items-end gap-2">
          <DateField label={t("holidays.closed")} className="flex-1" value={day} onChange={setDay} />
          <Button icon={Plus} onClick={add}>
            {t("holidays.add")}
          </Button>
        </div>
        <ul className="flex flex-wrap gap-2">
          {company.closedDays.map((closed) => (
            <li key={closed} className="inline-flex items-center rounded-1 bg-sunken pl-2.5 text-small">
              {format.date(`${closed}T12:00:00Z`)}
              <IconButton
                icon={X}
                label={t("holidays.remove", { date: format.date(`${closed}T12:00:00Z`) })}
                className="size-8!"
                onClick={() => change({ closedDays: company.closedDays.filter((each) => each !== closed) })}
              />
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}
