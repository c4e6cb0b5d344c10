import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { listReports, type Report } from "../../../skills/reports/api.ts";
import { call } from "../../client/call.ts";
import { SelectField } from "../../ui/field.tsx";
import { NoticesFrame } from "../notices/notices-frame.tsx";
import { PagedList, usePages } from "../shell/paged-list.tsx";
import { useNow } from "../text/use-now.ts";
import { useText } from "../text/use-text.ts";
import { freshMs, reportKeys } from "./queries.ts";
import { ReportStateTag } from "./state-tag.tsx";

const states = ["new", "passed", "accepted", "done", "rejected"] as const;
type Shown = Report["state"] | "all";

/** What customers reported; the same at one place is one report. */
export function ReportsPage() {
  const { t } = useText();
  const [shown, setShown] = useState<Shown>("all");
  const list = usePages({
    key: [...reportKeys.lists, shown],
    load: (cursor, signal) =>
      call(listReports, { query: { cursor, ...(shown !== "all" && { state: shown }) } }, signal),
    freshMs,
  });
  return (
    <NoticesFrame title={t("reports.title")} subtitle={t("reports.subtitle")}>
      <PagedList
        list={list}
        words={{
          title: t("reports.title"),
          loading: t("reports.loading"),
          notLoaded: t("reports.notLoaded"),
          none: t("reports.none"),
          noneText: t("reports.noneText"),
          noMatch: t("reports.noMatch"),
        }}
        isFiltered={shown !== "all"}
        filter={
          <SelectField
            label={t("reports.show")}
            className="mb-3 w-full sm:w-60"
            value={shown}
            options={[
              { value: "all", label: t("reports.state.all") },
              ...states.map((state) => ({ value: state, label: t(`reports.state.${state}`) })),
            ]}
            onChange={(event) => setShown(event.target.value as Shown)}
          />
        }
        row={(report) => <Row key={report.id} report={report} />}
      />
    </NoticesFrame>
  );
}

function Row({ report }: { report: Report }) {
  const { t, language, format } = useText();
  const now = useNow();
  const { id, kind, state, place, text, reporters, team, createdAt } = report;
  return (
    <li className="grid gap-x-4 gap-y-1 py-3 sm:grid-cols-[1fr_auto]">
      <div className="min-w-0">
        <Link
          to="/notices/reports/$report"
          params={{ report: String(id) }}
          className="font-strong wrap-anywhere text-ink underline-offset-4 hover:underline"
        >
          {kind.name[language]}
          {place && `, ${place.name}`}
        </Link>
        <p className="line-clamp-2 wrap-anywhere text-ink-2">{text || t("reports.gone")}</p>
        <p className="text-small text-ink-2">
          {[t("reports.tellers", { count: reporters }), team?.name ?? t("reports.noTeam")].join(", ")}
        </p>
      </div>
      <div className="flex items-start gap-3 text-small whitespace-nowrap text-ink-2 sm:justify-end">
        <ReportStateTag state={state} />
        {format.moment(createdAt, now)}
      </div>
    </li>
  );
}
