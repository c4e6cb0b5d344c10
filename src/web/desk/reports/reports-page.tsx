import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ReplyOf } from "#kernel/api";
import { listReports, type Report } from "../../../skills/reports/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Waiting } from "../../ui/card.tsx";
import { LighthouseDrawing } from "../../ui/drawings.tsx";
import { SelectField } from "../../ui/field.tsx";
import { Statement } from "../../ui/statement.tsx";
import { NoticesFrame } from "../notices/notices-frame.tsx";
import { Failure } from "../shell/failure.tsx";
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
  const list = useReports(shown);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const isEmpty = list.isSuccess && items.length === 0;
  return (
    <NoticesFrame title={t("reports.title")} subtitle={t("reports.subtitle")}>
      {list.isPending && <Waiting rows={6} label={t("reports.loading")} />}
      {list.error && (
        <Failure error={list.error} title={t("reports.notLoaded")} retry={() => void list.refetch()} />
      )}
      {isEmpty && shown === "all" && (
        <Statement drawing={<LighthouseDrawing className="w-[270px] max-w-full" />} title={t("reports.none")}>
          {t("reports.noneText")}
        </Statement>
      )}
      {list.isSuccess && !(isEmpty && shown === "all") && (
        <section aria-label={t("reports.title")} className="rounded-2 border border-line bg-sheet p-4 sm:p-6">
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
          {isEmpty && <p className="py-6 text-ink-2">{t("reports.noMatch")}</p>}
          <ul className="divide-y divide-line border-t-[1.5px] border-ink">
            {items.map((report) => (
              <Row key={report.id} report={report} />
            ))}
          </ul>
          {list.hasNextPage && (
            <Button className="mt-3" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t("list.more")}
            </Button>
          )}
        </section>
      )}
    </NoticesFrame>
  );
}

function useReports(shown: Shown) {
  return useInfiniteQuery({
    queryKey: [...reportKeys.lists, shown],
    queryFn: ({ pageParam, signal }): Promise<ReplyOf<typeof listReports>> =>
      call(
        listReports,
        { query: { cursor: pageParam ?? undefined, ...(shown !== "all" && { state: shown }) } },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    staleTime: 0,
    refetchInterval: freshMs,
  });
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
