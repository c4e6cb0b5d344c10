import { useState } from "react";
import { CATEGORIES, MARKETS, type Market, priceText } from "../../../skills/week/api/costs.ts";
import type { StoredCosts } from "../../../skills/week/api.ts";
import { SelectField, TextField } from "../../ui/field.tsx";
import { useText } from "../text/use-text.ts";
import type { CostsDraft } from "./costs-draft.ts";
import { useWords } from "./use-words.ts";

interface PriceFieldsProps {
  draft: CostsDraft;
  set(key: string, text: string): void;
  faultOf(key: string): string | null;
  stored: StoredCosts;
}

/** Meta's prices: those of one country in fields, those of all in a table; the first shown is the one most was sent to. */
export function PriceFields({ draft, set, faultOf, stored }: PriceFieldsProps) {
  const { t, language } = useText();
  const words = useWords();
  const most = stored.week?.billed.toSorted((a, b) => b.count - a.count)[0]?.market;
  const [market, setMarket] = useState<Market>(most ?? "de");
  return (
    <>
      <p className="mb-3 text-small text-ink-2">
        {t("costs.assumption", { day: words.day(stored.asOf) })}{" "}
        <a href={stored.source} className="font-strong text-accent-text hover:underline" rel="noreferrer">
          {t("costs.source")}
        </a>
      </p>
      <SelectField
        label={t("costs.market")}
        value={market}
        options={MARKETS.map((value) => ({ value, label: t(`costs.market.${value}`) }))}
        onChange={(event) => setMarket(event.target.value as Market)}
        className="max-w-[420px]"
      />
      <div className="mt-3 grid gap-3 sm:grid-cols-2">
        {CATEGORIES.map((category) => {
          const key = `${market}.${category}`;
          const usual = priceText(stored.defaults.templates[market][category], language);
          return (
            <TextField
              key={key}
              label={t(`costs.category.${category}`)}
              help={`${t(`costs.categoryHelp.${category}`)} ${t("costs.usualPrice", { price: usual })}`}
              error={faultOf(key)}
              inputMode="decimal"
              maxLength={8}
              value={draft[key] ?? ""}
              onChange={(event) => set(key, event.target.value)}
            />
          );
        })}
      </div>
      <details className="mt-4">
        <summary className="min-h-6 text-small font-strong text-accent-text">{t("costs.allMarkets")}</summary>
        <PriceTable draft={draft} />
      </details>
    </>
  );
}

function PriceTable({ draft }: { draft: CostsDraft }) {
  const { t } = useText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways is reached by keyboard
    <section tabIndex={0} aria-label={t("costs.allMarkets")} className="mt-2 overflow-x-auto">
      <table className="w-full min-w-[520px] text-small">
        <thead>
          <tr className="border-b-[1.5px] border-ink">
            <th className="py-1 pr-3 text-left font-strong">{t("costs.market")}</th>
            {CATEGORIES.map((category) => (
              <th key={category} className="py-1 pl-3 text-right font-strong">
                {t(`costs.category.${category}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {MARKETS.map((market) => (
            <tr key={market} className="border-b border-line">
              <td className="py-1 pr-3">{t(`costs.market.${market}`)}</td>
              {CATEGORIES.map((category) => (
                <td key={category} className="py-1 pl-3 text-right tabular-nums">
                  {draft[`${market}.${category}`]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
