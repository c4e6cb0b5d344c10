import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useRef, useState } from "react";
import {
  bookDelivery,
  cancelDelivery,
  type OffersReply,
  sendParcel,
} from "../../../../skills/delivery/api.ts";
import { call, type InputOf } from "../../../client/call.ts";
import { Card, Waiting } from "../../../ui/card.tsx";
import { SelectField } from "../../../ui/field.tsx";
import { useText } from "../../text/use-text.ts";
import { DeliveryFrame } from "../delivery-frame.tsx";
import { useSetupChange } from "../setup/queries.ts";
import { Refusal } from "../setup/refusal.tsx";
import { AddressField } from "./address-field.tsx";
import { type Handed, HandedCard } from "./handed-card.tsx";
import { blankParcel, type ChosenPlace, faultsOf, type ParcelDraft, phoneOf } from "./parcel-draft.ts";
import { ParcelFields } from "./parcel-fields.tsx";
import { carriersQuery, windowsQuery } from "./queries.ts";
import { WindowChoice } from "./window-choice.tsx";

type Offered = OffersReply["windows"][number];
type SendBody = InputOf<typeof sendParcel>["body"];

/** Hand a parcel in: address, parcel, customer, window; held with a tap, booked with the next, then its label. */
export function SendPage() {
  const { t } = useText();
  const carriers = useQuery(carriersQuery);
  const navigate = useNavigate();
  const [round, setRound] = useState(0);
  // The next parcel is somebody else's: it does not belong to the conversation that this one came from.
  const next = () => void navigate({ to: "/delivery/sent/new", search: {} }).then(() => setRound(round + 1));
  return (
    <DeliveryFrame title={t("deliverySent.newTitle")} subtitle={t("deliverySent.newSubtitle")}>
      {carriers.isPending && <Waiting rows={5} label={t("deliverySent.loading")} />}
      <Refusal error={carriers.error} />
      {carriers.data?.items.length === 0 && <p>{t("deliverySent.noCarrier")}</p>}
      {carriers.data && carriers.data.items.length > 0 && <SendForm key={round} onNext={next} />}
    </DeliveryFrame>
  );
}

/** What is typed, what is offered for it, and what has been held and booked. */
function useSending() {
  const { language } = useText();
  const { conversation } = useSearch({ from: "/shell/delivery/sent/new" });
  const carriers = useQuery(carriersQuery).data?.items ?? [];
  const [carrierId, setCarrierId] = useState(carriers[0]?.tenantId);
  const carrier = carriers.find(({ tenantId }) => tenantId === carrierId) ?? carriers[0];
  const other = carrier?.isOwn === false ? carrier.tenantId : undefined;
  const [place, setPlace] = useState<ChosenPlace | null>(null);
  const [draft, setDraft] = useState(blankParcel);
  const [isChecked, setChecked] = useState(false);
  const faults = faultsOf(draft, conversation !== undefined);
  const asked =
    place && !faults.has("parcels")
      ? {
          ...place.place,
          cityId: place.cityId,
          demand: Number(draft.parcels),
          skills: draft.skills.join(","),
          carrierId: other,
        }
      : null;
  const offers = useQuery(windowsQuery(asked));
  const hands = useHandIn(other);
  const keyOf = useWishKey();
  const question = JSON.stringify(asked);
  const { holding } = hands;
  const isAnswered = holding.data?.outcome === "gone" && holding.variables?.question === question;
  const choose = (window: Offered) => {
    setChecked(true);
    if (!place || faults.size > 0 || !offers.data) return;
    const { cityId } = offers.data;
    const parts = { language, window, cityId, place, carrierId: other, conversationId: conversation };
    const wish = wishOf(draft, parts);
    holding.mutate({ question, body: { ...wish, key: keyOf(wish) } });
  };
  /** Another window, or another note: what is held is given back, and the next hold is a new one. */
  const goBack = async (held: number) => {
    keyOf(null);
    await hands.leaving.mutateAsync(held).catch(() => {});
    holding.reset();
    hands.booking.reset();
    await offers.refetch();
  };
  const chooseCarrier = (id: number) => {
    setCarrierId(id);
    setPlace(null);
  };
  return {
    ...hands,
    carriers,
    carrier,
    other,
    conversation,
    place,
    setPlace,
    draft,
    setDraft,
    faults: isChecked ? faults : new Set<never>(),
    isAsked: asked !== null,
    offers,
    /** The window that was chosen is gone; not for another address or parcel, which was never asked for. */
    isGone: isAnswered,
    /** What was free then, until something newer is known. */
    instead:
      isAnswered && offers.dataUpdatedAt <= holding.submittedAt ? (holding.data?.instead ?? null) : null,
    choose,
    goBack,
    chooseCarrier,
    timeZone: carrier?.cities.find(({ id }) => id === offers.data?.cityId)?.timeZone,
  };
}

