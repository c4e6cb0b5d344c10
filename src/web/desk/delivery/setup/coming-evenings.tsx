import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import {
  addShift,
  type CityDocument,
  type Courier,
  type EveningHead,
  getEvening,
} from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card, Waiting } from "../../../ui/card.tsx";
import { SelectField, TextField } from "../../../ui/field.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { isManager, useMe } from "../../session/session.ts";
import { useText } from "../../text/use-text.ts";
import { eveningsQuery } from "../queries.ts";
import { useCityFormat } from "../use-city-format.ts";
import { minuteOf } from "./city-draft.ts";
import { useSetupChange } from "./queries.ts";
import { Refusal } from "./refusal.tsx";

interface EveningsProps {
  city: CityDocument;
  couriers: readonly Courier[];
}

/** What is planned already; each opens to its rounds. */
export function ComingEvenings({ city, couriers }: EveningsProps) {
  const { t } = useText();
  const format = useCityFormat(city.timeZone);
  const today = format.today();
  const evenings = useQuery(eveningsQuery(city.id, today));
  const [open, setOpen] = useState<number | null>(null);
  const coming = (evenings.data?.items ?? []).filter(({ date }) => date >= today);
  return (
    <Card title={t("deliverySetup.coming")}>
      {evenings.isPending && <Waiting rows={3} label={t("deliverySetup.loading")} />}
      <Refusal error={evenings.error} />
      {evenings.isSuccess && coming.length === 0 && (
        <p className="text-ink-2">{t("deliverySetup.coming.none")}</p>
      )}
      <ul className="divide-y divide-line">
        {coming.map((evening) => (
          <li key={evening.id} className="py-3">
            <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <Link
                to="/delivery"
                search={{ city: city.id, evening: evening.id }}
                className="font-strong underline-offset-4 hover:underline"
              >
                {format.longDay(evening.date)}
              </Link>
              <span className="text-small text-ink-2">
                {t("deliverySetup.coming.counts", { count: evening.shifts, booked: evening.booked })}
              </span>
              <Button
                variant="quiet"
                className="ml-auto"
                aria-expanded={open === evening.id}
                onClick={() => setOpen(open === evening.id ? null : evening.id)}
              >
                {t("deliverySetup.coming.rounds")}
                <span className="ear-only">{`: ${format.longDay(evening.date)}`}</span>
              </Button>
            </div>
            {open === evening.id && <Rounds evening={evening} city={city} couriers={couriers} />}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Rounds({ evening, city, couriers }: EveningsProps & { evening: EveningHead }) {
  const { t } = useText();
  const session = useMe();
  const format = useCityFormat(city.timeZone);
  const whole = useQuery({
    queryKey: ["delivery", "live", "evening", evening.id],
    queryFn: ({ signal }) => call(getEvening, { params: { id: evening.id } }, signal),
  });
  if (!whole.data)
    return whole.error ? (
      <Refusal error={whole.error} />
    ) : (
      <Waiting rows={1} label={t("deliverySetup.loading")} />
    );
  const nameOf = (id: number | null) =>
    couriers.find((one) => one.id === id)?.name ?? t("deliverySetup.plan.somebody");
  return (
    <div className="mt-2 grid gap-3 border-l-2 border-line pl-4">
      <ul className="grid gap-1">
        {whole.data.shifts
          .filter(({ state }) => state !== "dropped")
          .map(({ id, courierId, earliestAt, latestAt, route, capacity }) => (
            <li key={id} className="text-small">
              <span className="font-strong">{nameOf(courierId)}</span>{" "}
              {`${format.window(earliestAt, latestAt)} · ${t("deliverySetup.parcels", { count: capacity })} · ${t("deliverySetup.stops", { count: route.length })}`}
            </li>
          ))}
      </ul>
      {isManager(session) && evening.state !== "over" && (
        <AddRound evening={evening} city={city} couriers={couriers} />
      )}
    </div>
  );
}

/** One more courier for one evening. */
function AddRound({ evening, city, couriers }: EveningsProps & { evening: EveningHead }) {
  const { t } = useText();
  const format = useCityFormat(city.timeZone);
  const refresh = useSetupChange();
  const [typed, setTyped] = useState({ courierId: "", from: "17:00", to: "21:30" });
  const [isChecked, setChecked] = useState(false);
  const adding = useMutation({
    mutationFn: () => {
      const at = (clock: string) => format.fromInput(`${evening.date}T${clock.padStart(5, "0")}`);
      const earliest = at(typed.from);
      const latest = at(typed.to);
      return call(addShift, {
        params: { id: evening.id },
        body: {
          courierId: typed.courierId === "" ? null : Number(typed.courierId),
          startDepotId: city.depots[0]?.id ?? 0,
          earliestAt: new Date(earliest).toISOString(),
          // Past midnight is the next morning.
          latestAt: new Date(latest > earliest ? latest : latest + 86_400_000).toISOString(),
        },
      });
    },
    onSuccess: async () => {
      showToast({ text: t("deliverySetup.coming.added") });
      await refresh();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (minuteOf(typed.from) !== null && minuteOf(typed.to) !== null) adding.mutate();
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-wrap items-start gap-3">
      <SelectField
        className="w-48"
        label={t("deliverySetup.field.courier")}
        value={typed.courierId}
        options={[
          { value: "", label: t("deliverySetup.plan.somebody") },
          ...couriers.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
        onChange={(event) => setTyped({ ...typed, courierId: event.target.value })}
      />
      {(["from", "to"] as const).map((field) => (
        <TextField
          key={field}
          className="w-24"
          label={t(`deliverySetup.field.${field}`)}
          value={typed[field]}
          error={isChecked && minuteOf(typed[field]) === null ? t("deliverySetup.fault.clock") : null}
          onChange={(event) => setTyped({ ...typed, [field]: event.target.value })}
        />
      ))}
      <Button type="submit" className="mt-6" busy={adding.isPending}>
        {t("deliverySetup.coming.add")}
      </Button>
      <Refusal error={adding.error} />
    </form>
  );
}
