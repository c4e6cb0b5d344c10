/** Numbers as people type them, to integers and back; no float in between. */

type Language = "de" | "en";

/**
 * @param places digits that the integer holds after the point: 2 for cents, 3 for thousandths
 * @returns null when it is no number, negative, too long, or has more digits after the point
 */
export function readAmount(text: string, places: number, language: Language): number | null {
  const typed = text.replace(/[\s\u00a0\u202f']/g, "");
  const [point, group] = language === "de" ? [",", "."] : [".", ","];
  const grouped = new RegExp(`^\\d{1,3}(\\${group}\\d{3})+(\\${point}\\d*)?$`);
  const plain = grouped.test(typed) ? typed.replaceAll(group, "") : typed;
  // The other language's point is understood where it can mean nothing else.
  const [, whole = "", rest = ""] = /^(\d{1,12})(?:[.,](\d*))?$/.exec(plain) ?? [];
  const digits = rest.replace(/0+$/, "");
  if (whole === "" || digits.length > places) return null;
  return Number(whole + digits.padEnd(places, "0"));
}

/** @returns as it is typed again, e.g. "1234,5" of 12345 and one place; no more zeros than `least` */
export function typedAmount(
  value: number,
  { places, least, language }: { places: number; least: number; language: Language },
): string {
  const digits = String(value).padStart(places + 1, "0");
  const whole = digits.slice(0, -places);
  const rest = digits.slice(-places).replace(/0+$/, "").padEnd(least, "0");
  return rest === "" ? whole : `${whole}${language === "de" ? "," : "."}${rest}`;
}

/** @returns e.g. "1.234,50 €" */
export function shownMoney(cents: number, currency: string, locale: string): string {
  const digits = String(cents).padStart(3, "0");
  const decimal = `${digits.slice(0, -2)}.${digits.slice(-2)}` as Intl.StringNumericLiteral;
  return new Intl.NumberFormat(locale, { style: "currency", currency }).format(decimal);
}
