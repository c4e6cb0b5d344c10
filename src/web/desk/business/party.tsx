import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Building2 } from "lucide-react";
import { useState } from "react";
import {
  addPerson,
  type CompanySummary,
  createQuotation,
  listCompanies,
  type Role,
} from "../../../skills/business/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { Tag } from "../../ui/tag.tsx";
import { PanelSection, sectionIcon } from "../conversations/contact/panel-section.tsx";
import { useText } from "../text/use-text.ts";
import { Faults } from "./faults.tsx";
import { businessKeys, partyQuery, useBusinessChange } from "./queries.ts";
import { QuotationStateTag } from "./quotation-state.tsx";
import { RoleChoice } from "./role-choice.tsx";

const shownQuotations = 5;

/** For whom this person speaks here: privately, or for a company with its machines and quotations. */
export function Party({ conversationId }: { conversationId: number }) {
  const { t } = useText();
  const party = useQuery(partyQuery(conversationId));
  const navigate = useNavigate();
  const change = useBusinessChange();
  const beginning = useMutation({
    mutationFn: () => call(createQuotation, { body: { conversationId } }),
    onSuccess: ({ id }) => {
      change();
      void navigate({ to: "/business/quotations/$quotation", params: { quotation: String(id) } });
    },
  });
  if (!party.data) return null;
  const { company, person, machines, quotations, contactId } = party.data;
  return (
    <PanelSection icon={<Building2 {...sectionIcon} />} title={t("business.inName")}>
      {company ? (
        <div className="grid gap-2 text-small">
          <p>
            <Link
              to="/business/companies/$company"
              params={{ company: String(company.id) }}
              className="font-strong wrap-anywhere text-accent-text hover:underline"
            >
              {company.name}
            </Link>
          </p>
          <p className="flex flex-wrap gap-1">
            {person?.roles.map((role) => (
              <Tag key={role} kind="plain">
                {t(`business.role.${role}`)}
              </Tag>
            ))}
          </p>
          {machines.length > 0 && (
            <p className="text-ink-2">
              {t("business.machines")}: {machines.map(({ serial }) => serial).join(", ")}
            </p>
          )}
          <ul className="grid gap-1">
            {quotations.slice(0, shownQuotations).map((one) => (
              <li key={one.id} className="flex items-center justify-between gap-2">
                <Link
                  to="/business/quotations/$quotation"
                  params={{ quotation: String(one.id) }}
                  className="inline-flex min-h-6 items-center text-accent-text hover:underline"
                >
                  {one.number ?? t("business.noNumber")}
                </Link>
                <QuotationStateTag state={one.state} />
              </li>
            ))}
          </ul>
          <Faults error={beginning.error} />
          <Button busy={beginning.isPending} onClick={() => beginning.mutate()}>
            {t("business.makeQuotation")}
          </Button>
        </div>
      ) : (
        <Private contactId={contactId} />
      )}
    </PanelSection>
  );
}

function Private({ contactId }: { contactId: number }) {
  const { t } = useText();
  const [isChoosing, setChoosing] = useState(false);
  return (
    <>
      <p className="text-small text-ink-2">{t("business.private")}</p>
      {isChoosing ? (
        <ChooseCompany contactId={contactId} onDone={() => setChoosing(false)} />
      ) : (
        <Button variant="quiet" className="px-0!" onClick={() => setChoosing(true)}>
          {t("business.speaksFor")}
        </Button>
      )}
    </>
  );
}

function ChooseCompany({ contactId, onDone }: { contactId: number; onDone(): void }) {
  const { t } = useText();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<CompanySummary | null>(null);
  const [roles, setRoles] = useState<readonly Role[]>(["orderer"]);
  const change = useBusinessChange();
  const q = typed.trim();
  const found = useQuery({
    queryKey: [...businessKeys.companies, "choose", q],
    queryFn: ({ signal }) => call(listCompanies, { query: { limit: 6, ...(q && { q }) } }, signal),
  });
  const adding = useMutation({
    mutationFn: (id: number) => call(addPerson, { params: { id }, body: { contactId, roles: [...roles] } }),
    onSuccess: () => {
      change();
      onDone();
    },
  });
  return (
    <div className="mt-2 grid gap-3">
      {chosen === null ? (
        <>
          <TextField
            label={t("business.find")}
            autoFocus
            value={typed}
            maxLength={100}
            onChange={(event) => setTyped(event.target.value)}
          />
          <ul className="grid gap-1">
            {found.data?.items.map((one) => (
              <li key={one.id}>
                <Button className="w-full justify-start!" onClick={() => setChosen(one)}>
                  {one.name}
                </Button>
              </li>
            ))}
          </ul>
          {found.data?.items.length === 0 && (
            <p className="text-small">
              {t("business.noMatch")}{" "}
              <Link to="/business/companies" className="font-strong text-accent-text underline">
                {t("business.addCompany")}
              </Link>
            </p>
          )}
        </>
      ) : (
        <>
          <p className="font-strong wrap-anywhere">{chosen.name}</p>
          <RoleChoice roles={roles} onChange={setRoles} />
          <p className="text-small text-ink-2">{t("business.speaksForHelp")}</p>
          <Button
            variant="primary"
            busy={adding.isPending}
            disabled={roles.length === 0}
            onClick={() => adding.mutate(chosen.id)}
          >
            {t("business.speaksForYes")}
          </Button>
        </>
      )}
      <Faults error={adding.error ?? found.error} />
      <Button onClick={onDone}>{t("cancel")}</Button>
    </div>
  );
}
