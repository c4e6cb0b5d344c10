import { totalsOf } from "../../../skills/business/api/totals.ts";
import type { Line } from "../../../skills/business/api.ts";
import { Card } from "../../ui/card.tsx";
import { useText } from "../text/use-text.ts";
import { shownMoney, typedAmount } from "./amounts.ts";

interface TotalsProps {
  lines: readonly Line[];
  currency: string;
  /** Every line could be read. */
  isWhole: boolean;
}

/** What it comes to, by the same rule as on the document. */
export function TotalsCard({ lines, currency, isWhole }: TotalsProps) {
  const { t, format, language } = useText();
  const { netCents, taxes, grossCents } = totalsOf(lines);
  const money = (cents: number) => shownMoney(cents, currency, format.locale);
  const rate = (taxBp: number) => typedAmount(taxBp, { places: 2, least: 0, language });
  return (
    <Card title={t("business.totals")}>
      <dl aria-live="polite" className="grid grid-cols-[1fr_auto] gap-y-1 tabular-nums">
        <dt className="text-ink-2">{t("business.field.net")}</dt>
        <dd className="pl-4 text-right">{money(netCents)}</dd>
        {taxes.map(({ taxBp, taxCents }) => (
          <div key={taxBp} className="contents">
            <dt className="text-ink-2">{t("business.taxOf", { rate: rate(taxBp) })}</dt>
            <dd className="pl-4 text-right">{money(taxCents)}</dd>
          </div>
        ))}
        <dt className="border-t-[1.5px] border-ink pt-1 font-strong">{t("business.gross")}</dt>
        <dd className="border-t-[1.5px] border-ink pt-1 pl-4 text-right font-strong">{money(grossCents)}</dd>
      </dl>
      {!isWhole && <p className="mt-2 text-small text-ink-2">{t("business.totalsPart")}</p>}
    </Card>
  );
}
