import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { Button } from "../../../ui/button.tsx";
import { TextField } from "../../../ui/field.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { useText } from "../../text/use-text.ts";
import { Refusal } from "../setup/refusal.tsx";
import type { ChosenPlace } from "./parcel-draft.ts";
import { placesQuery } from "./queries.ts";

interface AddressFieldProps {
  carrierId: number | undefined;
  chosen: ChosenPlace | null;
  onChoose(place: ChosenPlace | null): void;
}

/** An address typed with mistakes: what is sure is taken, what may be meant is offered, and a place can be given by hand. */
export function AddressField({ carrierId, chosen, onChoose }: AddressFieldProps) {
  const { t } = useText();
  const [typed, setTyped] = useState("");
  const asked = useDeferredValue(typed.trim());
  const found = useQuery({ ...placesQuery(asked, carrierId), enabled: asked.length >= 5 && chosen === null });
  const places = found.data;
  if (chosen)
    return (
      <div className="flex flex-wrap items-center gap-3">
        <div>
          <p className="text-small font-strong">{t("deliverySent.address")}</p>
          <p className="wrap-anywhere">{chosen.address}</p>
        </div>
        <Button onClick={() => onChoose(null)}>{t("deliverySent.otherAddress")}</Button>
      </div>
    );
  return (
    <div className="grid gap-2">
      <TextField
        label={t("deliverySent.address")}
        help={t("deliverySent.addressHelp")}
        autoComplete="off"
        maxLength={200}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <div aria-live="polite" className="grid gap-2">
        {found.isFetching && <p className="text-small text-ink-2">{t("deliverySent.searching")}</p>}
        {places && !found.isFetching && places.items.length > 0 && (
          <ul className="grid gap-1">
            {places.items.map(({ cityId, address, place }) => (
              <li key={`${cityId} ${address}`}>
                <Button onClick={() => onChoose({ cityId, address, place })}>{address}</Button>
              </li>
            ))}
          </ul>
        )}
        {places && !found.isFetching && places.items.length === 0 && asked.length >= 5 && (
          <>
            <StateLine kind="warn">
              {t(places.result === "unavailable" ? "deliverySent.noList" : "deliverySent.notFound")}
            </StateLine>
            <ByHand typed={typed.trim()} onChoose={onChoose} />
          </>
        )}
        {places?.attribution && <p className="text-tiny text-ink-3">{places.attribution}</p>}
      </div>
      <Refusal error={found.error} />
    </div>
  );
}

/** Where the list does not know the house, its coordinates do. */
function ByHand({ typed, onChoose }: { typed: string; onChoose(place: ChosenPlace): void }) {
  const { t } = useText();
  const [text, setText] = useState("");
  const [isWrong, setWrong] = useState(false);
  const take = () => {
    const [, lat, lon] = /^\s*(-?\d+(?:\.\d+)?)\s*[,; ]\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text) ?? [];
    const place = { lat: Number(lat), lon: Number(lon) };
    const isPlace = Math.abs(place.lat) <= 80 && Math.abs(place.lon) <= 180;
    setWrong(!isPlace);
    if (isPlace) onChoose({ cityId: undefined, address: typed, place });
  };
  return (
    <div className="flex flex-wrap items-start gap-2">
      <TextField
        className="w-64 max-w-full"
        label={t("deliverySent.byHand")}
        help={t("deliverySent.byHandHelp")}
        value={text}
        error={isWrong ? t("deliverySent.fault.place") : null}
        onChange={(event) => setText(event.target.value)}
      />
      <Button className="mt-6" onClick={take}>
        {t("deliverySent.takePlace")}
      </Button>
    </div>
  );
}
