/**
 * What a quotation comes to: integers only, the same at the node and at the desk. The one rounding rule: half a cent goes
 * up, once for each line and once for each rate of tax on the sum of its lines (EN 16931, BR-CO-17 and BR-DEC-23).
 */

/** Largest number of lines; more is an order list, not a quotation that somebody reads. */
export const mostLines = 300;

/** Amounts of one line. */
export interface LineAmounts {
  /** Thousandths of the unit: 1.5 h are 1500. */
  quantityMilli: number;
  /** Price of `per` units, in the currency's minor unit. */
  priceCents: number;
  /** The price is for so many units: screws are priced per 100 or 1000. */
  per: number;
  /** Basis points: 250 is 2.5 %. */
  discountBp: number;
  /** Basis points: 1900 is 19 %. */
  taxBp: number;
}

export interface Totals {
  netCents: number;
  /** One entry a rate, the highest first. */
  taxes: { taxBp: number; netCents: number; taxCents: number }[];
  taxCents: number;
  grossCents: number;
}

const WHOLE_BP = 10_000n;
const MILLI = 1000n;

/** @param of >= 0 @param by > 0 @returns of / by, half up */
const halfUp = (of: bigint, by: bigint): bigint => (2n * of + by) / (2n * by);

/** @returns a line's net amount in minor units, after its discount */
export function lineNetCents(line: LineAmounts): number {
  const amount = BigInt(line.quantityMilli) * BigInt(line.priceCents) * (WHOLE_BP - BigInt(line.discountBp));
  return Number(halfUp(amount, MILLI * BigInt(line.per) * WHOLE_BP));
}

export function totalsOf(lines: readonly LineAmounts[]): Totals {
  const nets = new Map<number, number>();
  for (const line of lines) nets.set(line.taxBp, (nets.get(line.taxBp) ?? 0) + lineNetCents(line));
  const taxes = [...nets]
    .sort(([a], [b]) => b - a)
    .map(([taxBp, netCents]) => ({
      taxBp,
      netCents,
      taxCents: Number(halfUp(BigInt(netCents) * BigInt(taxBp), WHOLE_BP)),
    }));
  const netCents = taxes.reduce((sum, one) => sum + one.netCents, 0);
  const taxCents = taxes.reduce((sum, one) => sum + one.taxCents, 0);
  return { netCents, taxes, taxCents, grossCents: netCents + taxCents };
}
