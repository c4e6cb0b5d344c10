import type { TriedReply } from "../../../../skills/delivery/api.ts";
import { classNames } from "../../../ui/class-names.ts";
import { useText } from "../../text/use-text.ts";
import type { CityFormat } from "../use-city-format.ts";

interface TableProps {
  tried: TriedReply;
  /** Of the stop that is moved; "" = none is. */
  name: string;
  format: CityFormat;
}

const cell = "py-2 pl-3 text-right whitespace-nowrap";

/** As it is, and as it would be. */
export function BeforeAfter({ tried: { before, after }, name, format }: TableProps) {
  const { t } = useText();
  const hasStop = name !== "" && (before.expectedAt !== null || after.expectedAt !== null);
  const clock = (at: string | null) => (at === null ? "–" : format.clock(at));
  const rows = [
    { key: "before", label: t("delivery.asItIs"), figures: before },
    { key: "after", label: t("delivery.asItWouldBe"), figures: after },
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
    <section tabIndex={0} aria-label={t("delivery.comparison")} className="overflow-x-auto">
      <table className="w-full text-desk">
        <thead>
          <tr className="border-b-[1.5px] border-ink text-small">
            <th scope="col" className="ear-only">
              {t("delivery.comparison")}
            </th>
            <th scope="col" className="py-1.5 pl-3 text-right font-strong text-ink-2">
              {t("delivery.column.atRisk")}
            </th>
            {hasStop && (
              <th scope="col" className="max-w-40 py-1.5 pl-3 text-right font-strong text-ink-2">
                <span className="max-sm:hidden">{t("delivery.column.comes", { name })}</span>
                <span className="sm:hidden">{t("delivery.column.comesShort")}</span>
              </th>
            )}
            <th scope="col" className="py-1.5 pl-3 text-right font-strong text-ink-2">
              {t("delivery.column.ends")}
            </th>
            <th scope="col" className="py-1.5 pl-3 text-right font-strong text-ink-2">
              {t("delivery.column.distance")}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map(({ key, label, figures }) => (
            <tr key={key} className={key === "after" ? "font-strong" : undefined}>
              <th scope="row" className="py-2 text-left font-[inherit]">
                {label}
              </th>
              <td className={classNames(cell, figures.atRisk > 0 ? "font-strong text-warn" : "text-ok")}>
                {format.number(figures.atRisk)}
              </td>
              {hasStop && <td className={cell}>{clock(figures.expectedAt)}</td>}
              <td className={cell}>{clock(figures.endsAt)}</td>
              <td className={cell}>{format.distance(figures.distanceMetres)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
