import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type CityDocument, planEvenings } from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card, Waiting } from "../../../ui/card.tsx";
import { SelectField } from "../../../ui/field.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { isManager, useMe } from "../../session/session.ts";
import { Failure } from "../../shell/failure.tsx";
import { DateField } from "../../text/date-field.tsx";
import { useText } from "../../text/use-text.ts";
import { citiesQuery } from "../queries.ts";
import { useCityFormat } from "../use-city-format.ts";
import { ComingEvenings } from "./coming-evenings.tsx";
import { PatternCard } from "./pattern-card.tsx";
import { PlannedDays } from "./planned-days.tsx";
import { couriersQuery, useSetupChange } from "./queries.ts";
import { Refusal } from "./refusal.tsx";
import { SetupFrame } from "./setup-frame.tsx";

const weeks = 14;

/** The usual week, and the evenings that are planned from it. */
export function PlanPage() {
  const { t } = useText();
  const cities = useQuery(citiesQuery);
  const couriers = useQuery(couriersQuery);
  const [chosen, setChosen] = useState<number | null>(null);
  const [isUnsaved, setUnsaved] = useState(false);
  const items = cities.data?.items ?? [];
  const city = items.find(({ id }) => id === chosen) ?? items[0];
  return (
    <SetupFrame title={t("deliverySetup.plan.title")} subtitle={t("deliverySetup.plan.subtitle")}>
      {(cities.isPending || couriers.isPending) && <Waiting rows={6} label={t("deliverySetup.loading")} />}
      {cities.error && (
        <Failure
          error={cities.error}
          title={t("deliverySetup.notLoaded")}
          retry={() => void cities.refetch()}
        />
      )}
      {cities.isSuccess && !city && <p>{t("deliverySetup.plan.noCity")}</p>}
      {city && couriers.data && (
        <div className="grid gap-5">
          {items.length > 1 && (
            <SelectField
              className="max-w-80"
              label={t("deliverySetup.city.choose")}
              value={String(city.id)}
              disabled={isUnsaved}
              options={items.map(({ id, name }) => ({ value: String(id), label: name }))}
              onChange={(event) => setChosen(Number(event.target.value))}
            />
          )}
          <PatternCard
            key={`pattern ${city.id}`}
            city={city}
            couriers={couriers.data.items}
            onUnsaved={setUnsaved}
          />
          <PlanAhead key={`ahead ${city.id}`} city={city} isWeekUnsaved={isUnsaved} />
          <ComingEvenings key={`coming ${city.id}`} city={city} couriers={couriers.data.items} />
        </div>
      )}
    </SetupFrame>
  );
}

/** The coming two weeks with one tap, or a single date. */
function PlanAhead({ city, isWeekUnsaved }: { city: CityDocument; isWeekUnsaved: boolean }) {
  const { t } = useText();
  const session = useMe();
  const format = useCityFormat(city.timeZone);
  const refresh = useSetupChange();
  const [date, setDate] = useState("");
  const planning = useMutation({
    mutationFn: (body: { from: string; days: number }) =>
      call(planEvenings, { params: { id: city.id }, body }),
    onSuccess: refresh,
  });
  const [isRefused, setRefused] = useState(false);
  const plan = (body: { from: string; days: number }) => {
    setRefused(isWeekUnsaved);
    if (!isWeekUnsaved) planning.mutate(body);
  };
  if (!isManager(session)) return null;
  return (
    <Card title={t("deliverySetup.plan.ahead")}>
      <p className="mb-4 max-w-[66ch] text-ink-2">{t("deliverySetup.plan.aheadText")}</p>
      {isWeekUnsaved && isRefused && (
        <p role="alert" className="mb-3">
          <StateLine kind="warn">{t("deliverySetup.plan.unsaved")}</StateLine>
        </p>
      )}
      <div className="flex flex-wrap items-end gap-3">
        <Button
          variant="primary"
          busy={planning.isPending}
          onClick={() => plan({ from: format.today(), days: weeks })}
        >
          {t("deliverySetup.plan.twoWeeks")}
        </Button>
        <DateField className="w-44" label={t("deliverySetup.plan.date")} value={date} onChange={setDate} />
        <Button busy={planning.isPending} onClick={() => date !== "" && plan({ from: date, days: 1 })}>
          {t("deliverySetup.plan.oneDay")}
        </Button>
      </div>
      <Refusal error={planning.error} />
      {planning.data && <PlannedDays days={planning.data.items} timeZone={city.timeZone} />}
    </Card>
  );
}
