import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useDeferredValue, useState } from "react";
import type { ReplyOf } from "#kernel/api";
import { type CompanySummary, createBusinessCompany, listCompanies } from "../../../skills/business/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Waiting } from "../../ui/card.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { LighthouseDrawing } from "../../ui/drawings.tsx";
import { TextField } from "../../ui/field.tsx";
import { Statement } from "../../ui/statement.tsx";
import { Failure } from "../shell/failure.tsx";
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
  const list = useInfiniteQuery({
    queryKey: [...businessKeys.companies, q],
    queryFn: ({ pageParam, signal }): Promise<ReplyOf<typeof listCompanies>> =>
      call(listCompanies, { query: { cursor: pageParam ?? undefined, ...(q && { q }) } }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const isEmpty = list.isSuccess && items.length === 0;
  const add = (
    <Button variant="primary" icon={Plus} onClick={() => setAdding(true)}>
      {t("business.addCompany")}
    </Button>
  );
  return (
    <BusinessFrame title={t("business.companies")} subtitle={t("business.companiesText")} actions={add}>
      {list.isPending && <Waiting rows={6} label={t("business.loading")} />}
      {list.error && (
        <Failure error={list.error} title={t("business.notLoaded")} retry={() => void list.refetch()} />
      )}
      {isEmpty && q === "" && (
        <Statement
          drawing={<LighthouseDrawing className="w-[270px] max-w-full" />}
          title={t("business.noCompanies")}
        >
          {t("business.noCompaniesText")}
        </Statement>
      )}
      {list.isSuccess && !(isEmpty && q === "") && (
        <section
          aria-label={t("business.companies")}
          className="rounded-2 border border-line bg-sheet p-4 sm:p-6"
        >
          <TextField
            label={t("business.find")}
            className="mb-3 w-full sm:w-80"
            type="search"
            value={typed}
            maxLength={100}
            onChange={(event) => setTyped(event.target.value)}
          />
          {isEmpty && <p className="py-6 text-ink-2">{t("business.noMatch")}</p>}
          <ul className="divide-y divide-line border-t-[1.5px] border-ink">
            {items.map((one) => (
              <Row key={one.id} company={one} />
            ))}
          </ul>
          {list.hasNextPage && (
            <Button className="mt-3" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t("list.more")}
            </Button>
          )}
        </section>
      )}
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
