import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type Company, updateCompany } from "#kernel/api";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Waiting } from "../../ui/card.tsx";
import { showToast } from "../../ui/toast.tsx";
import { queries } from "../session/queries.ts";
import { Failure, FailureRows } from "../shell/failure.tsx";
import { Page } from "../shell/page.tsx";
import { useText } from "../text/use-text.ts";
import { AddressCard } from "./company/address-card.tsx";
import { HolidaysCard } from "./company/holidays-card.tsx";
import { HoursCard } from "./company/hours-card.tsx";
import { LegalCard } from "./company/legal-card.tsx";
import { LookCard } from "./company/look-card.tsx";
import { PlaceCard } from "./company/place-card.tsx";

/** The company's settings: everything that every room reads. */
export function CompanyRoom() {
  const { t } = useText();
  const company = useQuery(queries.company);
  return (
    <Page title={t("house.company")} subtitle={t("company.subtitle")}>
      {company.isPending && <Waiting rows={5} label={t("company.loading")} />}
      {company.error && (
        <Failure error={company.error} title={t("company.notLoaded")} retry={() => void company.refetch()} />
      )}
      {company.data && <CompanyForm company={company.data} />}
    </Page>
  );
}

function CompanyForm({ company }: { company: Company }) {
  const { t } = useText();
  const client = useQueryClient();
  // Only what was changed here: a colleague's change elsewhere stays.
  const [changes, setChanges] = useState<Partial<Company>>({});
  const saving = useMutation({
    mutationFn: () => call(updateCompany, { body: changes }),
    onSuccess: (saved) => {
      client.setQueryData(queries.company.queryKey, saved);
      setChanges({});
      showToast({ text: t("company.saved") });
    },
  });
  const part = {
    company: { ...company, ...changes },
    change: (more: Partial<Company>) => setChanges({ ...changes, ...more }),
  };
  const isChanged = Object.keys(changes).length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isChanged) saving.mutate();
  };
  return (
    <form onSubmit={submit} className="grid gap-5">
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <PlaceCard {...part} />
        <AddressCard {...part} />
        <HoursCard {...part} />
        <HolidaysCard {...part} />
        <LookCard {...part} />
        <LegalCard {...part} />
      </div>
      <FailureRows error={saving.error} />
      <div className="sticky bottom-0 -mx-4 flex flex-wrap items-center gap-3 border-t border-line bg-ground px-4 py-3 lg:-mx-8 lg:px-8">
        <Button type="submit" variant="primary" busy={saving.isPending}>
          {t("company.save")}
        </Button>
        {isChanged && <Button onClick={() => setChanges({})}>{t("company.discard")}</Button>}
        <span role="status" className="text-small text-ink-2">
          {isChanged ? t("company.unsaved") : t("company.allSaved")}
        </span>
      </div>
    </form>
  );
}
