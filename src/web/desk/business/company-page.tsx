import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { type Company, deleteCompany, replaceCompany } from "../../../skills/business/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Waiting } from "../../ui/card.tsx";
import { Answers, Dialog } from "../../ui/dialog.tsx";
import { showToast } from "../../ui/toast.tsx";
import { isManager, useMe } from "../session/session.ts";
import { Failure } from "../shell/failure.tsx";
import { Page } from "../shell/page.tsx";
import { useNow } from "../text/use-now.ts";
import { useText } from "../text/use-text.ts";
import { shownMoney } from "./amounts.ts";
import { CompanyForm } from "./company-form.tsx";
import { DrawingsCard } from "./drawings-card.tsx";
import { Faults } from "./faults.tsx";
import { MachinesCard } from "./machines-card.tsx";
import { PersonsCard } from "./persons-card.tsx";
import { companyQuery, useBusinessChange } from "./queries.ts";
import { QuotationStateTag } from "./quotation-state.tsx";

/** One company: who speaks for it, what stands there, what was offered. */
export function CompanyPage() {
  const { t } = useText();
  const { company: id } = useParams({ from: "/shell/business/companies/$company" });
  const company = useQuery(companyQuery(Number(id)));
  const { data } = company;
  return (
    <Page
      title={data?.name ?? t("business.company")}
      subtitle={data ? [data.number, data.city].filter(Boolean).join(" · ") : undefined}
      back={{ to: "/business/companies", label: t("business.companies") }}
    >
      {company.isPending && <Waiting rows={6} label={t("business.loading")} />}
      {company.error && (
        <Failure error={company.error} title={t("business.notLoaded")} retry={() => void company.refetch()} />
      )}
      {data && (
        <div className="grid items-start gap-5 xl:grid-cols-2">
          <div className="grid min-w-0 gap-5">
            <PersonsCard company={data} />
            <MachinesCard company={data} />
            <DrawingsCard company={data} />
          </div>
          <div className="grid min-w-0 gap-5">
            <QuotationsCard company={data} />
            <ConversationsCard company={data} />
            <AddressCard key={data.revision} company={data} />
          </div>
        </div>
      )}
    </Page>
  );
}

function QuotationsCard({ company }: { company: Company }) {
  const { t, format } = useText();
  return (
    <Card title={t("business.quotations")}>
      {company.quotations.length === 0 && <p className="text-ink-2">{t("business.noQuotationsHere")}</p>}
      <ul className="divide-y divide-line">
        {company.quotations.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center gap-x-3 py-2">
            <Link
              to="/business/quotations/$quotation"
              params={{ quotation: String(one.id) }}
              className="font-strong text-accent-text hover:underline"
            >
              {one.number ?? t("business.noNumber")}
            </Link>
            <QuotationStateTag state={one.state} />
            <span className="ml-auto tabular-nums">
              {shownMoney(one.grossCents, one.currency, format.locale)}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function ConversationsCard({ company }: { company: Company }) {
  const { t, format } = useText();
  const now = useNow();
  return (
    <Card title={t("contact.conversations")}>
      {company.conversations.length === 0 && <p className="text-ink-2">{t("business.noConversations")}</p>}
      <ul className="divide-y divide-line">
        {company.conversations.map((one) => (
          <li key={one.id} className="flex items-baseline gap-3 py-2">
            <Link
              to="/conversations/$id"
              params={{ id: one.id }}
              className="font-strong text-accent-text hover:underline"
            >
              {one.contactName || `#${one.id}`}
            </Link>
            <span className="text-small text-ink-2">{t.maybe(`state.${one.state}`) ?? one.state}</span>
            <span className="ml-auto text-small text-ink-2">{format.moment(one.lastMessageAt, now)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function AddressCard({ company }: { company: Company }) {
  const { t } = useText();
  const [isEditing, setEditing] = useState(false);
  const change = useBusinessChange();
  const saving = useMutation({
    mutationFn: (input: Omit<Parameters<typeof call<typeof replaceCompany>>[1]["body"], "revision">) =>
      call(replaceCompany, { params: { id: company.id }, body: { ...input, revision: company.revision } }),
    onSuccess: () => {
      change();
      setEditing(false);
      showToast({ text: t("business.saved") });
    },
  });
  const lines = [
    company.street,
    [company.postalCode, company.city].filter(Boolean).join(" "),
    company.country,
    company.vatId && `${t("business.field.vatId")} ${company.vatId}`,
    company.note,
  ].filter(Boolean);
  return (
    <Card title={t("business.address")}>
      {isEditing ? (
        <CompanyForm
          start={company}
          isBusy={saving.isPending}
          error={saving.error}
          onSave={({ name, number, street, postalCode, city, country, vatId, language, note }) =>
            saving.mutate({ name, number, street, postalCode, city, country, vatId, language, note })
          }
          onCancel={() => setEditing(false)}
        />
      ) : (
        <>
          {lines.map((line) => (
            <p key={line} className="wrap-anywhere whitespace-pre-wrap">
              {line}
            </p>
          ))}
          <div className="mt-3 flex flex-wrap gap-2">
            <Button onClick={() => setEditing(true)}>{t("business.edit")}</Button>
            <RemoveCompany company={company} />
          </div>
        </>
      )}
    </Card>
  );
}

function RemoveCompany({ company }: { company: Company }) {
  const { t } = useText();
  const [isAsking, setAsking] = useState(false);
  const safe = useRef<HTMLButtonElement>(null);
  const navigate = useNavigate();
  const change = useBusinessChange();
  const mayRemove = isManager(useMe()) && company.quotations.length === 0;
  const removing = useMutation({
    mutationFn: () => call(deleteCompany, { params: { id: company.id } }),
    onSuccess: () => {
      change();
      void navigate({ to: "/business/companies" });
    },
  });
  if (!mayRemove) return null;
  return (
    <>
      <Button variant="danger" onClick={() => setAsking(true)}>
        {t("business.removeCompany")}
      </Button>
      <Dialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t("business.removeCompanyTitle", { name: company.name })}
        closeLabel={t("close")}
        focusFirst={safe}
      >
        <p>{t("business.removeCompanyText")}</p>
        <Faults error={removing.error} />
        <Answers
          safe={{ label: t("cancel"), onClick: () => setAsking(false), ref: safe }}
          act={{
            label: t("business.removeCompany"),
            onClick: () => removing.mutate(),
            busy: removing.isPending,
            danger: true,
          }}
        />
      </Dialog>
    </>
  );
}
