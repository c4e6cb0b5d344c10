import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";
import { Button, buttonClass } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { BoatDrawing } from "../../../ui/drawings.tsx";
import { TextField } from "../../../ui/field.tsx";
import { type Step, Steps } from "../../../ui/progress.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { readAmount } from "../../business/amounts.ts";
import { useMe } from "../../session/session.ts";
import { useText } from "../../text/use-text.ts";
import { useCityFormat } from "../use-city-format.ts";
import { minuteOf } from "./city-draft.ts";
import {
  type FirstCity,
  type FirstMade,
  type FirstStep,
  type FirstWindow,
  firstSteps,
  makeFirstCity,
} from "./first-city.ts";
import { knownCity } from "./known-cities.ts";
import { useSetupChange } from "./queries.ts";
import { Refusal } from "./refusal.tsx";
import { WeekdayChoice } from "./weekday-choice.tsx";

interface FirstStepsProps {
  isFirst: boolean;
  /** From now on there is a city, and this page stays all the same until it is done. */
  onBegin(): void;
  onDone(cityId: number): void;
  onCancel(): void;
}

const blank = {
  name: "",
  lat: "",
  lon: "",
  depot: "",
  from: "17:00",
  to: "21:00",
  price: "0",
  courier: "",
  weekdays: [1, 2, 3, 4, 5] as number[],
};
type Typed = typeof blank;
type TextName = Exclude<keyof Typed, "weekdays">;

/** From nothing to the first offered window: one form, and everything behind it is made. */
export function FirstSteps({ isFirst, onBegin, onDone, onCancel }: FirstStepsProps) {
  const { t } = useText();
  const { role } = useMe();
  const refresh = useSetupChange();
  const [step, setStep] = useState<FirstStep | null>(null);
  const made = useRef<FirstMade>({});
  const making = useMutation({
    mutationFn: (given: FirstCity) => makeFirstCity(given, made.current, setStep),
    onSettled: refresh,
  });
  if (role !== "owner") return <p>{t("deliverySetup.ownerOnly")}</p>;
  if (making.data) return <Ready made={making.data} onDone={onDone} />;
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[1fr_20rem]">
      <Card title={t(isFirst ? "deliverySetup.first.title" : "deliverySetup.first.another")}>
        <p className="mb-5 max-w-[66ch] text-ink-2">{t("deliverySetup.first.text")}</p>
        <FirstForm
          isBusy={making.isPending}
          onMake={(given) => {
            onBegin();
            making.mutate(given);
          }}
          onCancel={isFirst ? null : onCancel}
        />
        <div className="mt-4">
          <Refusal error={making.error} />
        </div>
      </Card>
      {step ? (
        <Steps
          steps={firstSteps.map((name) => ({
            name: t(`deliverySetup.first.step.${name}`),
            state: stateOf(name, step, making.isError),
          }))}
          words={{
            done: t("deliverySetup.step.done"),
            now: t("deliverySetup.step.now"),
            ahead: t("deliverySetup.step.ahead"),
            failed: t("deliverySetup.step.failed"),
          }}
        />
      ) : (
        <BoatDrawing className="w-[270px] max-w-full justify-self-center" />
      )}
    </div>
  );
}

function stateOf(name: FirstStep, now: FirstStep, hasFailed: boolean): Step["state"] {
  const [at, here] = [firstSteps.indexOf(name), firstSteps.indexOf(now)];
  if (at !== here) return at < here ? "done" : "ahead";
  return hasFailed ? "failed" : "now";
}

interface FirstFormProps {
  isBusy: boolean;
  onMake(given: FirstCity): void;
  onCancel: (() => void) | null;
}

