import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { setReportState } from "../../../skills/reports/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { TextArea } from "../../ui/field.tsx";
import { showToast } from "../../ui/toast.tsx";
import { FailureRows } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import type { OneReport } from "./report-page.tsx";
import { useReportChange } from "./use-report-change.ts";

const noteMost = 500;
const open: readonly OneReport["state"][] = ["new", "passed", "accepted"];

/** What the team does by its own conversation, for whoever sits at the desk. */
export function MoveCard({ report }: { report: OneReport }) {
  const { t } = useText();
  const [note, setNote] = useState("");
  const change = useReportChange(report.id);
  const moving = useMutation({
    mutationFn: (state: "accepted" | "done" | "rejected") =>
      call(setReportState, { params: { id: report.id }, body: { state, note } }),
    onSuccess: () => {
      setNote("");
      change();
      showToast({ text: t("reports.moved") });
    },
  });
  if (!open.includes(report.state)) return null;
  return (
    <Card title={report.team?.name ?? t("reports.team")}>
      <TextArea
        label={t("reports.note")}
        help={t("reports.noteHelp")}
        rows={2}
        maxLength={noteMost}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <FailureRows error={moving.error} />
      <div className="mt-3 flex flex-wrap gap-2">
        {report.state !== "accepted" && (
          <Button variant="primary" busy={moving.isPending} onClick={() => moving.mutate("accepted")}>
            {t("reports.accept")}
          </Button>
        )}
        <Button
          variant={report.state === "accepted" ? "primary" : "secondary"}
          busy={moving.isPending}
          onClick={() => moving.mutate("done")}
        >
          {t("reports.finish")}
        </Button>
        <Button busy={moving.isPending} onClick={() => moving.mutate("rejected")}>
          {t("reports.reject")}
        </Button>
      </div>
    </Card>
  );
}
