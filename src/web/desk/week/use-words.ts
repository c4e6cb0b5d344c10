import { useText } from "../text/use-text.ts";

/** Changes, spans and shares as the week's page says them. */
export function useWords() {
  const { t, format } = useText();
  const unit = (name: string) =>
    new Intl.NumberFormat(format.locale, {
      style: "unit",
      unit: name,
      unitDisplay: "short",
      maximumFractionDigits: 1,
    });
  const seconds = unit("second");
  const signs = new Intl.NumberFormat(format.locale, {
    style: "percent",
    maximumFractionDigits: 0,
    signDisplay: "exceptZero",
  });
  // A calendar day is the same everywhere: it is written as it is, in no zone.
  const days = new Intl.DateTimeFormat(format.locale, {
    timeZone: "UTC",
    day: "2-digit",
    month: "2-digit",
    year: "numeric",
  });
  return {
    /** "0,4 Sek.", "12 Min.", "2 Std. 5 Min." */
    span: (ms: number) => (ms < 60_000 ? seconds.format(ms / 1000) : format.span(ms)),
    /** @param day ISO date */
    day: (day: string) => days.format(new Date(day)),
    share: (part: number, all: number) => (all === 0 ? "–" : format.percent(part / all)),
    /** "+20 %", with a real minus. */
    signed: (change: number) => signs.format(change).replace("-", "−"),
    /** Against the week before; "too few to compare" where it would be chance. */
    change(change: number | null, before: number | null): string {
      if (before === null) return t("week.noBefore");
      if (change === null) return t("week.tooFew", { before: format.number(before) });
      if (Math.abs(change) < 0.005) return t("week.same");
      const share = format.percent(Math.abs(change));
      return change > 0 ? t("week.more", { share }) : t("week.less", { share });
    },
  };
}
