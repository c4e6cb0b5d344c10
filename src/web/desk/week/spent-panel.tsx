import { Link } from "@tanstack/react-router";
import type { WeekFigures } from "../../../skills/week/api.ts";
import { useMoney } from "../advocate/use-money.ts";
import { useText } from "../text/use-text.ts";
import { Panel } from "./panel.tsx";

/** What the week cost, by the assumptions; where they are changed stands beside. */
export function SpentPanel({ costs }: { costs: WeekFigures["costs"] }) {
  const { t } = useText();
  const money = useMoney();
  const billed = costs.lines.reduce((sum, { count }) => sum + count, 0);
  const rows = [
    { label: t("costs.staff"), cents: costs.staffCents },
    { label: t("costs.billed", { count: billed }), cents: costs.templateCents },
    { label: t("costs.house"), cents: costs.machineCents + costs.mailCents + costs.domainCents },
  ];
  return (
    <Panel
      title={t("week.costs")}
      aside={
        <Link to="/monday/costs" className="font-strong text-accent-text hover:underline">
          {t("week.assumed")}
        </Link>
      }
    >
      <dl className="text-small">
        {rows.map(({ label, cents }) => (
          <div key={label} className="flex justify-between gap-3 border-b border-line py-1 last:border-b-0">
            <dt className="text-ink-2">{label}</dt>
            <dd className="font-strong whitespace-nowrap">{money(cents)}</dd>
          </div>
        ))}
      </dl>
      {costs.perCaseByPersonCents !== null && (
        <p className="mt-1 text-small text-ink-2">
          {t("costs.byPersonWould", { each: money(costs.perCaseByPersonCents) })}
        </p>
      )}
    </Panel>
  );
}
