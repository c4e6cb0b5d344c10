import { Link } from "@tanstack/react-router";
import type { DeliveryReply } from "../../../../skills/delivery/api.ts";
import { Button, buttonClass } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { useNow } from "../../text/use-now.ts";
import { useText } from "../../text/use-text.ts";
import { Refusal } from "../setup/refusal.tsx";
import { useCityFormat } from "../use-city-format.ts";
import { LabelButtons } from "./label-buttons.tsx";

export interface Handed {
  delivery: DeliveryReply;
  isBooked: boolean;
  isToldOf: boolean;
  parcels: number;
  timeZone: string | undefined;
  carrierId: number | undefined;
}

interface HandedCardProps {
  handed: Handed;
  isBooking: boolean;
  isGone: boolean;
  error: unknown;
  onBook(): void;
  onBack(): void;
  onNext(): void;
}

/** A window that is held and waits for the yes, and what follows it. */
export function HandedCard({ handed, isBooking, isGone, error, onBook, onBack, onNext }: HandedCardProps) {
  const { t } = useText();
  const { delivery, isBooked, isToldOf, parcels, timeZone, carrierId } = handed;
  const format = useCityFormat(timeZone);
  const now = useNow();
  const { earliestAt, latestAt, address, holdUntil, priceMinor, currency } = delivery;
  const isOver = holdUntil !== null && Date.parse(holdUntil) <= now;
  return (
    <Card title={t(isBooked ? "deliverySent.booked" : "deliverySent.held")} className="max-w-[640px]">
      <p className="text-[1.375rem] font-strong tabular-nums">
        {`${format.longDay(format.dayOf(earliestAt))}, ${format.window(earliestAt, latestAt)}`}
      </p>
      <p className="wrap-anywhere">{address}</p>
      <p className="text-ink-2">
        {priceMinor === 0 ? t("deliverySent.free") : format.money(priceMinor, currency)}
      </p>
      <div role="status" className="mt-3 grid gap-1">
        {isBooked ? (
          <StateLine kind="ok">
            {t(isToldOf ? "deliverySent.promisedTold" : "deliverySent.promised")}
          </StateLine>
        ) : isGone ? (
          <StateLine kind="warn">{t("deliverySent.gone")}</StateLine>
        ) : (
          <StateLine kind={isOver ? "warn" : "info"}>
            {isOver
              ? t("deliverySent.holdOver")
              : t("deliverySent.heldUntil", { time: holdUntil === null ? "" : format.clock(holdUntil) })}
          </StateLine>
        )}
      </div>
      <Refusal error={error} />
      <div className="mt-4 flex flex-wrap gap-2">
        {isBooked ? (
          <>
            <Button variant="primary" onClick={onNext}>
              {t("deliverySent.next")}
            </Button>
            <LabelButtons items={[{ deliveryId: delivery.id, parcels }]} carrierId={carrierId} />
            <Link to="/delivery/sent" className={buttonClass("quiet")}>
              {t("deliverySent.toList")}
            </Link>
          </>
        ) : (
          <>
            {!isGone && (
              <Button variant="primary" busy={isBooking} onClick={onBook}>
                {t("deliverySent.book")}
              </Button>
            )}
            <Button onClick={onBack}>{t("deliverySent.otherWindow")}</Button>
          </>
        )}
      </div>
    </Card>
  );
}