function FirstForm({ isBusy, onMake, onCancel }: FirstFormProps) {
  const { t, language } = useText();
  const [typed, setTyped] = useState(blank);
  const [isChecked, setChecked] = useState(false);
  const known = knownCity(typed.name);
  const { city, wrong } = readFirst(typed, language);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (city) onMake(city);
  };
  const field = (name: TextName, help?: string) => (
    <TextField
      label={t(`deliverySetup.first.field.${name}`)}
      help={help}
      error={isChecked && wrong.includes(name) ? t(`deliverySetup.first.fault.${name}`) : null}
      value={typed[name]}
      onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
    />
  );
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        {field("name", known ? t("deliverySetup.first.known") : t("deliverySetup.first.nameHelp"))}
        {field("depot", t("deliverySetup.first.depotHelp"))}
        {!known && typed.name.trim() !== "" && (
          <>
            {field("lat", t("deliverySetup.first.degreeHelp"))}
            {field("lon")}
          </>
        )}
      </div>
      <WeekdayChoice
        label={t("deliverySetup.field.weekdays")}
        value={typed.weekdays}
        error={isChecked && wrong.includes("weekdays") ? t("deliverySetup.fault.weekdays") : null}
        onChange={(weekdays) => setTyped({ ...typed, weekdays })}
      />
      <div className="grid gap-4 sm:grid-cols-3">
        {field("from")}
        {field("to", t("deliverySetup.first.toHelp"))}
        {field("price")}
      </div>
      {field("courier", t("deliverySetup.first.courierHelp"))}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={isBusy}>
          {t("deliverySetup.first.make")}
        </Button>
        {onCancel && <Button onClick={onCancel}>{t("cancel")}</Button>}
      </div>
    </form>
  );
}

function readFirst(
  typed: Typed,
  language: "de" | "en",
): { city: FirstCity | null; wrong: readonly (keyof Typed)[] } {
  const known = knownCity(typed.name);
  const degree = (text: string) => (text.trim() === "" ? Number.NaN : Number(text.trim().replace(",", ".")));
  const lat = known?.lat ?? degree(typed.lat);
  const lon = known?.lon ?? degree(typed.lon);
  const priceMinor = readAmount(typed.price.trim() || "0", 2, language);
  const [from, to] = [minuteOf(typed.from), minuteOf(typed.to)];
  const faults: readonly [keyof Typed, boolean][] = [
    ["name", typed.name.trim() === ""],
    ["depot", typed.depot.trim() === ""],
    ["lat", !(Math.abs(lat) <= 80)],
    ["lon", !(Math.abs(lon) <= 180)],
    ["weekdays", typed.weekdays.length === 0],
    ["from", from === null],
    ["to", to === null || to - (from ?? 0) < 120],
    ["price", priceMinor === null],
    ["courier", typed.courier.trim() === ""],
  ];
  const wrong = faults.filter(([, isWrong]) => isWrong).map(([name]) => name);
  if (wrong.length > 0) return { city: null, wrong };
  const timeZone = known?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { name, depot, courier, weekdays } = typed;
  return {
    wrong,
    city: {
      name: name.trim(),
      depot: depot.trim(),
      courier: courier.trim(),
      lat,
      lon,
      timeZone,
      weekdays,
      from: typed.from,
      to: typed.to,
      priceMinor: priceMinor ?? 0,
    },
  };
}

/** What is offered now, and what one can do next. */
function Ready({ made, onDone }: { made: FirstWindow; onDone(cityId: number): void }) {
  const { t } = useText();
  const { earliestAt, latestAt, timeZone } = made;
  const format = useCityFormat(timeZone);
  return (
    <Card title={t("deliverySetup.first.done")}>
      <p>
        {earliestAt && latestAt ? (
          <StateLine kind="ok">
            {t("deliverySetup.first.window", {
              day: format.longDay(format.dayOf(earliestAt)),
              window: format.window(earliestAt, latestAt),
            })}
          </StateLine>
        ) : (
          <StateLine kind="warn">{t("deliverySetup.first.noWindow")}</StateLine>
        )}
      </p>
      <p className="mt-3 max-w-[66ch] text-ink-2">{t("deliverySetup.first.next")}</p>
      <div className="mt-4 flex flex-wrap gap-2">
        <Link to="/delivery/sent/new" className={buttonClass("primary")}>
          {t("deliverySetup.first.send")}
        </Link>
        <Button onClick={() => onDone(made.cityId)}>{t("deliverySetup.first.more")}</Button>
      </div>
    </Card>
  );
}
