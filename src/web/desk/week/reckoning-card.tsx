import { type Assumptions, weekCosts } from "../../../skills/week/api/costs.ts";
import type { StoredCosts } from "../../../skills/week/api.ts";
import { Card } from "../../ui/card.tsx";
import { useMoney } from "../advocate/use-money.ts";
import { useText } from "../text/use-text.ts";
import { useWords } from "./use-words.ts";

/** What the last week comes to by these prices, under the keys of who changes them, beside the same cases without a first level. */
export function ReckoningCard({
  assumptions,
  stored,
}: {
  assumptions: Assumptions | null;
  stored: StoredCosts;
}) {
  const { t, format } = useText();
  const words = useWords();
  const { week } = stored;
  if (!week || week.solved === 0)
    return (
      <Card title={t("costs.reckoning")}>
        <p className="text-ink-2">{t("costs.noWeek")}</p>
      </Card>
    );
  return (
    <Card title={t("costs.reckoning")} aside={t("week.from", { day: words.day(week.monday) })}>
      {assumptions ? (
        <Sums assumptions={assumptions} week={week} />
      ) : (
        <p className="text-ink-2">{t("costs.waiting")}</p>
      )}
      <p className="mt-3 border-t border-line pt-3 text-small text-ink-2">
        {t("costs.basis", {
          solved: format.number(week.solved),
          byPerson: format.number(week.byPerson),
        })}
      </p>
    </Card>
  );
}

function Sums({ assumptions, week }: { assumptions: Assumptions; week: NonNullable<StoredCosts["week"]> }) {
  const { t, format } = useText();
  const money = useMoney();
  const costs = weekCosts(assumptions, week);
  const right = "py-1.5 pl-3 text-right tabular-nums whitespace-nowrap";
  const head = "py-1 pl-3 text-right align-bottom font-strong";
  // "Rest of Western Europe (Austria …)": which countries these are stands where a country is chosen.
  const short = (market: string) => market.split(" (", 1)[0] ?? market;
  const rows = [
    {
      key: "staff",
      label: t("costs.staff"),
      now: costs.staffCents,
      byPerson: costs.allByPersonCents,
    },
    ...costs.lines.map(({ category, market, count, cents }) => ({
      key: `${category} ${market}`,
      label: t("costs.line", {
        count: format.number(count),
        category: t(`costs.category.${category}`),
        market: short(t(`costs.market.${market}`)),
      }),
      now: cents,
      byPerson: null,
    })),
    { key: "machine", label: t("costs.machine"), now: costs.machineCents, byPerson: null },
    {
      key: "mail",
      label: t("costs.mailAndDomain"),
      now: costs.mailCents + costs.domainCents,
      byPerson: null,
    },
  ];
  return (
    <table className="w-full text-desk">
      <thead>
        <tr className="border-b-[1.5px] border-ink text-small">
          <th className="py-1 text-left align-bottom font-strong">{t("costs.aWeek")}</th>
          <th className={head}>{t("costs.withUs")}</th>
          <th className={head}>{t("costs.withoutUs")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, label, now, byPerson }) => (
          <tr key={key} className="border-b border-line">
            <td className="py-1.5 hyphens-auto wrap-anywhere">{label}</td>
            <td className={right}>{money(now)}</td>
            <td className={right}>{byPerson === null ? "–" : money(byPerson)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot className="font-strong">
        <tr className="border-b border-line">
          <td className="py-1.5">{t("costs.total")}</td>
          <td className={right}>{money(costs.totalCents)}</td>
          <td className={right}>{money(costs.allByPersonCents)}</td>
        </tr>
        <tr>
          <td className="py-1.5">{t("costs.perCase")}</td>
          <td className={right}>{costs.perCaseCents === null ? "–" : money(costs.perCaseCents)}</td>
          <td className={right}>
            {costs.perCaseByPersonCents === null ? "–" : money(costs.perCaseByPersonCents)}
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
