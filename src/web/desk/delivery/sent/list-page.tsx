import { useMutation, useQuery } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { useRef, useState } from "react";
import { type ParcelListReply, readParcelList } from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { SelectField } from "../../../ui/field.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { useText } from "../../text/use-text.ts";
import { DeliveryFrame } from "../delivery-frame.tsx";
import { Refusal } from "../setup/refusal.tsx";
import { ListRun } from "./list-run.tsx";
import { carriersQuery } from "./queries.ts";

/** Parcels from a spreadsheet: read, looked at, tried, booked; each line with a word of what became of it. */
export function ListPage() {
  const { t } = useText();
  const input = useRef<HTMLInputElement>(null);
  const carriers = useQuery(carriersQuery).data?.items ?? [];
  const [picked, setCarrier] = useState<number | null>(null);
  const carrier = carriers.find(({ tenantId }) => tenantId === picked) ?? carriers[0];
  const carrierId = carrier?.isOwn === false ? carrier.tenantId : undefined;
  const [isRunning, setRunning] = useState(false);
  const reading = useMutation({
    mutationFn: async (file: File) => ({
      name: file.name,
      list: await call(readParcelList, { body: { text: await textOf(file) } }),
    }),
  });
  return (
    <DeliveryFrame title={t("deliverySent.listTitle")} subtitle={t("deliverySent.listSubtitle")}>
      <div className="grid gap-5">
        <Card title={t("deliverySent.file")}>
          <p className="mb-4 max-w-[66ch] text-ink-2">{t("deliverySent.fileText")}</p>
          <div className="flex flex-wrap items-end gap-3">
            {carriers.length > 1 && (
              <SelectField
                className="w-64"
                label={t("deliverySent.carrier")}
                value={String(carrier?.tenantId)}
                disabled={isRunning}
                options={carriers.map(({ tenantId, name }) => ({ value: String(tenantId), label: name }))}
                onChange={(event) => setCarrier(Number(event.target.value))}
              />
            )}
            <input
              ref={input}
              type="file"
              accept=".csv,.txt,text/csv"
              tabIndex={-1}
              aria-label={t("deliverySent.chooseFile")}
              className="hidden"
              onChange={(event) => {
                const file = event.target.files?.[0];
                event.target.value = "";
                if (file) reading.mutate(file);
              }}
            />
            <Button
              icon={Upload}
              busy={reading.isPending}
              disabled={isRunning}
              onClick={() => input.current?.click()}
            >
              {t("deliverySent.chooseFile")}
            </Button>
          </div>
          <Refusal error={reading.error} />
          {reading.data && <Read name={reading.data.name} list={reading.data.list} />}
        </Card>
        {reading.data && reading.data.list.rows.length > 0 && (
          <ListRun
            key={`${reading.submittedAt} ${carrierId}`}
            name={reading.data.name}
            rows={reading.data.list.rows}
            carrierId={carrierId}
            timeZone={carrier?.cities[0]?.timeZone}
            onRunning={setRunning}
          />
        )}
      </div>
    </DeliveryFrame>
  );
}

/** UTF-8, or what older spreadsheets write. */
async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function Read({ name, list }: { name: string; list: ParcelListReply }) {
  const { t } = useText();
  const { columns, rows, faults } = list;
  return (
    <div role="status" className="mt-4 grid gap-3 border-t border-line pt-4">
      <StateLine kind={rows.length > 0 ? "ok" : "bad"}>
        {t("deliverySent.read", { count: rows.length, name })}
      </StateLine>
      <ul className="flex flex-wrap gap-2">
        {columns.map(({ header, field }, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: headers may be alike, and they never move
          <li key={n} className="rounded-1 bg-sunken px-2 py-1 text-small">
            <span className="font-strong">{header || "–"}</span>{" "}
            {field ? (t.maybe(`deliverySent.column.${field}`) ?? field) : t("deliverySent.column.ignored")}
          </li>
        ))}
      </ul>
      {faults.length > 0 && (
        <div>
          <StateLine kind="warn">{t("deliverySent.faults", { count: faults.length })}</StateLine>
          <ul className="mt-1 max-h-48 overflow-y-auto text-small">
            {faults.map(({ line, fault, value }) => (
              <li key={`${line} ${fault}`}>
                {t("deliverySent.faultLine", {
                  line,
                  fault: t(`deliverySent.lineFault.${fault}`),
                  value: value || "–",
                })}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
