import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { ReplyOf } from "#kernel/api";
import type { getReport } from "../../../skills/reports/api.ts";
import { inCompany } from "../../client/files.ts";
import { Card, Waiting } from "../../ui/card.tsx";
import { StateLine } from "../../ui/tag.tsx";
import { Failure } from "../shell/failure.tsx";
import { Page } from "../shell/page.tsx";
import { useNow } from "../text/use-now.ts";
import { useText } from "../text/use-text.ts";
import { MoveCard } from "./move-card.tsx";
import { NoticeCard } from "./notice-card.tsx";
import { reportQuery } from "./queries.ts";
import { ReportStateTag } from "./state-tag.tsx";
import { TellersCard } from "./tellers-card.tsx";

export type OneReport = ReplyOf<typeof getReport>;

/** One report: what and where, who told it, what the team does, and whether it becomes a notice. */
export function ReportPage() {
  const { t, language } = useText();
  const { report: name } = useParams({ from: "/shell/notices/reports/$report" });
  const report = useQuery(reportQuery(Number(name)));
  const { data } = report;
  return (
    <Page
      title={data ? data.kind.name[language] : t("reports.number", { id: name })}
      subtitle={data ? t("reports.number", { id: name }) : undefined}
      back={{ to: "/notices/reports", label: t("reports.title") }}
    >
      {report.isPending && <Waiting rows={5} label={t("reports.loading")} />}
      {report.error && (
        <Failure error={report.error} title={t("reports.oneNotLoaded")} retry={() => void report.refetch()} />
      )}
      {data && (
        <div className="grid items-start gap-5 xl:grid-cols-[1.18fr_1fr]">
          <div className="grid min-w-0 gap-5">
            <WhatCard report={data} />
            <TellersCard report={data} />
          </div>
          <div className="grid min-w-0 gap-5">
            <MoveCard report={data} />
            <NoticeCard report={data} />
          </div>
        </div>
      )}
    </Page>
  );
}

function WhatCard({ report }: { report: OneReport }) {
  const { t, format } = useText();
  const { place, text, state, team, passFault, photoFileId, doneFileId } = report;
  const now = useNow();
  const times = [
    report.passedAt && t("reports.passed", { date: format.moment(report.passedAt, now) }),
    report.acceptedAt && t("reports.accepted", { date: format.moment(report.acceptedAt, now) }),
    report.endedAt && t("reports.ended", { date: format.moment(report.endedAt, now) }),
  ].filter(Boolean);
  return (
    <Card title={place?.name ?? t("reports.noPlace")} aside={<ReportStateTag state={state} />}>
      <p className="wrap-anywhere whitespace-pre-wrap">{text || t("reports.gone")}</p>
      <p className="mt-2 text-small text-ink-2">
        {place?.latitude != null && place.longitude != null && (
          <span className="tabular-nums">
            {t("reports.coordinates", {
              latitude: place.latitude.toFixed(4),
              longitude: place.longitude.toFixed(4),
            })}
          </span>
        )}
      </p>
      <p className="text-small text-ink-2">
        {t("reports.team")}: {team?.name ?? t("reports.noTeam")}
      </p>
      {times.map((time) => (
        <p key={time} className="text-small text-ink-2">
          {time}
        </p>
      ))}
      {passFault !== "" && (
        <p className="mt-2">
          <StateLine kind="warn">
            {t.maybe(`reports.fault.${passFault}`) ?? t("reports.fault.other", { reason: passFault })}
          </StateLine>
        </p>
      )}
      {report.note && <p className="mt-2 wrap-anywhere">{report.note}</p>}
      <div className="mt-3 flex flex-wrap gap-3 empty:hidden">
        {photoFileId && <Picture id={photoFileId} name={t("reports.photo")} />}
        {doneFileId && <Picture id={doneFileId} name={t("reports.donePhoto")} />}
      </div>
    </Card>
  );
}

function Picture({ id, name }: { id: string; name: string }) {
  const url = inCompany(`/api/v1/files/${id}`);
  return (
    <figure>
      <a href={url} target="_blank" rel="noreferrer noopener">
        <img
          src={url}
          alt={name}
          loading="lazy"
          className="max-h-60 min-h-16 rounded-2 bg-sunken object-contain"
        />
      </a>
      <figcaption className="text-small text-ink-2">{name}</figcaption>
    </figure>
  );
}
