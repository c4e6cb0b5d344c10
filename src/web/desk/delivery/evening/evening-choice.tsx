import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { CityDocument } from "../../../../skills/delivery/api.ts";
import { SelectField } from "../../../ui/field.tsx";
import { useText } from "../../text/use-text.ts";
import { eveningsQuery } from "../queries.ts";
import { useCityFormat } from "../use-city-format.ts";

interface ChoiceProps {
  cities: readonly CityDocument[];
  city: CityDocument;
  eveningId: number | null;
}

/** Which city, and which of its evenings. */
export function EveningChoice({ cities, city, eveningId }: ChoiceProps) {
  const { t } = useText();
  const navigate = useNavigate();
  const format = useCityFormat(city.timeZone);
  const evenings = useQuery(eveningsQuery(city.id, format.today())).data?.items ?? [];
  return (
    <div className="flex flex-wrap gap-2">
      {cities.length > 1 && (
        <SelectField
          label={t("delivery.city")}
          hideLabel
          className="max-w-48"
          value={String(city.id)}
          options={cities.map(({ id, name }) => ({ value: String(id), label: name }))}
          onChange={(event) =>
            void navigate({ to: "/delivery", search: { city: Number(event.target.value) } })
          }
        />
      )}
      {evenings.length > 0 && (
        <SelectField
          label={t("delivery.evening")}
          hideLabel
          className="max-w-64"
          value={String(eveningId ?? "")}
          options={evenings
            .toSorted((a, b) => b.date.localeCompare(a.date))
            .map(({ id, date, state }) => ({
              value: String(id),
              label: t("delivery.eveningOption", {
                date: format.shortDay(date),
                state: t(`delivery.state.${state}`),
              }),
            }))}
          onChange={(event) =>
            void navigate({
              to: "/delivery",
              search: { city: city.id, evening: Number(event.target.value) },
            })
          }
        />
      )}
    </div>
  );
}
