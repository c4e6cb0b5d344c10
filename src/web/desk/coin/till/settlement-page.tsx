import { useMutation, useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { exportSettlement, getSettlement, type Settlement } from "../../../../skills/wallet/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card, Waiting } from "../../../ui/card.tsx";
import { saveFile } from "../../../ui/save-file.ts";
import { isManager, useMe } from "../../session/session.ts";
import { Failure } from "../../shell/failure.tsx";
import { DateField } from "../../text/date-field.tsx";
import { useText } from "../../text/use-text.ts";
import { useMoney } from "../money.ts";
import { tillQuery } from "../queries.ts";
import { RedeemCard } from "./redeem-card.tsx";
import { TillFrame } from "./till-frame.tsx";

const dayMs = 86_400_000;

/** What came in and went out, and the way of it to the bank. */
export function SettlementPage() {
  const { t, format } = useText();
  const me = useMe();
  const member = useQuery(tillQuery).data?.items.find(({ state }) => state === "open");
  const [from, setFrom] = useState(() => format.dayOf(Date.now()));
  const [until, setUntil] = useState(() => format.dayOf(Date.now()));
  const isSpan = from !== "" && until !== "" && from <= until;
  const span = isSpan ? spanOf({ from, until }, format.fromInput) : { from: "", to: "" };
  const report = useQuery({
    queryKey: ["till", "settlement", from, until],
    queryFn: ({ signal }) => call(getSettlement, { query: span }, signal),
    enabled: isSpan && member !== undefined,
  });
  const saving = useMutation({
    mutationFn: () => call(exportSettlement, { query: span }),
    onSuccess: ({ name, mime, content }) => {
      const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
      saveFile(name, new TextDecoder().decode(bytes), mime);
    },
  });
  return (
    <TillFrame
      title={t("till.settlement")}
      subtitle={t("till.settlementText")}
      actions={
        report.data && (
          <Button icon={Download} busy={saving.isPending} onClick={() => saving.mutate()}>
            {t("till.csv")}
          </Button>
        )
      }
    >
      <div className="mb-5 grid gap-3 sm:grid-cols-[repeat(2,minmax(0,14rem))]">
        <DateField label={t("till.from")} value={from} onChange={setFrom} />
        <DateField label={t("till.until")} value={until} onChange={setUntil} />
      </div>
      {report.isPending && isSpan && member && <Waiting rows={4} label={t("till.loading")} />}
      {report.error && (
        <Failure error={report.error} title={t("till.notLoaded")} retry={() => void report.refetch()} />
      )}
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_26rem]">
        {report.data && member && <Report report={report.data} symbol={member.coin.symbol} />}
        {member && isManager(me) && <RedeemCard member={member} />}
      </div>
    </TillFrame>
  );
}

/** Whole days of the company's clock. */
function spanOf(
  { from, until }: { from: string; until: string },
  fromInput: (local: string) => number,
): { from: string; to: string } {
  const next = new Date(Date.parse(`${until}T12:00:00Z`) + dayMs).toISOString().slice(0, 10);
  const begin = (day: string) => new Date(fromInput(`${day}T00:00`)).toISOString();
  return { from: begin(from), to: begin(next) };
}

function Report({ report, symbol }: { report: Settlement; symbol: string }) {
  const { t, format } = useText();
  const money = useMoney();
  const net = report.takenMinor - report.refundedMinor - report.redeemedMinor;
  return (
    <Card title={t("till.sums")}>
      <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-2">
        <dt>{t("till.sum.taken", { count: report.payments })}</dt>
        <dd className="text-right">{money.coins(report.takenMinor, symbol)}</dd>
        <dt>{t("till.sum.refunded", { count: report.refunds })}</dt>
        <dd className="text-right">{money.coins(-report.refundedMinor, symbol)}</dd>
        <dt>{t("till.sum.redeemed")}</dt>
        <dd className="text-right">{money.coins(-report.redeemedMinor, symbol)}</dd>
        <dt className="border-t-[1.5px] border-ink pt-2 font-strong">{t("till.sum.net")}</dt>
        <dd className="border-t-[1.5px] border-ink pt-2 text-right font-strong">
          {money.coins(net, symbol)}
        </dd>
      </dl>
      {report.rows.length === 0 && <p className="mt-4 text-ink-2">{t("till.noRows")}</p>}
      <ul className="mt-4 divide-y divide-line">
        {report.rows.map((row) => (
          <li
            key={`${row.txId} ${row.kind}`}
            className="flex flex-wrap items-baseline gap-x-4 py-2 text-small"
          >
            <span className="text-ink-2">{format.moment(row.at, Date.now())}</span>
            <span className="min-w-0 wrap-anywhere">
              {t(`till.kind.${row.kind}`)}
              {row.title !== "" && `: ${row.title}`}
            </span>
            <span className="ml-auto font-strong">{money.coins(row.amountMinor, symbol)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
