import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import {
  addMachine,
  type Company,
  deleteMachine,
  type Machine,
  replaceMachine,
} from "../../../skills/business/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { SelectField, TextField } from "../../ui/field.tsx";
import { showToast } from "../../ui/toast.tsx";
import { queries } from "../session/queries.ts";
import { useText } from "../text/use-text.ts";
import { Faults } from "./faults.tsx";
import { useBusinessChange } from "./queries.ts";

/** What stands at the company, and which colleague looks after it. */
export function MachinesCard({ company }: { company: Company }) {
  const { t } = useText();
  /** 0 = a new one. */
  const [edited, setEdited] = useState<number | null>(null);
  return (
    <Card
      title={t("business.machines")}
      aside={
        edited === null && (
          <button
            type="button"
            className="min-h-6 font-strong text-accent-text hover:underline"
            onClick={() => setEdited(0)}
          >
            {t("business.addMachine")}
          </button>
        )
      }
    >
      {edited === 0 && <MachineForm company={company} onDone={() => setEdited(null)} />}
      {company.machines.length === 0 && edited !== 0 && (
        <p className="text-ink-2">{t("business.noMachines")}</p>
      )}
      <ul className="divide-y divide-line">
        {company.machines.map((machine) => (
          <li key={machine.id} className="py-3">
            {edited === machine.id ? (
              <MachineForm company={company} machine={machine} onDone={() => setEdited(null)} />
            ) : (
              <div className="flex flex-wrap items-baseline gap-x-3">
                <span className="font-mono text-desk">{machine.serial}</span>
                <span className="font-strong wrap-anywhere">{machine.model}</span>
                <Button
                  variant="quiet"
                  className="ml-auto px-0!"
                  aria-label={t("business.editOf", { name: machine.serial })}
                  onClick={() => setEdited(machine.id)}
                >
                  {t("business.edit")}
                </Button>
                <p className="w-full text-small text-ink-2">
                  {[
                    machine.place,
                    machine.technician
                      ? t("business.technicianIs", { name: machine.technician.name })
                      : t("business.noTechnician"),
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </p>
              </div>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function MachineForm({ company, machine, onDone }: { company: Company; machine?: Machine; onDone(): void }) {
  const { t } = useText();
  const staff = useQuery(queries.staff).data?.items ?? [];
  const [fields, setFields] = useState({
    serial: machine?.serial ?? "",
    model: machine?.model ?? "",
    place: machine?.place ?? "",
    technicianId: machine?.technician?.id ?? "",
  });
  const change = useBusinessChange();
  const done = () => {
    change();
    onDone();
    showToast({ text: t("business.saved") });
  };
  const saving = useMutation({
    mutationFn: () => {
      const body = { ...fields, technicianId: fields.technicianId || null };
      return machine
        ? call(replaceMachine, { params: { id: machine.id }, body: { ...body, revision: machine.revision } })
        : call(addMachine, { params: { id: company.id }, body });
    },
    onSuccess: done,
  });
  const removing = useMutation({
    mutationFn: (id: number) => call(deleteMachine, { params: { id } }),
    onSuccess: done,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  const hasDrawings = machine && company.drawings.some(({ machineId }) => machineId === machine.id);
  return (
    <form onSubmit={submit} className="grid gap-3 pb-2">
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label={t("business.field.serial")}
          isCode
          required
          autoFocus
          maxLength={60}
          value={fields.serial}
          onChange={(event) => setFields({ ...fields, serial: event.target.value })}
        />
        <TextField
          label={t("business.field.model")}
          required
          maxLength={120}
          value={fields.model}
          onChange={(event) => setFields({ ...fields, model: event.target.value })}
        />
        <TextField
          label={t("business.field.place")}
          maxLength={200}
          value={fields.place}
          onChange={(event) => setFields({ ...fields, place: event.target.value })}
        />
        <SelectField
          label={t("business.field.technicianId")}
          value={fields.technicianId}
          options={[
            { value: "", label: t("business.noTechnician") },
            ...staff.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(event) => setFields({ ...fields, technicianId: event.target.value })}
        />
      </div>
      <Faults error={saving.error ?? removing.error} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={saving.isPending}>
          {t("save")}
        </Button>
        <Button onClick={onDone}>{t("cancel")}</Button>
        {machine && !hasDrawings && (
          <Button variant="danger" busy={removing.isPending} onClick={() => removing.mutate(machine.id)}>
            {t("business.removeMachine")}
          </Button>
        )}
      </div>
    </form>
  );
}