function SendForm({ onNext }: { onNext(): void }) {
  const sending = useSending();
  const { holding, booking, isGone, instead, draft, setDraft, other, offers, timeZone } = sending;
  const refresh = useSetupChange();
  const held = holding.data?.delivery;
  if (held && holding.data) {
    const handed: Handed = {
      delivery: booking.data?.delivery ?? held,
      isBooked: (booking.data ?? holding.data).outcome === "booked",
      isToldOf: holding.data.isToldOf,
      parcels: Number(draft.parcels),
      timeZone,
      carrierId: other,
    };
    return (
      <HandedCard
        handed={handed}
        isBooking={booking.isPending}
        error={booking.error}
        isGone={booking.data?.outcome === "gone"}
        onBook={() => booking.mutate(held.id)}
        onBack={() => void sending.goBack(held.id).then(refresh)}
        onNext={onNext}
      />
    );
  }
  return (
    <div className="grid items-start gap-5 xl:grid-cols-2">
      <ParcelCard sending={sending} onChange={(part) => setDraft({ ...draft, ...part })} />
      <WindowsCard
        isAsked={sending.isAsked}
        offers={instead ?? offers.data ?? null}
        isAsking={offers.isFetching}
        isGone={isGone}
        timeZone={timeZone}
        isBusy={holding.isPending}
        error={offers.error ?? holding.error}
        onChoose={sending.choose}
      />
    </div>
  );
}

interface ParcelCardProps {
  sending: ReturnType<typeof useSending>;
  onChange(part: Partial<ParcelDraft>): void;
}

function ParcelCard({ sending, onChange }: ParcelCardProps) {
  const { t } = useText();
  const { carriers, carrier, other, place, draft, faults, conversation } = sending;
  return (
    <Card title={t("deliverySent.parcel")}>
      <div className="grid gap-4">
        {carriers.length > 1 && (
          <SelectField
            label={t("deliverySent.carrier")}
            value={String(carrier?.tenantId)}
            options={carriers.map(({ tenantId, name }) => ({ value: String(tenantId), label: name }))}
            onChange={(event) => sending.chooseCarrier(Number(event.target.value))}
          />
        )}
        <AddressField carrierId={other} chosen={place} onChoose={sending.setPlace} />
        <ParcelFields
          draft={draft}
          faults={faults}
          hasConversation={conversation !== undefined}
          onChange={onChange}
        />
      </div>
    </Card>
  );
}

interface WindowsCardProps {
  isAsked: boolean;
  /** Null while they are asked for the first time; those of before stand until newer ones are there. */
  offers: OffersReply | null;
  isAsking: boolean;
  isGone: boolean;
  timeZone: string | undefined;
  isBusy: boolean;
  error: unknown;
  onChoose(window: Offered): void;
}

function WindowsCard(props: WindowsCardProps) {
  const { isAsked, offers, isAsking, isGone, timeZone, isBusy, error, onChoose } = props;
  const { t } = useText();
  return (
    <Card title={t("deliverySent.windows")}>
      {!isAsked && <p className="text-ink-2">{t("deliverySent.windowsFirst")}</p>}
      {isAsked && !offers && !error && <Waiting rows={2} label={t("deliverySent.asking")} />}
      <Refusal error={error} />
      {isGone && <p className="mb-3">{t("deliverySent.gone")}</p>}
      {isAsked && offers && (
        <div aria-busy={isAsking || undefined}>
          <WindowChoice offers={offers} timeZone={timeZone} isBusy={isBusy} onChoose={onChoose} />
        </div>
      )}
    </Card>
  );
}

/**
 * The same wish has the same key, however often its answer is lost; another window, name or note is another wish.
 * @returns the key of a wish; null gives back what was held: the next is a new one, also where nothing is changed
 */
function useWishKey() {
  const last = useRef({ wish: "", key: "" });
  return (wish: Omit<SendBody, "key"> | null): string => {
    const now = JSON.stringify(wish);
    if (wish === null || last.current.wish !== now) last.current = { wish: now, key: crypto.randomUUID() };
    return last.current.key;
  };
}

interface WishParts {
  language: "de" | "en";
  window: Offered;
  cityId: number;
  place: ChosenPlace;
  carrierId: number | undefined;
  conversationId: number | undefined;
}

function wishOf(draft: ParcelDraft, parts: WishParts): Omit<SendBody, "key"> {
  const { language, window, cityId, place, carrierId, conversationId } = parts;
  const { eveningId, earliestAt, latestAt } = window;
  const phone = phoneOf(draft.phone);
  const email = draft.email.trim();
  return {
    ...(carrierId !== undefined && { carrierId }),
    cityId,
    place: place.place,
    address: place.address,
    window: { eveningId, earliestAt, latestAt },
    senderReference: draft.reference.trim(),
    parcels: Number(draft.parcels),
    skills: draft.skills,
    doorNote: draft.doorNote.trim(),
    ...(conversationId !== undefined && { conversationId }),
    customer: {
      name: draft.name.trim(),
      language,
      ...(phone !== "" && { phone }),
      ...(email !== "" && { email }),
    },
    ...(draft.agreed && { consent: { evidence: draft.evidence.trim() } }),
  };
}

/** Hold, then book; a window that somebody else was quicker to take leaves what is free now. */
function useHandIn(carrierId: number | undefined) {
  const holding = useMutation({
    mutationFn: ({ body }: { body: SendBody; question: string }) => call(sendParcel, { body }),
  });
  const booking = useMutation({
    mutationFn: (id: number) =>
      call(bookDelivery, { params: { id }, body: carrierId === undefined ? {} : { carrierId } }),
  });
  const leaving = useMutation({
    mutationFn: (id: number) =>
      call(cancelDelivery, { params: { id }, body: carrierId === undefined ? {} : { carrierId } }),
  });
  return { holding, booking, leaving };
}
