import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { type FormEvent, useState } from "react";
import { exportPayments } from "../../../skills/pay/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Choice } from "../../ui/choice.tsx";
import { saveBytes } from "../../ui/save-bytes.ts";
import { DateField } from "../text/date-field.tsx";
import { useText } from "../text/use-text.ts";
import { PayFault } from "./pay-fault.tsx";
import { PaymentsFrame } from "./payments-frame.tsx";

type Kind = "csv" | "extf";

/** The first and the last day of the month before this one. @param today YYYY-MM-DD */
function lastMonth(today: string): { from: string; to: string } {
  const [year = 0, month = 0] = today.split("-").map(Number);
  const day = (at: number) => new Date(at).toISOString().slice(0, "YYYY-MM-DD".length);
  return { from: day(Date.UTC(year, month - 2, 1)), to: day(Date.UTC(year, month - 1, 0)) };
}

/** What came and what went back in a period, as a file for the bookkeeping. */
export function ExportPage() {
  const { t, format } = useText();
  const [{ from, to }, setPeriod] = useState(() => lastMonth(format.dayOf(Date.now())));
  const [kind, setKind] = useState<Kind>("csv");
  const [isTried, setTried] = useState(false);
  const isGood = from !== "" && to !== "" && from <= to;
  const exporting = useMutation({
    mutationFn: () => call(exportPayments, { body: { from, to, format: kind } }),
    onSuccess: ({ name, content, mime, rows }) => {
      if (rows > 0) saveBytes(name, content, mime);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isGood) exporting.mutate();
  };
  return (
    <PaymentsFrame title={t("pay.export")} subtitle={t("pay.exportText")}>
      <Card className="max-w-[860px]">
        <form onSubmit={submit} noValidate className="grid gap-4">
          <div className="grid gap-3 sm:grid-cols-2">
            <DateField
              label={t("pay.from")}
              value={from}
              onChange={(value) => setPeriod({ from: value, to })}
            />
            <DateField
              label={t("pay.to")}
              value={to}
              error={isTried && !isGood ? t("pay.periodUnread") : null}
              onChange={(value) => setPeriod({ from, to: value })}
            />
          </div>
          <Choice<Kind>
            label={t("pay.format")}
            value={kind}
            options={[
              { value: "csv", label: t("pay.format.csv"), help: t("pay.format.csvText") },
              { value: "extf", label: t("pay.format.extf"), help: t("pay.format.extfText") },
            ]}
            onChange={setKind}
          />
          <Button
            type="submit"
            variant="primary"
            icon={Download}
            className="justify-self-start"
            busy={exporting.isPending}
          >
            {t("pay.exportNow")}
          </Button>
          <p role="status" className="text-ink-2 empty:hidden">
            {exporting.data &&
              (exporting.data.rows === 0
                ? t("pay.exportEmpty")
                : t("pay.exported", { count: exporting.data.rows, name: exporting.data.name }))}
          </p>
          <PayFault error={exporting.error} />
        </form>
      </Card>
    </PaymentsFrame>
  );
}
