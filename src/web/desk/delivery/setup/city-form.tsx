import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { type CityInput, putDeliveryCity, type ShownCity } from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { useMe } from "../../session/session.ts";
import { LeaveGuard } from "../../shell/leave-guard.tsx";
import { useText } from "../../text/use-text.ts";
import { citiesQuery } from "../queries.ts";
import { type CityDraft, type DraftFaults, draftOf, readDraft } from "./city-draft.ts";
import { CostsCard, PlaceCard, PromiseCard } from "./city-fields.tsx";
import { DepotsCard } from "./depots-card.tsx";
import { HoursCard } from "./hours-card.tsx";
import { useSetupChange } from "./queries.ts";
import { StaleForm } from "./stale-form.tsx";
import { WindowsCard } from "./windows-card.tsx";
import { ZonesCard } from "./zones-card.tsx";

/** What a card of the form gets: the draft, how it is changed, and what cannot be read. */
export interface DraftPart {
  draft: CityDraft;
  change(part: Partial<CityDraft>): void;
  faults: DraftFaults;
}

const nothing: DraftFaults = new Set();

/** The draft, and what it was made from: it stays as it is typed, whatever others save meanwhile. */
function useCityDraft(city: ShownCity) {
  const { t, language } = useText();
  const refresh = useSetupChange();
  const cities = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(city, language));
  const [version, setVersion] = useState(city.version);
  const [isChanged, setChanged] = useState(false);
  const [faults, setFaults] = useState<DraftFaults>(nothing);
  const take = (now: ShownCity) => {
    setDraft(draftOf(now, language));
    setVersion(now.version);
    setChanged(false);
    setFaults(nothing);
  };
  // Nothing was typed: what somebody else has saved is shown.
  if (!isChanged && version !== city.version) take(city);
  const saving = useMutation({
    mutationFn: ({ body, over = version }: { body: CityInput; over?: string | undefined }) =>
      call(putDeliveryCity, { params: { id: city.id }, body: { ...body, version: over } }),
    onSuccess: async (saved) => {
      cities.setQueryData(citiesQuery.queryKey, (before) => withCity(before, saved));
      take(saved);
      showToast({ text: t("deliverySetup.city.saved", { name: saved.name }) });
      await refresh();
    },
  });
  /** @param over what may be overwritten; without it what the draft was made from */
  const save = (form: HTMLFormElement | null, over?: string) => {
    const read = readDraft(draft, language);
    setFaults("faults" in read ? read.faults : nothing);
    if ("city" in read) saving.mutate({ body: read.city, over });
    else if (form) focusFault(form);
  };
  const resolving = useMutation({
    mutationFn: async (form: HTMLFormElement | null) => {
      const { items } = await cities.fetchQuery({ ...citiesQuery, staleTime: 0 });
      const now = items.find(({ id }) => id === city.id);
      if (!now) return;
      if (form) return save(form, now.version);
      take(now);
      saving.reset();
    },
  });
  const change = (part: Partial<CityDraft>) => {
    setDraft((before) => ({ ...before, ...part }));
    setChanged(true);
  };
  return { draft, change, faults, isChanged, saving, save, resolving };
}

/** A whole city, saved at once: windows, zones and prices belong together. */
export function CityForm({ city }: { city: ShownCity }) {
  const { t } = useText();
  const { role } = useMe();
  const { draft, change, faults, isChanged, saving, save, resolving } = useCityDraft(city);
  const form = useRef<HTMLFormElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(form.current);
  };
  const part = { draft, change, faults };
  return (
    <form ref={form} onSubmit={submit} noValidate className="grid gap-5">
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
          <StaleForm
            error={resolving.error ?? saving.error}
            isBusy={resolving.isPending || saving.isPending}
            onTakeTheirs={() => resolving.mutate(null)}
            onKeepMine={() => resolving.mutate(form.current)}
          />
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

function withCity(before: { items: ShownCity[] } | undefined, saved: ShownCity) {
  return before && { ...before, items: before.items.map((one) => (one.id === saved.id ? saved : one)) };
}

/** After the faults are shown, the first one has the focus. */
function focusFault(form: HTMLFormElement): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
}
