import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { useRef, useState } from "react";
import type { ReplyOf } from "#kernel/api";
import { type CallImport, importCallList, previewCallList } from "../../../../skills/telephone/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { SelectField } from "../../../ui/field.tsx";
import { ProgressLine } from "../../../ui/progress.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";

type Preview = ReplyOf<typeof previewCallList>;
type Mapping = Preview["mapping"];

/** A list of calls: looked at before anything of it is taken, then taken with progress. */
export function ImportCard({ last }: { last: CallImport | null }) {
  const { t } = useText();
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<{ name: string; file: string } | null>(null);
  const looking = useMutation({
    mutationFn: async ({ name, file, mapping }: { name: string; file: string; mapping?: Mapping }) => ({
      name,
      preview: await call(previewCallList, { body: { file, ...(mapping && { mapping }) } }),
    }),
  });
  const taking = useMutation({
    mutationFn: (body: { name: string; file: string; mapping?: Mapping }) => call(importCallList, { body }),
    onSuccess: () => {
      setChosen(null);
      void client.invalidateQueries({ queryKey: ["callbacks", "telephone"] });
    },
  });
  const choose = async (found: File) => {
    taking.reset();
    const file = { name: found.name.slice(0, 120), file: await base64Of(found) };
    setChosen(file);
    looking.mutate(file);
  };
  const preview = chosen && looking.data?.preview;
  return (
    <Card title={t("phone.import")}>
      <p className="mb-4 max-w-[66ch] text-ink-2">{t("phone.importText")}</p>
      <input
        ref={input}
        type="file"
        accept=".csv,.txt,text/csv"
        tabIndex={-1}
        aria-label={t("phone.file")}
        className="hidden"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) void choose(file);
        }}
      />
      <Button
        icon={Upload}
        busy={looking.isPending}
        disabled={last?.state === "running"}
        onClick={() => input.current?.click()}
      >
        {t("phone.file")}
      </Button>
      <FailureRows error={looking.error ?? taking.error} />
      {preview && chosen && (
        <PreviewPart
          preview={preview}
          onMapping={(mapping) => looking.mutate({ ...chosen, mapping })}
          isTaking={taking.isPending}
          onTake={() =>
            taking.mutate({ ...chosen, ...(preview.kind === "table" && { mapping: preview.mapping }) })
          }
        />
      )}
      {last && <Progress list={last} />}
    </Card>
  );
}

interface PartProps {
  preview: Preview;
  isTaking: boolean;
  onMapping(mapping: Mapping): void;
  onTake(): void;
}

const roles = ["at", "date", "time", "number", "direction", "outcome", "seconds"] as const;

function PreviewPart({ preview, isTaking, onMapping, onTake }: PartProps) {
  const { t, format } = useText();
  const { kind, lines, columns, mapping, isReadable, sample } = preview;
  return (
    <div className="mt-4 grid gap-4 border-t border-line pt-4">
      <p className="font-strong">{t(`phone.${kind}`, { count: lines })}</p>
      {kind === "table" && (
        <div className="grid gap-3 sm:grid-cols-2">
          {roles.map((role) => (
            <SelectField
              key={role}
              label={t(`phone.column.${role}`)}
              value={String(mapping[role] ?? "")}
              options={[
                { value: "", label: t("phone.noColumn") },
                ...columns.map((name, n) => ({ value: String(n), label: name })),
              ]}
              onChange={(event) => {
                const { [role]: _, ...others } = mapping;
                onMapping(
                  event.target.value === "" ? others : { ...others, [role]: Number(event.target.value) },
                );
              }}
            />
          ))}
        </div>
      )}
      {!isReadable && <p className="text-warn">{t("phone.unreadable")}</p>}
      {sample.length > 0 && (
        <div>
          <p className="text-small font-strong">{t("phone.sample")}</p>
          <ul className="text-small">
            {sample.map(({ at, direction, outcome, phone }) => (
              <li key={`${at} ${phone} ${direction}`}>
                {[
                  `${format.date(at)}, ${format.time(at)}`,
                  phone || t("phone.hidden"),
                  t.maybe(`calls.entry.${direction}.${outcome}`),
                ].join(" · ")}
              </li>
            ))}
          </ul>
        </div>
      )}
      <div>
        <Button variant="primary" busy={isTaking} disabled={!isReadable} onClick={onTake}>
          {t("phone.take")}
        </Button>
      </div>
    </div>
  );
}

const counted = ["kept", "missed", "repeated", "suppressed", "unknown", "old", "unreadable"] as const;

function Progress({ list }: { list: CallImport }) {
  const { t, format } = useText();
  const { state, lines, done, counts, faults } = list;
  const words = state === "done" ? t("phone.ready", { count: lines }) : t(`phone.${state}`, { done, lines });
  return (
    <div className="mt-4 border-t border-line pt-4 text-small" aria-live="polite">
      <p className={`font-strong ${state === "failed" ? "text-warn" : ""}`}>{words}</p>
      {state === "running" && <ProgressLine share={lines === 0 ? null : done / lines} label={words} />}
      <ul className="mt-2 grid gap-x-6 gap-y-1 sm:grid-cols-2">
        {counted
          .filter((name) => counts[name] > 0)
          .map((name) => (
            <li key={name}>
              <span className="font-strong">{format.number(counts[name])}</span> {t(`phone.count.${name}`)}
            </li>
          ))}
      </ul>
      {faults.length > 0 && (
        <ul className="mt-2 ml-4 list-disc text-ink-2">
          {faults.map(({ line, reason }) => (
            <li key={line}>{t("phone.fault", { line, reason: t(`phone.reason.${reason}`) })}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function base64Of(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
