import { useText } from "../text/use-text.ts";

/** Cents as people in that language write euros, with a real minus. */
export function useMoney(): (cents: number) => string {
  const { format } = useText();
  const euros = new Intl.NumberFormat(format.locale, { style: "currency", currency: "EUR" });
  return (cents) => euros.format(cents / 100).replace("-", "−");
}
