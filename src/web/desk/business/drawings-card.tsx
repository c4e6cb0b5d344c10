import { useMutation } from "@tanstack/react-query";
import { FileText, Upload } from "lucide-react";
import { type ChangeEvent, useRef, useState } from "react";
import {
  addDrawing,
  addDrawingVersion,
  type Company,
  type Drawing,
  deleteDrawing,
} from "../../../skills/business/api.ts";
import { call } from "../../client/call.ts";
import { fileUrl, uploadFile } from "../../client/files.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { SelectField } from "../../ui/field.tsx";
import { showToast } from "../../ui/toast.tsx";
import { useText } from "../text/use-text.ts";
import { Faults } from "./faults.tsx";
import { useBusinessChange } from "./queries.ts";

/** Drawings, manuals and contracts, each with its versions. */
export function DrawingsCard({ company }: { company: Company }) {
  const { t } = useText();
  const [machineId, setMachineId] = useState("");
  const change = useBusinessChange();
  const adding = useMutation({
    mutationFn: async (file: File) => {
      const { fileId } = await uploadFile(file);
      const title = file.name.replace(/\.[^.]+$/, "").slice(0, 200) || file.name.slice(0, 200);
      const body = { fileId, title, machineId: machineId === "" ? null : Number(machineId) };
      return call(addDrawing, { params: { id: company.id }, body });
    },
    onSuccess: () => {
      change();
      showToast({ text: t("business.fileAdded") });
    },
  });
  const nameOf = (id: number | null) => company.machines.find((one) => one.id === id)?.serial;
  return (
    <Card title={t("business.files")}>
      {company.drawings.length === 0 && <p className="text-ink-2">{t("business.noFiles")}</p>}
      <ul className="divide-y divide-line">
        {company.drawings.map((drawing) => (
          <Row key={drawing.id} drawing={drawing} machine={nameOf(drawing.machineId)} />
        ))}
      </ul>
      <div className="mt-3 flex flex-wrap items-end gap-3">
        {company.machines.length > 0 && (
          <SelectField
            label={t("business.fileFor")}
            className="w-full sm:w-60"
            value={machineId}
            options={[
              { value: "", label: t("business.wholeCompany") },
              ...company.machines.map(({ id, serial }) => ({ value: String(id), label: serial })),
            ]}
            onChange={(event) => setMachineId(event.target.value)}
          />
        )}
        <FileButton label={t("business.addFile")} isBusy={adding.isPending} onFile={adding.mutate} />
      </div>
      <Faults error={adding.error} />
    </Card>
  );
}

function FileButton({ label, isBusy, onFile }: { label: string; isBusy: boolean; onFile(file: File): void }) {
  const input = useRef<HTMLInputElement>(null);
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    if (file) onFile(file);
    event.target.value = "";
  };
  return (
    <>
      <input ref={input} type="file" hidden aria-label={label} onChange={choose} />
      <Button icon={Upload} busy={isBusy} onClick={() => input.current?.click()}>
        {label}
      </Button>
    </>
  );
}

function Row({ drawing, machine }: { drawing: Drawing; machine: string | undefined }) {
  const { t, format } = useText();
  const change = useBusinessChange();
  const [newest, ...older] = drawing.versions;
  const adding = useMutation({
    mutationFn: async (file: File) => {
      const { fileId } = await uploadFile(file);
      return call(addDrawingVersion, { params: { id: drawing.id }, body: { fileId } });
    },
    onSuccess: change,
  });
  const removing = useMutation({
    mutationFn: () => call(deleteDrawing, { params: { id: drawing.id } }),
    onSuccess: change,
  });
  if (!newest) return null;
  return (
    <li className="py-3">
      <p className="flex items-baseline gap-2">
        <FileText size={18} strokeWidth={1.75} aria-hidden="true" className="shrink-0 self-center" />
        <a
          href={fileUrl(newest.fileId)}
          target="_blank"
          rel="noreferrer noopener"
          className="font-strong wrap-anywhere text-accent-text hover:underline"
        >
          {drawing.title}
        </a>
        <span className="text-small whitespace-nowrap text-ink-2">
          {t("business.version", { version: newest.version })}
        </span>
      </p>
      <p className="text-small text-ink-2">
        {[machine, format.size(newest.size), format.date(newest.addedAt), newest.addedBy]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {older.length > 0 && (
        <details className="text-small">
          <summary className="min-h-6 cursor-pointer text-ink-2">
            {t("business.olderVersions", { count: older.length })}
          </summary>
          <ul>
            {older.map((one) => (
              <li key={one.version}>
                <a
                  href={fileUrl(one.fileId)}
                  target="_blank"
                  rel="noreferrer noopener"
                  className="inline-flex min-h-6 items-center text-accent-text hover:underline"
                >
                  {t("business.version", { version: one.version })}, {format.date(one.addedAt)}
                </a>
              </li>
            ))}
          </ul>
        </details>
      )}
      <div className="mt-2 flex flex-wrap gap-2">
        <FileButton label={t("business.addVersion")} isBusy={adding.isPending} onFile={adding.mutate} />
        <Button
          variant="quiet"
          aria-label={t("business.removeFileOf", { name: drawing.title })}
          busy={removing.isPending}
          onClick={() => removing.mutate()}
        >
          {t("business.removeFile")}
        </Button>
      </div>
      <Faults error={adding.error ?? removing.error} />
    </li>
  );
}
