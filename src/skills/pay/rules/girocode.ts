import { decimalOf } from "./money.ts";

/**
 * The text of a GiroCode. Source: EPC069-12, "Quick Response Code: Guidelines to Enable Data Capture for the Initiation of
 * an SCT", version 002 of the data: error correction M, at most symbol version 13, at most 331 bytes.
 */

const MOST_BYTES = 331;
const NAME_CHARACTERS = 70;
const LEAST_MINOR = 1;
const MOST_MINOR = 99_999_999_999;

export interface Transfer {
  readonly name: string;
  /** Without blanks. */
  readonly iban: string;
  /** "" = none: version 002 needs none within the EEA. */
  readonly bic: string;
  /** Euro cents, 1 to 99,999,999,999. */
  readonly amountMinor: number;
  /** RF creditor reference; then no other words may stand in it. */
  readonly reference: string;
}

/** @throws RangeError for an amount that no transfer has, or more than a code may hold */
export function giroCode({ name, iban, bic, amountMinor, reference }: Transfer): string {
  if (!Number.isSafeInteger(amountMinor) || amountMinor < LEAST_MINOR || amountMinor > MOST_MINOR)
    throw new RangeError("0.01 to 999999999.99 euro");
  const text = [
    "BCD",
    "002",
    "1",
    "SCT",
    bic,
    oneLine(name, NAME_CHARACTERS),
    iban,
    `EUR${decimalOf(amountMinor)}`,
    "",
    reference,
  ].join("\n");
  if (new TextEncoder().encode(text).length > MOST_BYTES) throw new RangeError(`over ${MOST_BYTES} bytes`);
  return text;
}

/** A line break would begin the next element. Cut by characters, never within one. */
function oneLine(text: string, characters: number): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  return [...plain].slice(0, characters).join("").trim();
}
