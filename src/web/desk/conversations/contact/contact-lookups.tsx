import { useQuery } from "@tanstack/react-query";
import { PackageSearch } from "lucide-react";
import { type LookupCard, listLookupCards } from "../../../../skills/lookup/api.ts";
import { call } from "../../../client/call.ts";
import { Tag, type TagKind } from "../../../ui/tag.tsx";
import { RoomWords } from "../../text/room-words.tsx";
import { useNow } from "../../text/use-now.ts";
import { useText } from "../../text/use-text.ts";
import { PanelSection, sectionIcon } from "./panel-section.tsx";

const freshMs = 5_000;

/** What this person has proved to be theirs, and what was told of it; nothing stands here before that. */
export function ContactLookups({ contactId }: { contactId: number }) {
  return (
    <RoomWords room="lookup" isExtra>
      <Cards contactId={contactId} />
    </RoomWords>
  );
}

function Cards({ contactId }: { contactId: number }) {
  const { t } = useText();
  const { data } = useQuery({
    queryKey: ["lookups", contactId],
    queryFn: ({ signal }) => call(listLookupCards, { params: { id: contactId } }, signal),
    staleTime: freshMs,
  });
  if (!data || data.items.length === 0) return null;
  return (
    <PanelSection
      icon={<PackageSearch {...sectionIcon} />}
      title={t("lookup.cards")}
      aside={data.items.length}
    >
      <ul className="grid gap-3 text-small">
        {data.items.map((card) => (
          <Row key={card.id} card={card} />
        ))}
      </ul>
    </PanelSection>
  );
}

const kindOf: Partial<Record<NonNullable<LookupCard["record"]["status"]>, TagKind>> = {
  delivered: "ok",
  awaiting_payment: "warn",
  cancelled: "off",
  returned: "off",
  refunded: "off",
};

function Row({ card: { record, proof, from, provenAt } }: { card: LookupCard }) {
  const { t, format } = useText();
  const now = useNow();
  const { kind, number, status, carrier, tracking, expectedDay, items } = record;
  return (
    <li className="wrap-anywhere">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-strong">{t(`lookup.number.${kind}`, { number })}</span>
        {status && <Tag kind={kindOf[status] ?? "info"}>{t(`lookup.status.${status}`)}</Tag>}
      </p>
      {items.length > 0 && <p>{items.join(", ")}</p>}
      <p>
        {[carrier, expectedDay && t("lookup.expected", { date: format.date(expectedDay) })]
          .filter(Boolean)
          .join(", ")}
      </p>
      {tracking && (
        <a
          href={tracking}
          target="_blank"
          rel="noopener noreferrer"
          className="font-strong text-accent-text hover:underline"
        >
          {t("lookup.track")}
        </a>
      )}
      <p className="text-ink-2">
        {t("lookup.from", { from, proof: t(`lookup.proof.${proof}`), when: format.moment(provenAt, now) })}
      </p>
    </li>
  );
}
