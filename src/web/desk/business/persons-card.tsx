import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import {
  addPerson,
  type Company,
  type Person,
  type Role,
  removePerson,
  setRoles,
} from "../../../skills/business/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { TextField } from "../../ui/field.tsx";
import { Tag } from "../../ui/tag.tsx";
import { showToast } from "../../ui/toast.tsx";
import { useText } from "../text/use-text.ts";
import { Faults } from "./faults.tsx";
import { useBusinessChange } from "./queries.ts";
import { RoleChoice } from "./role-choice.tsx";

/** Who speaks for the company, and as what. */
export function PersonsCard({ company }: { company: Company }) {
  const { t } = useText();
  const [isAdding, setAdding] = useState(false);
  const open = company.persons.filter(({ leftAt }) => leftAt === null);
  const gone = company.persons.length - open.length;
  return (
    <Card
      title={t("business.persons")}
      aside={
        !isAdding && (
          <button
            type="button"
            className="min-h-6 font-strong text-accent-text hover:underline"
            onClick={() => setAdding(true)}
          >
            {t("business.addPerson")}
          </button>
        )
      }
    >
      {isAdding && <NewPerson company={company} onDone={() => setAdding(false)} />}
      {open.length === 0 && !isAdding && <p className="text-ink-2">{t("business.noPersons")}</p>}
      <ul className="divide-y divide-line">
        {open.map((person) => (
          <Row key={person.id} person={person} />
        ))}
      </ul>
      {gone > 0 && (
        <p className="mt-2 text-small text-ink-2">{t("business.formerPersons", { count: gone })}</p>
      )}
    </Card>
  );
}

function Row({ person }: { person: Person }) {
  const { t } = useText();
  const [roles, setEdited] = useState<readonly Role[] | null>(null);
  const change = useBusinessChange();
  const done = (text: string) => () => {
    change();
    setEdited(null);
    showToast({ text });
  };
  const saving = useMutation({
    mutationFn: (next: Role[]) => call(setRoles, { params: { id: person.id }, body: { roles: next } }),
    onSuccess: done(t("business.saved")),
  });
  const leaving = useMutation({
    mutationFn: () => call(removePerson, { params: { id: person.id } }),
    onSuccess: done(t("business.personLeft")),
  });
  const name = person.name || t("business.unnamed");
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-center gap-2">
        <span className="font-strong wrap-anywhere">{name}</span>
        {person.roles.map((role) => (
          <Tag key={role} kind="plain">
            {t(`business.role.${role}`)}
          </Tag>
        ))}
      </div>
      <p className="text-small wrap-anywhere text-ink-2">
        {person.identities
          .map(({ kind, value }) => (kind === "web" ? t("business.webChat") : value))
          .join(", ")}
      </p>
      {roles === null ? (
        <div className="flex flex-wrap gap-x-4">
          <Button
            variant="quiet"
            className="px-0!"
            aria-label={t("business.changeRolesOf", { name })}
            onClick={() => setEdited(person.roles)}
          >
            {t("business.changeRoles")}
          </Button>
          <Button
            variant="quiet"
            className="px-0!"
            aria-label={t("business.removePersonOf", { name })}
            busy={leaving.isPending}
            onClick={() => leaving.mutate()}
          >
            {t("business.removePerson")}
          </Button>
        </div>
      ) : (
        <div className="mt-2 grid gap-3">
          <RoleChoice roles={roles} onChange={setEdited} />
          <div className="flex flex-wrap gap-2">
            <Button
              variant="primary"
              busy={saving.isPending}
              disabled={roles.length === 0}
              onClick={() => saving.mutate([...roles])}
            >
              {t("save")}
            </Button>
            <Button onClick={() => setEdited(null)}>{t("cancel")}</Button>
          </div>
        </div>
      )}
      <Faults error={saving.error ?? leaving.error} />
    </li>
  );
}

function NewPerson({ company, onDone }: { company: Company; onDone(): void }) {
  const { t } = useText();
  const [fields, setFields] = useState({ name: "", email: "", phone: "" });
  const [roles, setRolesOf] = useState<readonly Role[]>(["orderer"]);
  const change = useBusinessChange();
  const adding = useMutation({
    mutationFn: () => {
      const { name, email, phone } = fields;
      const body = { name, roles: [...roles], ...(email && { email }), ...(phone && { phone }) };
      return call(addPerson, { params: { id: company.id }, body });
    },
    onSuccess: () => {
      change();
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    adding.mutate();
  };
  return (
    <form onSubmit={submit} className="mb-3 grid gap-3 border-b border-line pb-4">
      <TextField
        label={t("business.field.name")}
        value={fields.name}
        required
        autoFocus
        maxLength={200}
        onChange={(event) => setFields({ ...fields, name: event.target.value })}
      />
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label={t("business.field.email")}
          type="email"
          value={fields.email}
          maxLength={200}
          onChange={(event) => setFields({ ...fields, email: event.target.value.trim() })}
        />
        <TextField
          label={t("business.field.phone")}
          help={t("business.phoneHelp")}
          type="tel"
          value={fields.phone}
          maxLength={20}
          onChange={(event) => setFields({ ...fields, phone: event.target.value.replace(/[\s/-]/g, "") })}
        />
      </div>
      <RoleChoice roles={roles} onChange={setRolesOf} />
      <p className="text-small text-ink-2">{t("business.newPersonHelp")}</p>
      <Faults error={adding.error} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={adding.isPending} disabled={roles.length === 0}>
          {t("business.addPerson")}
        </Button>
        <Button onClick={onDone}>{t("cancel")}</Button>
      </div>
    </form>
  );
}
