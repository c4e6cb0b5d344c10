import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { createStaff, type StaffMember } from "#kernel/api";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { SelectField, TextField } from "../../../ui/field.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { OneTimePassword } from "./one-time-password.tsx";
import { type Department, roles } from "./staff-table.tsx";

const empty = { name: "", email: "", role: "agent" as StaffMember["role"], departmentId: "" };

/** Adds a person; the one-time password is shown once and never again. */
export function NewColleague({ departments }: { departments: readonly Department[] }) {
  const { t } = useText();
  const client = useQueryClient();
  const [fields, setFields] = useState(empty);
  const [isChecked, setChecked] = useState(false);
  const adding = useMutation({
    mutationFn: () =>
      call(createStaff, {
        body: { ...fields, departmentId: fields.departmentId ? Number(fields.departmentId) : null },
      }),
    onSuccess: () => {
      setFields(empty);
      setChecked(false);
      void client.invalidateQueries({ queryKey: ["staff"] });
    },
  });
  const set = (part: Partial<typeof fields>) => setFields({ ...fields, ...part });
  const faults = {
    name: fields.name.trim() ? null : t("staff.nameMissing"),
    email: /.@./.test(fields.email) ? null : t("staff.emailMissing"),
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!faults.name && !faults.email) adding.mutate();
  };
  return (
    <Card title={t("staff.add")}>
      <form onSubmit={submit} noValidate className="grid gap-3">
        <TextField
          label={t("staff.name")}
          autoComplete="off"
          value={fields.name}
          error={isChecked ? faults.name : null}
          onChange={(event) => set({ name: event.target.value })}
        />
        <TextField
          label={t("field.email")}
          type="email"
          autoComplete="off"
          value={fields.email}
          error={isChecked ? faults.email : null}
          onChange={(event) => set({ email: event.target.value })}
        />
        <SelectField
          label={t("staff.role")}
          help={t(`role.${fields.role}.help`)}
          value={fields.role}
          options={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
          onChange={(event) => set({ role: event.target.value as StaffMember["role"] })}
        />
        <SelectField
          label={t("staff.department")}
          value={fields.departmentId}
          options={[
            { value: "", label: t("staff.noDepartment") },
            ...departments.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          onChange={(event) => set({ departmentId: event.target.value })}
        />
        <FailureRows error={adding.error} />
        <Button type="submit" variant="primary" className="justify-self-start" busy={adding.isPending}>
          {t("staff.addAct")}
        </Button>
      </form>
      {adding.data && <Added member={adding.data.member} password={adding.data.oneTimePassword} />}
    </Card>
  );
}

function Added({ member, password }: { member: StaffMember; password: string | null }) {
  const { t } = useText();
  return (
    <div role="status" className="mt-4 grid gap-2 border-t border-line pt-4">
      <StateLine kind="ok">{t("staff.added", { name: member.name })}</StateLine>
      {password ? (
        <OneTimePassword password={password} />
      ) : (
        <p className="text-small text-ink-2">{t("staff.knownHere")}</p>
      )}
    </div>
  );
}
