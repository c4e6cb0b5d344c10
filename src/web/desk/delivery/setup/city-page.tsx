import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ShownCity } from "../../../../skills/delivery/api.ts";
import { Button } from "../../../ui/button.tsx";
import { Waiting } from "../../../ui/card.tsx";
import { SelectField } from "../../../ui/field.tsx";
import { useMe } from "../../session/session.ts";
import { Failure } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { citiesQuery } from "../queries.ts";
import { AddressCard } from "./address-card.tsx";
import { BuffersCard } from "./buffers-card.tsx";
import { CityForm } from "./city-form.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { MapCard } from "./map-card.tsx";
import { SetupFrame } from "./setup-frame.tsx";
import { TilesCard } from "./tiles-card.tsx";

/** Cities, each with its depots, zones, windows and prices; without any the way to the first window. */
export function CityPage() {
  const { t } = useText();
  const cities = useQuery(citiesQuery);
  const [chosen, setChosen] = useState<number | "new" | null>(null);
  const items = cities.data?.items ?? [];
  const city = items.find(({ id }) => id === chosen) ?? items[0];
  const isNew = chosen === "new" || (cities.isSuccess && items.length === 0);
  return (
    <SetupFrame
      title={t("deliverySetup.title")}
      subtitle={t("deliverySetup.subtitle")}
      actions={
        items.length > 0 &&
        !isNew && <Button onClick={() => setChosen("new")}>{t("deliverySetup.city.add")}</Button>
      }
    >
      {cities.isPending && <Waiting rows={6} label={t("deliverySetup.loading")} />}
      {cities.error && (
        <Failure
          error={cities.error}
          title={t("deliverySetup.notLoaded")}
          retry={() => void cities.refetch()}
        />
      )}
      {isNew && (
        <FirstSteps
          isFirst={items.length === 0}
          onBegin={() => setChosen("new")}
          onDone={(id) => setChosen(id)}
          onCancel={() => setChosen(null)}
        />
      )}
      {city && !isNew && (
        <>
          {items.length > 1 && (
            <SelectField
              className="mb-5 max-w-80"
              label={t("deliverySetup.city.choose")}
              value={String(city.id)}
              options={items.map(({ id, name }) => ({ value: String(id), label: name }))}
              onChange={(event) => setChosen(Number(event.target.value))}
            />
          )}
          <OneCity key={city.id} city={city} />
        </>
      )}
    </SetupFrame>
  );
}

function OneCity({ city }: { city: ShownCity }) {
  const { t } = useText();
  const { role } = useMe();
  return (
    <div className="grid gap-5">
      {role !== "owner" && <p className="text-ink-2">{t("deliverySetup.ownerOnly")}</p>}
      <CityForm city={city} />
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <AddressCard city={city} />
        <BuffersCard city={city} />
        <MapCard city={city} />
        <TilesCard city={city} />
      </div>
    </div>
  );
}
