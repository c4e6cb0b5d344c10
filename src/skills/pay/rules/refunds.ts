/** Marks of refunds in transfers: the end-to-end id comes back with the bank's statement. */

const MARK = /^AHREFUND(\d{1,15})$/;

export const endToEndOf = (refundId: number): string => `AHREFUND${refundId}`;

/** @returns the refund's id; null for somebody else's mark */
export function refundOf(endToEnd: string): number | null {
  const [, id] = MARK.exec(endToEnd) ?? [];
  return id === undefined ? null : Number(id);
}
