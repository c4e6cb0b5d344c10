import { Link } from "@tanstack/react-router";
import type { DeliveryReportRow } from "../../../../skills/delivery/api.ts";
import { Card } from "../../../ui/card.tsx";
import { useText } from "../../text/use-text.ts";
import { figuresOf } from "./figures.ts";
import { useReportWords } from "./use-report-words.ts";

/** Each evening in a row, the newest first; on a phone each in a block. */
export function EveningTable({ rows }: { rows: readonly DeliveryReportRow[] }) {
  const { t } = useText();
  const cells = useCells();
  const sorted = rows.toSorted((a, b) => (b.date ?? "").localeCompare(a.date ?? ""));
  const [first] = sorted;
  if (!first) return null;
  return (
    <Card title={t("delivery.byEvening")}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
      <section tabIndex={0} aria-label={t("delivery.byEvening")} className="hidden overflow-x-auto lg:block">
        <table className="w-full text-desk">
          <thead>
            <tr className="border-b-[1.5px] border-ink text-small">
              <th scope="col" className="py-1.5 text-left font-strong text-ink-2">
                {t("delivery.evening")}
              </th>
              {cells(first).map(({ key, label }) => (
                <th key={key} scope="col" className="py-1.5 pl-4 text-right font-strong text-ink-2">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {sorted.map((row) => (
              <tr key={row.eveningId}>
                <th scope="row" className="py-2 text-left font-[inherit]">
                  <EveningLink row={row} />
                </th>
                {cells(row).map(({ key, text }) => (
                  <td key={key} className="py-2 pl-4 text-right whitespace-nowrap">
                    {text}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <ul className="divide-y divide-line border-t-[1.5px] border-ink lg:hidden">
        {sorted.map((row) => (
          <li key={row.eveningId} className="py-3">
            <EveningLink row={row} />
            <dl className="mt-1 grid grid-cols-[1fr_auto] gap-x-4 text-small">
              {cells(row).map(({ key, label, text }) => (
                <div key={key} className="contents">
                  <dt className="text-ink-2">{label}</dt>
                  <dd className="text-right">{text}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function EveningLink({ row }: { row: DeliveryReportRow }) {
  const words = useReportWords();
  if (row.eveningId === null) return row.cityName;
  return (
    <Link
      to="/delivery"
      search={{ city: row.cityId, evening: row.eveningId }}
      className="font-strong text-accent-text hover:underline"
    >
      {words.shortDay(row.date ?? "")}, {row.cityName}
    </Link>
  );
}

/** The columns of a row, with their names. */
function useCells() {
  const { t } = useText();
  const words = useReportWords();
  return (row: DeliveryReportRow) => {
    const figures = figuresOf(row);
    return [
      { key: "deliveries", label: t("delivery.deliveries"), text: words.number(row.deliveries) },
      { key: "first", label: t("delivery.tile.first"), text: words.share(figures.firstAttempt) },
      { key: "window", label: t("delivery.tile.window"), text: words.share(figures.windowKept) },
      { key: "notice", label: t("delivery.tile.notice"), text: words.share(figures.noticeInside) },
      {
        key: "cost",
        label: t("delivery.tile.cost"),
        text: words.amount(figures.costAStop, row.currency),
      },
      { key: "way", label: t("delivery.wayAParcel"), text: words.metres(figures.metresAParcel) },
      { key: "grams", label: t("delivery.gramsAParcel"), text: words.grams(figures.gramsAParcel) },
      {
        key: "compensation",
        label: t("delivery.tile.compensation"),
        text: words.amount(row.compensationMinor, row.currency),
      },
      {
        key: "answers",
        label: t("delivery.tile.answers"),
        text: row.asked === 0 ? "–" : words.of(row.good, row.asked),
      },
    ];
  };
}
