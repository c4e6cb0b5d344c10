import { useQuery } from "@tanstack/react-query";
import { Package } from "lucide-react";
import { type DeliveryCard, listContactDeliveries } from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Tag, type TagKind } from "../../../ui/tag.tsx";
import { RoomWords } from "../../text/room-words.tsx";
import { useText } from "../../text/use-text.ts";
import { ErasePhoto } from "./erase-photo.tsx";
import { PanelSection, sectionIcon } from "./panel-section.tsx";

const freshMs = 5_000;

/** What is brought to this person, and what became of it; nothing stands here before the first. */
export function ContactDeliveries({ contactId }: { contactId: number }) {
  return (
    <RoomWords room="deliveryCard" isExtra>
      <Cards contactId={contactId} />
    </RoomWords>
  );
}

function Cards({ contactId }: { contactId: number }) {
  const { t } = useText();
  const { data } = useQuery({
    queryKey: ["delivery", "live", "contact", contactId],
    queryFn: ({ signal }) => call(listContactDeliveries, { params: { id: contactId } }, signal),
    staleTime: freshMs,
  });
  if (!data || data.items.length === 0) return null;
  return (
    <PanelSection icon={<Package {...sectionIcon} />} title={t("parcel.title")} aside={data.items.length}>
      <ul className="grid gap-4 text-small">
        {data.items.map((card) => (
          <Row key={card.id} card={card} />
        ))}
      </ul>
    </PanelSection>
  );
}

const kindOf: Partial<Record<DeliveryCard["state"], TagKind>> = {
  done: "ok",
  failed: "warn",
  cancelled: "off",
  expired: "off",
};

/** Times on the clock of the city where it is brought. */
function useClock(timeZone: string) {
  const { language } = useText();
  const locale = language === "de" ? "de-DE" : "en-GB";
  const make = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone });
  const clock = make({ hour: "2-digit", minute: "2-digit" });
  const day = make({ weekday: "short", day: "numeric", month: "long" });
  return {
    at: (iso: string) => clock.format(new Date(iso)),
    day: (iso: string) => day.format(new Date(iso)),
    money: (minor: number, currency: string) => {
      const format = new Intl.NumberFormat(locale, { style: "currency", currency });
      return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
    },
  };
}

function Row({ card }: { card: DeliveryCard }) {
  const { t } = useText();
  const { at, day } = useClock(card.timeZone);
  const { earliestAt, latestAt, expected, told, isLate, state, endedAt, outcome } = card;
  const facts = [
    card.senderName && t("parcel.from", { sender: card.senderName }),
    card.reference && t("parcel.number", { number: card.reference }),
    card.attempt > 1 && t("parcel.attempt", { count: card.attempt }),
  ].filter(Boolean);
  return (
    <li className="grid gap-1 wrap-anywhere">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-strong">
          {t("parcel.window", { day: day(earliestAt), from: at(earliestAt), until: at(latestAt) })}
        </span>
        <Tag kind={kindOf[state] ?? "info"}>{t(`parcel.state.${state}`)}</Tag>
        {isLate && <Tag kind="bad">{t("parcel.late")}</Tag>}
      </p>
      {facts.length > 0 && <p className="text-ink-2">{facts.join(" · ")}</p>}
      <p>{card.address}</p>
      {expected && <p>{t("parcel.expected", { from: at(expected.from), until: at(expected.until) })}</p>}
      {told && (
        <p className="text-ink-2">{t("parcel.told", { from: at(told.from), until: at(told.until) })}</p>
      )}
      {card.doorNote && <p className="text-ink-2">{t("parcel.note", { note: card.doorNote })}</p>}
      {outcome && endedAt && (
        <p>
          {t(`parcel.outcome.${outcome}`, { at: at(endedAt) })}
          {card.outcomeWords && `: ${card.outcomeWords}`}
        </p>
      )}
      <ProofLine card={card} />
      <Afterwards card={card} />
    </li>
  );
}

/** What proves the hand-over, where colleagues answer about it. */
function ProofLine({ card: { id, proof, photoUrl, signature, outcome } }: { card: DeliveryCard }) {
  const { t } = useText();
  return (
    <>
      {proof === "code" && outcome === "handed_over" && <p>{t("parcel.proof.code")}</p>}
      {photoUrl && (
        <div className="grid justify-items-start gap-2">
          <a
            href={photoUrl}
            target="_blank"
            rel="noopener noreferrer"
            className="font-strong text-accent-text hover:underline"
          >
            {t("parcel.photo")}
          </a>
          <ErasePhoto deliveryId={id} />
        </div>
      )}
      {signature && (
        <figure className="grid gap-1">
          <figcaption className="text-ink-2">{t("parcel.signature")}</figcaption>
          <svg
            viewBox="0 0 300 120"
            role="img"
            aria-label={t("parcel.signature")}
            className="w-48 max-w-full border-b border-line-strong text-ink"
          >
            <path d={signature} fill="none" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
          </svg>
        </figure>
      )}
    </>
  );
}

function Afterwards({ card: { compensation, answer, answerWords, timeZone } }: { card: DeliveryCard }) {
  const { t } = useText();
  const { money } = useClock(timeZone);
  return (
    <>
      {compensation && (
        <p>{t("parcel.owed", { amount: money(compensation.minor, compensation.currency) })}</p>
      )}
      {answer && (
        <p>
          {t(`parcel.answer.${answer}`)}
          {answerWords && `: ${answerWords}`}
        </p>
      )}
    </>
  );
}
