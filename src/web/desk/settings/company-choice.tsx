import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { createCompany } from "#kernel/api";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Choice } from "../../ui/choice.tsx";
import { TextField } from "../../ui/field.tsx";
import { enterCompany } from "../session/enter-company.ts";
import { useCompany, useMe } from "../session/session.ts";
import { FailureRows } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";

/** The companies I work for; owners may add one. */
export function CompanyChoice() {
  const { t } = useText();
  const session = useMe();
  return (
    <Card title={t("me.company")}>
      <Choice
        label={t("me.companyNow")}
        value={String(session.company.id)}
        options={session.companies.map(({ id, name, role }) => ({
          value: String(id),
          label: name,
          help: t(`role.${role}`),
        }))}
        onChange={(id) => enterCompany(Number(id))}
      />
      {session.role === "owner" && <NewCompany />}
    </Card>
  );
}

function NewCompany() {
  const { t, language } = useText();
  const present = useCompany();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState("");
  const founding = useMutation({
    mutationFn: () =>
      call(createCompany, { body: { name, timeZone: present?.timeZone ?? "Europe/Berlin", language } }),
    onSuccess: ({ id }) => enterCompany(id),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) founding.mutate();
  };
  if (!isOpen) {
    return (
      <Button className="mt-4" onClick={() => setOpen(true)}>
        {t("me.newCompany")}
      </Button>
    );
  }
  return (
    <form onSubmit={submit} className="mt-4 grid gap-3">
      <TextField
        label={t("setup.company")}
        autoFocus
        value={name}
        maxLength={120}
        onChange={(event) => setName(event.target.value)}
      />
      <FailureRows error={founding.error} />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={founding.isPending}>
          {t("me.newCompany")}
        </Button>
        <Button onClick={() => setOpen(false)}>{t("cancel")}</Button>
      </div>
    </form>
  );
}
