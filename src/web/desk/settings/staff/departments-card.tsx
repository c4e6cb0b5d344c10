import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { createDepartment, deleteDepartment } from "#kernel/api";
import { call } from "../../../client/call.ts";
import { Button, IconButton } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { TextField } from "../../../ui/field.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import type { Department } from "./staff-table.tsx";

/** Departments take conversations that no single person has. */
export function DepartmentsCard({
  departments,
  mayChange,
}: {
  departments: readonly Department[];
  mayChange: boolean;
}) {
  const { t } = useText();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const changed = () => void client.invalidateQueries({ queryKey: ["departments"] });
  const adding = useMutation({
    mutationFn: (added: string) => call(createDepartment, { body: { name: added } }),
    onSuccess: () => {
      setName("");
      changed();
    },
  });
  const removing = useMutation({
    mutationFn: (department: Department) => call(deleteDepartment, { params: { id: department.id } }),
    onSuccess: (_, department) => {
      changed();
      const undo = { label: t("undo"), onClick: () => adding.mutate(department.name) };
      showToast({ text: t("departments.removed", { name: department.name }), undo });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) adding.mutate(name.trim());
  };
  return (
    <Card title={t("departments.title")}>
      <ul className="divide-y divide-line">
        {departments.map((department) => (
          <li key={department.id} className="flex min-h-(--ah-row) items-center justify-between gap-2">
            {department.name}
            {mayChange && (
              <IconButton
                icon={X}
                label={t("departments.remove", { name: department.name })}
                onClick={() => removing.mutate(department)}
              />
            )}
          </li>
        ))}
      </ul>
      {departments.length === 0 && <p className="text-ink-2">{t("departments.none")}</p>}
      <FailureRows error={adding.error ?? removing.error} />
      {mayChange && (
        <form onSubmit={submit} className="mt-3 flex items-end gap-2">
          <TextField
            label={t("departments.new")}
            className="flex-1"
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <Button type="submit" icon={Plus} busy={adding.isPending}>
            {t("add")}
          </Button>
        </form>
      )}
    </Card>
  );
}
