import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import type { DeliveryReportRow } from "../../../../skills/delivery/api.ts";
import { Button } from "../../../ui/button.tsx";
import { Waiting } from "../../../ui/card.tsx";
import { LighthouseDrawing } from "../../../ui/drawings.tsx";
import { SelectField } from "../../../ui/field.tsx";
import { saveFile } from "../../../ui/save-file.ts";
import { Statement } from "../../../ui/statement.tsx";
import { Failure } from "../../shell/failure.tsx";
import { DateField } from "../../text/date-field.tsx";
import { useText } from "../../text/use-text.ts";
import { DeliveryFrame } from "../delivery-frame.tsx";
import { reportQuery } from "../queries.ts";
import { roomQuery } from "../room-query.ts";
import { EveningTable } from "./evening-table.tsx";
import { reportCsv } from "./figures.ts";
import { SumCard } from "./sum-card.tsx";
import { useReportHead } from "./use-report-head.ts";

const USUAL_DAYS = 30;
const dayMs = 86_400_000;
const ALL = "";

/** What was promised and what was kept, by city and evening. */
export function DeliveryReportPage() {
  const { t, format, language } = useText();
  const [until, setUntil] = useState(() => format.dayOf(Date.now()));
  const [from, setFrom] = useState(() => format.dayOf(Date.now() - USUAL_DAYS * dayMs));
  const [city, setCity] = useState(ALL);
  const cities = useQuery(roomQuery).data?.cities ?? [];
  const isSpan = from !== "" && until !== "" && from <= until;
  const span = { from, until, ...(city !== ALL && { cityId: Number(city) }) };
  const report = useQuery({ ...reportQuery(span), enabled: isSpan });
  const head = useReportHead();
  const rows = report.data?.rows ?? [];
  // A file says by its name which days it holds: those of before are shown meanwhile, but not taken away under the new ones.
  const isOfSpan = isSpan && !report.isPlaceholderData;
  const download = () =>
    saveFile(
      t("delivery.fileName", { from, until }),
      reportCsv(rows, head, language === "de" ? ";" : ","),
      "text/csv;charset=utf-8",
    );
  return (
    <DeliveryFrame
      title={t("delivery.report")}
      subtitle={t("delivery.reportText")}
      actions={
        isOfSpan &&
        rows.length > 0 && (
          <Button icon={Download} onClick={download}>
            {t("delivery.csv")}
          </Button>
        )
      }
    >
      <div className="mb-5 grid gap-3 sm:grid-cols-[repeat(3,minmax(0,14rem))]">
        <DateField label={t("delivery.since")} value={from} onChange={setFrom} />
        <DateField
          label={t("delivery.until")}
          value={until}
          onChange={setUntil}
          error={from !== "" && until !== "" && !isSpan ? t("delivery.noSpan") : null}
        />
        {cities.length > 1 && (
          <SelectField
            label={t("delivery.city")}
            value={city}
            options={[
              { value: ALL, label: t("delivery.allCities") },
              ...cities.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
            onChange={(event) => setCity(event.target.value)}
          />
        )}
      </div>
      {report.isPending && isSpan && <Waiting rows={6} label={t("delivery.loading")} />}
      {report.error && (
        <Failure
          error={report.error}
          title={t("delivery.reportNotLoaded")}
          retry={() => void report.refetch()}
        />
      )}
      {report.data && rows.length === 0 && (
        <Statement
          drawing={<LighthouseDrawing className="w-[270px] max-w-full" />}
          title={t("delivery.noReport")}
        >
          {t("delivery.noReportText")}
        </Statement>
      )}
      {report.data && rows.length > 0 && (
        <div aria-busy={report.isPlaceholderData || undefined} className="grid gap-5">
          {report.data.sums.map((sum) => (
            <SumCard
              key={`${sum.cityId} ${sum.currency}`}
              sum={sum}
              evenings={eveningsOf(rows, sum)}
              second={report.data.secondAttempt}
              rates={report.data.rates.filter(({ cityId }) => cityId === sum.cityId)}
            />
          ))}
          <EveningTable rows={rows} />
        </div>
      )}
    </DeliveryFrame>
  );
}

/** Of one city, in the order of time. */
function eveningsOf(rows: readonly DeliveryReportRow[], sum: DeliveryReportRow): DeliveryReportRow[] {
  return rows
    .filter(({ cityId, currency }) => cityId === sum.cityId && currency === sum.currency)
    .toSorted((a, b) => (a.date ?? "").localeCompare(b.date ?? ""));
}
