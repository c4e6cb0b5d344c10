import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import type { CityDocument } from "../../../../skills/delivery/api.ts";
import { buttonClass } from "../../../ui/button.tsx";
import { Waiting } from "../../../ui/card.tsx";
import { BoatDrawing, LighthouseDrawing } from "../../../ui/drawings.tsx";
import { Statement } from "../../../ui/statement.tsx";
import { isManager, useMe } from "../../session/session.ts";
import { Failure } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { DeliveryFrame } from "../delivery-frame.tsx";
import { citiesQuery, eveningsQuery, runningQuery } from "../queries.ts";
import { useCityFormat } from "../use-city-format.ts";
import { eveningToShow } from "./choose-evening.ts";
import { EveningChoice } from "./evening-choice.tsx";
import { RunningEvening } from "./running-evening.tsx";

/** The evening as it runs, or what is missing before there can be one. */
export function EveningPage() {
  const { t } = useText();
  const { city: chosen, evening } = useSearch({ from: "/shell/delivery/" });
  const asked = useQuery(citiesQuery);
  const shown = useQuery({ ...runningQuery(evening ?? 0), enabled: evening !== undefined });
  const cities = asked.data?.items ?? [];
  // An evening is of one city, whatever else the address says.
  const wanted = (evening === undefined ? undefined : shown.data?.cityId) ?? chosen;
  const city =
    cities.find(({ id }) => id === wanted) ?? cities.find(({ active }) => active) ?? cities[0] ?? null;
  if (city) return <CityEvening key={city.id} cities={cities} city={city} />;
  return (
    <DeliveryFrame title={t("delivery.title")} subtitle={t("delivery.subtitle")}>
      {asked.isPending && <Waiting rows={6} label={t("delivery.loading")} />}
      {asked.error && (
        <Failure error={asked.error} title={t("delivery.notLoaded")} retry={() => void asked.refetch()} />
      )}
      {asked.data && <NoCity />}
    </DeliveryFrame>
  );
}

function NoCity() {
  const { t } = useText();
  const session = useMe();
  return (
    <Statement
      drawing={<LighthouseDrawing className="w-[270px] max-w-full" />}
      title={t("delivery.noCity")}
      actions={
        isManager(session) && (
          <Link to="/delivery/setup" className={buttonClass("primary")}>
            {t("delivery.setUpCity")}
          </Link>
        )
      }
    >
      {t(isManager(session) ? "delivery.noCityText" : "delivery.noCityAgent")}
    </Statement>
  );
}

/** What is shown first stays, until somebody chooses another: an evening that ends must not go from under the hands. */
function useKept({ city, evening }: { city: number; evening: number | undefined }, isOpen: boolean): void {
  const navigate = useNavigate();
  useEffect(() => {
    if (isOpen && evening !== undefined)
      void navigate({ to: "/delivery", search: { city, evening }, replace: true });
  }, [navigate, isOpen, city, evening]);
}

function CityEvening({ cities, city }: { cities: readonly CityDocument[]; city: CityDocument }) {
  const { t } = useText();
  const session = useMe();
  const format = useCityFormat(city.timeZone);
  const today = format.today();
  const { evening: chosen } = useSearch({ from: "/shell/delivery/" });
  const evenings = useQuery(eveningsQuery(city.id, today));
  const eveningId = chosen ?? eveningToShow(evenings.data?.items ?? [], today)?.id ?? null;
  const running = useQuery({ ...runningQuery(eveningId ?? 0), enabled: eveningId !== null });
  useKept({ city: city.id, evening: running.data?.id }, chosen === undefined);
  const choice = <EveningChoice cities={cities} city={city} eveningId={eveningId} />;
  if (running.data)
    return (
      <RunningEvening
        key={running.data.id}
        running={running.data}
        loadedAt={running.dataUpdatedAt}
        city={city}
        choice={choice}
      />
    );
  const failed = evenings.error ?? running.error;
  const isNone = evenings.isSuccess && eveningId === null;
  return (
    <DeliveryFrame title={t("delivery.title")} subtitle={city.name} actions={choice}>
      {!failed && !isNone && <Waiting rows={8} label={t("delivery.loading")} />}
      {failed && (
        <Failure
          error={failed}
          title={t("delivery.notLoaded")}
          retry={() => void (evenings.error ? evenings.refetch() : running.refetch())}
        />
      )}
      {isNone && (
        <Statement
          drawing={<BoatDrawing className="w-[300px] max-w-full" />}
          title={t("delivery.noEvening", { city: city.name })}
          actions={
            isManager(session) && (
              <Link to="/delivery/setup/plan" className={buttonClass("primary")}>
                {t("delivery.planEvening")}
              </Link>
            )
          }
        >
          {t("delivery.noEveningText")}
        </Statement>
      )}
    </DeliveryFrame>
  );
}
