import type { OffersReply } from "../../../../skills/delivery/api.ts";
import { StateLine } from "../../../ui/tag.tsx";
import { useText } from "../../text/use-text.ts";
import { type CityFormat, useCityFormat } from "../use-city-format.ts";

type Offered = OffersReply["windows"][number];

interface WindowChoiceProps {
  offers: OffersReply;
  timeZone: string | undefined;
  isBusy: boolean;
  onChoose(window: Offered): void;
}

/** Windows by day, each a button with its whole sentence as its name. */
export function WindowChoice({ offers, timeZone, isBusy, onChoose }: WindowChoiceProps) {
  const format = useCityFormat(timeZone);
  if (offers.refusal) return <RefusalLine refusal={offers.refusal} format={format} />;
  const days = new Map<string, Offered[]>();
  for (const window of offers.windows) {
    const day = format.dayOf(window.earliestAt);
    days.set(day, [...(days.get(day) ?? []), window]);
  }
  const ways = offers.windows.map(({ extraSeconds }) => extraSeconds);
  const greenest = Math.min(...ways);
  // Where all cost about the same nobody is nearby.
  const isNearby = greenest * 2 <= Math.max(...ways) && Math.max(...ways) > 0;
  return (
    <ul className="grid gap-4">
      {[...days].map(([day, windows]) => (
        <li key={day}>
          <p className="mb-1 text-small font-strong">{format.longDay(day)}</p>
          <div className="flex flex-wrap gap-2">
            {windows.map((window) => (
              <WindowButton
                key={window.earliestAt + window.latestAt}
                window={window}
                format={format}
                isBusy={isBusy}
                isOnTheWay={isNearby && window.extraSeconds === greenest}
                onChoose={() => onChoose(window)}
              />
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}

interface WindowButtonProps {
  window: Offered;
  format: CityFormat;
  isBusy: boolean;
  isOnTheWay: boolean;
  onChoose(): void;
}

function WindowButton({ window, format, isBusy, isOnTheWay, onChoose }: WindowButtonProps) {
  const { t } = useText();
  const { earliestAt, latestAt, priceMinor, currency } = window;
  const span = format.window(earliestAt, latestAt);
  const price = priceMinor === 0 ? t("deliverySent.free") : format.money(priceMinor, currency);
  return (
    <button
      type="button"
      disabled={isBusy}
      aria-label={t("deliverySent.windowName", {
        day: format.longDay(format.dayOf(earliestAt)),
        span,
        price,
      })}
      onClick={onChoose}
      className="grid min-h-(--ah-control) gap-0.5 rounded-t-2 border border-b-2 border-line-strong border-b-ink bg-sheet px-3 py-1.5 text-left hover:bg-sunken"
    >
      <span className="font-strong tabular-nums">{span}</span>
      <span className="text-small text-ink-2">{price}</span>
      {isOnTheWay && <span className="text-tiny text-ok">{t("deliverySent.onTheWay")}</span>}
    </button>
  );
}

function RefusalLine({
  refusal,
  format,
}: {
  refusal: NonNullable<OffersReply["refusal"]>;
  format: CityFormat;
}) {
  const { t } = useText();
  const said = () => {
    switch (refusal.reason) {
      case "outside":
        return t("deliverySent.refused.outside", { distance: format.distance(refusal.distanceMetres) });
      case "too_much":
        return t("deliverySent.refused.too_much", { count: refusal.most });
      case "not_carried":
        return t("deliverySent.refused.not_carried", {
          skills: refusal.missing.map((skill) => t(`deliverySent.skill.${skill}`)).join(", "),
        });
      case "no_round":
        return refusal.nextDate === null
          ? t("deliverySent.refused.no_round")
          : t("deliverySent.refused.no_round_until", { day: format.longDay(refusal.nextDate) });
      case "full":
        return t("deliverySent.refused.full", { day: format.longDay(refusal.untilDate) });
    }
  };
  return (
    <p role="status">
      <StateLine kind="warn">{said()}</StateLine>
    </p>
  );
}
