import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { decideReportNotice } from "../../../skills/reports/api.ts";
import { call } from "../../client/call.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { FailureRows } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import type { OneReport } from "./report-page.tsx";
import { useReportChange } from "./use-report-change.ts";

/** An editor's yes or no: nothing that a customer wrote goes to others by itself. */
export function NoticeCard({ report }: { report: OneReport }) {
  const { t } = useText();
  const change = useReportChange(report.id);
  const deciding = useMutation({
    mutationFn: (decision: "yes" | "no") =>
      call(decideReportNotice, { params: { id: report.id }, body: { decision } }),
    onSuccess: change,
  });
  const { state, noticeId } = report.notice;
  if (state === "never") return null;
  return (
    <Card title={t("reports.notice")}>
      {state === "open" && (
        <>
          <p className="text-ink-2">{t("reports.noticeText")}</p>
          <FailureRows error={deciding.error} />
          <div className="mt-3 flex flex-wrap gap-2">
            <Button variant="primary" busy={deciding.isPending} onClick={() => deciding.mutate("yes")}>
              {t("reports.noticeYes")}
            </Button>
            <Button busy={deciding.isPending} onClick={() => deciding.mutate("no")}>
              {t("reports.noticeNo")}
            </Button>
          </div>
        </>
      )}
      {state === "no" && <p>{t("reports.noticeRefused")}</p>}
      {state === "yes" && (
        <>
          <p className="mb-3">{t("reports.noticeMade")}</p>
          {noticeId !== null && (
            <Link
              to="/notices/$notice"
              params={{ notice: String(noticeId) }}
              className={buttonClass("secondary")}
            >
              {t("reports.toNotice")}
            </Link>
          )}
        </>
      )}
    </Card>
  );
}
