import { useText } from "../../text/use-text.ts";
import { useCityFormat } from "../use-city-format.ts";

/** Numbers of the report as they are written; "–" where there are none. */
export function useReportWords() {
  const { t } = useText();
  const format = useCityFormat(undefined);
  const percent = new Intl.NumberFormat(format.locale, { style: "percent", maximumFractionDigits: 1 });
  const grams = new Intl.NumberFormat(format.locale, {
    style: "unit",
    unit: "gram",
    maximumFractionDigits: 0,
  });
  return {
    shortDay: format.shortDay,
    span: format.span,
    number: format.number,
    share: (value: number | null) => (value === null ? "–" : percent.format(value)),
    grams: (value: number | null) => (value === null ? "–" : grams.format(value)),
    metres: (value: number | null) => (value === null ? "–" : format.distance(value)),
    amount: (minor: number | null, currency: string) =>
      minor === null ? "–" : format.money(minor, currency),
    of: (part: number, all: number) => t("delivery.of", { part, all }),
  };
}
