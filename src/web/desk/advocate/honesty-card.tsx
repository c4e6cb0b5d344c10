import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ReplyOf } from "#kernel/api";
import type { honestyReport } from "../../../skills/advocate/api.ts";
import { Card, Waiting } from "../../ui/card.tsx";
import { SelectField } from "../../ui/field.tsx";
import { Failure } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import { reportQuery } from "./queries.ts";
import { useMoney } from "./use-money.ts";
import { useRuleName } from "./use-rule-name.ts";

type Rule = ReplyOf<typeof honestyReport>["rules"][number];
const periods = ["1", "3", "12"] as const;
type Period = (typeof periods)[number];

/** What honesty cost and earned; groups of five and more in a month, and nobody of the staff. */
export function HonestyCard() {
  const { t } = useText();
  const money = useMoney();
  const [period, setPeriod] = useState<Period>("3");
  const report = useQuery(reportQuery(Number(period)));
  const { data } = report;
  return (
    <Card
      title={t("advocate.report")}
      aside={
        <SelectField
          label={t("advocate.period")}
          hideLabel
          value={period}
          options={periods.map((value) => ({ value, label: t(`advocate.months.${value}`) }))}
          onChange={(event) => setPeriod(event.target.value as Period)}
        />
      }
    >
      {report.isPending && <Waiting rows={3} label={t("advocate.loading")} />}
      {report.error && (
        <Failure error={report.error} title={t("advocate.notLoaded")} retry={() => void report.refetch()} />
      )}
      {data && data.rules.length === 0 && <p className="text-ink-2">{t("advocate.nothingYet")}</p>}
      {data && data.rules.length > 0 && (
        <>
          <dl className="mb-4 flex flex-wrap gap-x-10 gap-y-2">
            <Sum label={t("advocate.cost")} value={money(data.costCents)} />
            <Sum label={t("advocate.earned")} value={money(data.earnedCents)} />
          </dl>
          <Rules rules={data.rules} />
        </>
      )}
      <p className="mt-4 text-small text-ink-2">{t("advocate.fiveText")}</p>
    </Card>
  );
}

function Sum({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-small text-ink-2">{label}</dt>
      <dd className="text-h1 tabular-nums">{value}</dd>
    </div>
  );
}

function Rules({ rules }: { rules: readonly Rule[] }) {
  const { t } = useText();
  return (
    <table className="w-full text-desk">
      <thead>
        <tr className="border-b-[1.5px] border-ink text-left text-small">
          <th className="py-2 pr-3 font-strong">{t("advocate.kind")}</th>
          <th className="px-3 py-2 text-right font-strong">{t("advocate.warned")}</th>
          <th className="hidden px-3 py-2 text-right font-strong sm:table-cell">{t("advocate.delivered")}</th>
          <th className="py-2 pl-3 font-strong">{t("advocate.followed")}</th>
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <Row key={rule.rule} rule={rule} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ rule: { rule, warned, delivered, outcomes } }: { rule: Rule }) {
  const { t, format } = useText();
  const money = useMoney();
  const nameOf = useRuleName();
  const count = (value: number | null) => (value === null ? t("advocate.under5") : format.number(value));
  return (
    <tr className="border-b border-line align-top">
      <td className="py-2 pr-3 font-strong">{nameOf(rule)}</td>
      <td className="px-3 py-2 text-right whitespace-nowrap tabular-nums">{count(warned)}</td>
      <td className="hidden px-3 py-2 text-right whitespace-nowrap tabular-nums sm:table-cell">
        {delivered === null && warned !== null ? t("advocate.notShown") : count(delivered)}
      </td>
      <td className="py-2 pl-3 hyphens-auto wrap-anywhere">
        {outcomes.length === 0 && <span className="text-ink-2">–</span>}
        {outcomes.map(({ outcome, count: persons, cents }) => (
          <p key={outcome}>
            {count(persons)} {t.maybe(`advocate.outcome.${outcome}`) ?? outcome}
            {cents !== null && <span className="text-ink-2 tabular-nums">, {money(cents)}</span>}
          </p>
        ))}
      </td>
    </tr>
  );
}
