/** A tariff of the company, as the rule sees it. */
export interface Tariff {
  readonly reference: string;
  readonly title: string;
  readonly unit: string;
  readonly baseCentsPerMonth: number;
  /** Thousandths of a cent a unit. */
  readonly unitMilliCents: number;
  readonly yearlyFrom: number;
  readonly yearlyTo: number | null;
  readonly open: boolean;
}

export interface MonthlyUse {
  /** YYYY-MM */
  readonly month: string;
  readonly amount: number;
}

const MONTHS = 12;

/** What a year of this use costs, in cents, rounded half up. */
export function yearlyCents(tariff: Tariff, amount: number): number {
  return MONTHS * tariff.baseCentsPerMonth + Math.floor((amount * tariff.unitMilliCents + 500) / 1000);
}

/** The use of the twelve full months before `today`. @returns null when a month is missing */
export function lastYearsUse(uses: readonly MonthlyUse[], today: string): number | null {
  const known = new Map(uses.map(({ month, amount }) => [month, amount]));
  let [year = 0, month = 0] = today.split("-").map(Number);
  let sum = 0;
  for (let n = 0; n < MONTHS; n++) {
    [year, month] = month === 1 ? [year - 1, 12] : [year, month - 1];
    const amount = known.get(`${year}-${String(month).padStart(2, "0")}`);
    if (amount === undefined) return null;
    sum += amount;
  }
  return sum;
}

export interface BetterTariff {
  readonly tariff: Tariff;
  readonly amount: number;
  readonly nowCents: number;
  readonly thenCents: number;
}

/**
 * The cheapest open tariff of the same unit that this use may choose.
 * @param leastSavingCents a year; less is not worth a message
 * @returns null when the present one is the cheapest, or nearly
 */
export function betterTariff(
  choice: { present: Tariff; all: readonly Tariff[]; amount: number },
  leastSavingCents: number,
): BetterTariff | null {
  const { present, all, amount } = choice;
  const nowCents = yearlyCents(present, amount);
  const fitting = all
    .filter((one) => one.open && one.unit === present.unit && one.reference !== present.reference)
    .filter((one) => amount >= one.yearlyFrom && (one.yearlyTo === null || amount <= one.yearlyTo))
    .map((tariff) => ({ tariff, amount, nowCents, thenCents: yearlyCents(tariff, amount) }))
    .sort((a, b) => a.thenCents - b.thenCents || (a.tariff.reference < b.tariff.reference ? -1 : 1));
  const [best] = fitting;
  return best && nowCents - best.thenCents >= leastSavingCents ? best : null;
}
