import { useText } from "../text/use-text.ts";

/** Minor units as people read them: "−1.234,50 €". */
export function useMoney(): (minor: number, currency?: string) => string {
  const { format } = useText();
  return (minor, currency = "EUR") => {
    const money = new Intl.NumberFormat(format.locale, { style: "currency", currency });
    const digits = money.resolvedOptions().maximumFractionDigits ?? 2;
    return money.format(minor / 10 ** digits).replace("-", "−");
  };
}
