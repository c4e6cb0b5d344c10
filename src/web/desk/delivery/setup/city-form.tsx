import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type CityDocument, type CityInput, putDeliveryCity } from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { useMe } from "../../session/session.ts";
import { LeaveGuard } from "../../shell/leave-guard.tsx";
import { useText } from "../../text/use-text.ts";
import { type CityDraft, type DraftFaults, draftOf, readDraft } from "./city-draft.ts";
import { CostsCard, PlaceCard, PromiseCard } from "./city-fields.tsx";
import { DepotsCard } from "./depots-card.tsx";
import { HoursCard } from "./hours-card.tsx";
import { useSetupChange } from "./queries.ts";
import { Refusal } from "./refusal.tsx";
import { WindowsCard } from "./windows-card.tsx";
import { ZonesCard } from "./zones-card.tsx";

/** What a card of the form gets: the draft, how it is changed, and what cannot be read. */
export interface DraftPart {
  draft: CityDraft;
  change(part: Partial<CityDraft>): void;
  faults: DraftFaults;
}

const nothing: DraftFaults = new Set();

/** A whole city, saved at once: windows, zones and prices belong together. */
export function CityForm({ city }: { city: CityDocument }) {
  const { t, language } = useText();
  const { role } = useMe();
  const refresh = useSetupChange();
  const [draft, setDraft] = useState(() => draftOf(city, language));
  const [faults, setFaults] = useState<DraftFaults>(nothing);
  const [isChanged, setChanged] = useState(false);
  const saving = useMutation({
    mutationFn: (body: CityInput) => call(putDeliveryCity, { params: { id: city.id }, body }),
    onSuccess: async (saved) => {
      setDraft(draftOf(saved, language));
      setChanged(false);
      showToast({ text: t("deliverySetup.city.saved", { name: saved.name }) });
      await refresh();
    },
  });
  const change = (part: Partial<CityDraft>) => {
    setDraft((before) => ({ ...before, ...part }));
    setChanged(true);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readDraft(draft, language);
    setFaults("faults" in read ? read.faults : nothing);
    if ("city" in read) saving.mutate(read.city);
    else focusFault(event.currentTarget as HTMLFormElement);
  };
  const part = { draft, change, faults };
  return (
    <form onSubmit={submit} noValidate className="grid gap-5">
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <PlaceCard {...part} />
        <DepotsCard {...part} />
      </div>
      <WindowsCard {...part} />
      <ZonesCard {...part} />
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <PromiseCard {...part} />
        <div className="grid gap-5">
          <CostsCard {...part} />
          <HoursCard {...part} />
        </div>
      </div>
      {role === "owner" && (
        <div className="sticky bottom-0 z-10 flex flex-wrap items-center gap-3 border-t border-line bg-ground py-3">
          <Button type="submit" variant="primary" busy={saving.isPending}>
            {t("deliverySetup.city.save")}
          </Button>
          {faults.size > 0 && (
            <p role="alert">
              <StateLine kind="bad">{t("deliverySetup.faults", { count: faults.size })}</StateLine>
            </p>
          )}
          <Refusal error={saving.error} />
        </div>
      )}
      <LeaveGuard
        isUnsaved={isChanged}
        words={{
          title: t("deliverySetup.leave.title"),
          text: t("deliverySetup.leave.text"),
          stay: t("deliverySetup.leave.stay"),
          leave: t("deliverySetup.leave.leave"),
          close: t("close"),
        }}
      />
    </form>
  );
}

/** After the faults are shown, the first one has the focus. */
function focusFault(form: HTMLFormElement): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
}
