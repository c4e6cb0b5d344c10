import { mostLines } from "../../../skills/business/api/totals.ts";
import type { Line } from "../../../skills/business/api.ts";
import { readAmount, typedAmount } from "./amounts.ts";

/** A line as it is being typed. */
export interface TypedLine {
  /** For React: lines move. */
  key: number;
  text: string;
  quantity: string;
  unit: string;
  price: string;
  per: string;
  discount: string;
  tax: string;
}

type Language = "de" | "en";
export type Fault = "text" | "quantity" | "price" | "discount" | "tax";

let lastKey = 0;
const nextKey = (): number => {
  lastKey += 1;
  return lastKey;
};

export const roomForLines = mostLines;

export function blankLine(taxBp: number, language: Language): TypedLine {
  return {
    key: nextKey(),
    text: "",
    quantity: "1",
    unit: "",
    price: "",
    per: "1",
    discount: "",
    tax: typedAmount(taxBp, { places: 2, least: 0, language }),
  };
}

export function typedLine(line: Line, language: Language): TypedLine {
  const typed = (value: number, places: number, least = 0) => typedAmount(value, { places, least, language });
  return {
    key: nextKey(),
    text: line.text,
    quantity: typed(line.quantityMilli, 3),
    unit: line.unit,
    price: typed(line.priceCents, 2, 2),
    per: String(line.per),
    discount: line.discountBp === 0 ? "" : typed(line.discountBp, 2),
    tax: typed(line.taxBp, 2),
  };
}

/** @returns the line, or the first field that cannot be read */
export function readLine(line: TypedLine, language: Language): Line | Fault {
  const quantityMilli = readAmount(line.quantity, 3, language);
  const priceCents = readAmount(line.price, 2, language);
  const discountBp = line.discount.trim() === "" ? 0 : readAmount(line.discount, 2, language);
  const taxBp = readAmount(line.tax, 2, language);
  if (line.text.trim() === "") return "text";
  if (quantityMilli === null || quantityMilli < 1 || quantityMilli > 1_000_000_000) return "quantity";
  if (priceCents === null || priceCents > 9_999_999_999) return "price";
  if (discountBp === null || discountBp > 10_000) return "discount";
  if (taxBp === null || taxBp > 5_000) return "tax";
  return {
    text: line.text.trim(),
    quantityMilli,
    unit: line.unit.trim(),
    priceCents,
    per: Number(line.per),
    discountBp,
    taxBp,
  };
}

/** Nothing was typed into it yet: it is no line, and no fault. */
export const isBlank = (line: TypedLine): boolean => line.text.trim() === "" && line.price.trim() === "";
