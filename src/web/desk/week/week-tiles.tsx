import type { WeekFigures } from "../../../skills/week/api.ts";
import { useMoney } from "../advocate/use-money.ts";
import { useText } from "../text/use-text.ts";
import { useWords } from "./use-words.ts";

interface Tile {
  key: string;
  label: string;
  value: string;
  note: string;
}

/** The four figures to take along. */
export function WeekTiles({ week }: { week: WeekFigures }) {
  const { t, format } = useText();
  const words = useWords();
  const money = useMoney();
  const { asked, firstLevel, speed, costs } = week;
  const tiles: Tile[] = [
    {
      key: "asked",
      label: t("week.cases"),
      value: format.number(asked.all),
      note: words.change(asked.change, asked.before),
    },
    {
      key: "settled",
      label: t("week.settled"),
      value: words.share(firstLevel.settled, firstLevel.cases),
      note: t("week.settledOf", { settled: firstLevel.settled, cases: firstLevel.cases }),
    },
    {
      key: "person",
      label: t("week.person"),
      value: speed.person ? words.span(speed.person.median) : "–",
      note: speed.person
        ? t("week.p90Open", { span: words.span(speed.person.p90) })
        : t(speed.hidden === "few_persons" ? "week.fewPersons" : "week.fewCases"),
    },
    {
      key: "costs",
      label: t("week.spent"),
      value: money(costs.totalCents),
      note:
        costs.perCaseCents === null
          ? t("week.noCase")
          : t("week.perCase", { each: money(costs.perCaseCents) }),
    },
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-4 rounded-2 border border-line bg-sheet px-4 py-3 lg:grid-cols-4 lg:divide-x lg:divide-line">
      {tiles.map(({ key, label, value, note }) => (
        <div key={key} className="min-w-0 lg:[&:not(:first-child)]:pl-5">
          <dt className="text-small font-strong">{label}</dt>
          <dd className="font-head text-h1 font-heavy">{value}</dd>
          <dd className="text-small text-ink-2">{note}</dd>
        </div>
      ))}
    </dl>
  );
}
