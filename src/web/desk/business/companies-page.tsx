import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { type CompanySummary, createBusinessCompany, listCompanies } from "../../../skills/business/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/field.tsx";
import { PagedList, usePages } from "../shell/paged-list.tsx";
import { useText } from "../text/use-text.ts";
import { BusinessFrame } from "./business-frame.tsx";
import { blankCompany, CompanyForm } from "./company-form.tsx";
import { businessKeys, useBusinessChange } from "./queries.ts";

/** Customers that are companies. */
export function CompaniesPage() {
  const { t } = useText();
  const [typed, setTyped] = useState("");
  const [isAdding, setAdding] = useState(false);
  const q = useDeferredValue(typed.trim());
  const list = usePages({
    key: [...businessKeys.companies, q],
    load: (cursor, signal) => call(listCompanies, { query: { cursor, ...(q && { q }) } }, signal),
  });
  const add = (
    <Button variant="primary" icon={Plus} onClick={() => setAdding(true)}>
      {t("business.addCompany")}
    </Button>
  );
  return (
    <BusinessFrame title={t("business.companies")} subtitle={t("business.companiesText")} actions={add}>
      <PagedList
        list={list}
        words={{
          title: t("business.companies"),
          loading: t("business.loading"),
          notLoaded: t("business.notLoaded"),
          none: t("business.noCompanies"),
          noneText: t("business.noCompaniesText"),
          noMatch: t("business.noMatch"),
        }}
        isFiltered={q !== ""}
        filter={
          <TextField
            label={t("business.find")}
            className="mb-3 w-full sm:w-80"
            type="search"
            value={typed}
            maxLength={100}
            onChange={(event) => setTyped(event.target.value)}
          />
        }
        row={(one) => <Row key={one.id} company={one} />}
      />
      <AddCompany isOpen={isAdding} onClose={() => setAdding(false)} />
    </BusinessFrame>
  );
}

function Row({ company }: { company: CompanySummary }) {
  const { t } = useText();
  const { id, name, number, city, persons, machines, openQuotations } = company;
  return (
    <li className="py-3">
      <Link
        to="/business/companies/$company"
        params={{ company: String(id) }}
        className="font-strong wrap-anywhere text-ink underline-offset-4 hover:underline"
      >
        {name}
      </Link>
      <p className="text-small text-ink-2">
        {[
          number,
          city,
          t("business.countPersons", { count: persons }),
          t("business.countMachines", { count: machines }),
          openQuotations > 0 && t("business.countOpen", { count: openQuotations }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
    </li>
  );
}

function AddCompany({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const { t } = useText();
  const navigate = useNavigate();
  const change = useBusinessChange();
  const adding = useMutation({
    mutationFn: (body: typeof blankCompany) => call(createBusinessCompany, { body }),
    onSuccess: ({ id }) => {
      change();
      void navigate({ to: "/business/companies/$company", params: { company: String(id) } });
    },
  });
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t("business.addCompanyTitle")} closeLabel={t("close")}>
      <CompanyForm
        start={blankCompany}
        isBusy={adding.isPending}
        error={adding.error}
        onSave={adding.mutate}
        onCancel={onClose}
      />
    </Dialog>
  );
}
