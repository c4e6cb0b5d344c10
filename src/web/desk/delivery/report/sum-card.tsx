import type { DeliveryRate, DeliveryReportRow } from "../../../../skills/delivery/api.ts";
import { Card } from "../../../ui/card.tsx";
import { useText } from "../../text/use-text.ts";
import { EveningBars, TwoBars } from "./bars.tsx";
import { figuresOf } from "./figures.ts";
import { useReportWords } from "./use-report-words.ts";

interface SumProps {
  sum: DeliveryReportRow;
  /** Of the same city, in the order of time. */
  evenings: readonly DeliveryReportRow[];
  second: { gramsCo2: number; metres: number };
  /** Of this city. */
  rates: readonly DeliveryRate[];
}

/** Fewer evenings make no course. */
const FEWEST_BARS = 2;

/** A city's evenings taken together: each figure with what it is of. */
export function SumCard({ sum, evenings, second, rates }: SumProps) {
  const { t } = useText();
  const words = useReportWords();
  const { firstAttempt, windowKept, noticeInside, good, costAStop, metresAParcel, gramsAParcel } =
    figuresOf(sum);
  const error = sum.noticeErrorSeconds;
  // On foot and by bicycle only the way is left to compare.
  const isClean = gramsAParcel === 0 && second.gramsCo2 === 0;
  const tiles = [
    {
      key: "first",
      value: words.share(firstAttempt),
      note: words.of(sum.atFirstAttempt, sum.deliveries),
    },
    { key: "window", value: words.share(windowKept), note: words.of(sum.windowKept, sum.windowJudged) },
    {
      key: "notice",
      value: words.share(noticeInside),
      note:
        error === null
          ? words.of(sum.noticeInside, sum.noticed)
          : t("delivery.noticeError", { span: words.span(error * 1_000) }),
    },
    {
      key: "cost",
      value: words.amount(costAStop, sum.currency),
      note:
        costAStop === null
          ? t("delivery.noRates")
          : t("delivery.inAll", { sum: words.amount(sum.costMinor, sum.currency) }),
    },
    {
      key: "compensation",
      value: words.amount(sum.compensationMinor, sum.currency),
      note: t("delivery.brokenSaid", { count: sum.brokenSaid }),
    },
    { key: "answers", value: words.share(good), note: words.of(sum.good, sum.asked) },
  ] as const;
  const more = [
    t("delivery.handedOver", { count: sum.handedOver }),
    sum.notRecorded > 0 && t("delivery.notRecorded", { count: sum.notRecorded }),
  ].filter(Boolean);
  return (
    <Card title={sum.cityName} aside={t("delivery.evenings", { count: evenings.length })}>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-4 md:grid-cols-3 xl:grid-cols-6">
        {tiles.map(({ key, value, note }) => (
          <div key={key} className="min-w-0">
            <dt className="text-small font-strong">{t(`delivery.tile.${key}`)}</dt>
            <dd className="font-head text-h1 font-heavy whitespace-nowrap">{value}</dd>
            <dd className="text-small text-ink-2">{note}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-small text-ink-2">{more.join(" · ")}</p>
      <div className="mt-5 grid gap-6 lg:grid-cols-[1.18fr_1fr] lg:gap-8">
        {evenings.length >= FEWEST_BARS && (
          <EveningBars
            title={t("delivery.windowTitle", { share: words.share(windowKept) })}
            bars={evenings.map((row) => ({
              key: String(row.eveningId),
              label: words.shortDay(row.date ?? ""),
              share: figuresOf(row).windowKept,
            }))}
          />
        )}
        {gramsAParcel !== null && (
          <TwoBars
            title={t("delivery.gramsTitle", {
              grams: words.grams(gramsAParcel),
              distance: words.metres(metresAParcel),
            })}
            bars={[
              {
                key: "parcel",
                label: t("delivery.aParcel"),
                value: isClean ? (metresAParcel ?? 0) : gramsAParcel,
                text: t("delivery.gramsAndWay", {
                  grams: words.grams(gramsAParcel),
                  distance: words.metres(metresAParcel),
                }),
              },
              {
                key: "second",
                label: t("delivery.secondAttempt"),
                value: isClean ? second.metres : second.gramsCo2,
                text: t("delivery.gramsAndWay", {
                  grams: words.grams(second.gramsCo2),
                  distance: words.metres(second.metres),
                }),
              },
            ]}
          />
        )}
      </div>
      {gramsAParcel !== null && rates.length > 0 && <Rates rates={rates} />}
    </Card>
  );
}

/** What the grams were counted with, and what of it nobody here has measured. */
function Rates({ rates }: Pick<SumProps, "rates">) {
  const { t } = useText();
  const words = useReportWords();
  const said = rates.map(({ vehicle, gramsPerKm, isUsual }) =>
    t(isUsual && gramsPerKm > 0 ? "delivery.rate.usual" : "delivery.rate.own", {
      vehicle: t(`delivery.vehicle.${vehicle}`),
      grams: words.grams(gramsPerKm),
    }),
  );
  return <p className="mt-4 text-small text-ink-2">{t("delivery.rates", { rates: said.join(", ") })}</p>;
}
