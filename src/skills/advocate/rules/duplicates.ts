import { readDay } from "./dates.ts";

/** An earlier purchase of the product that is being ordered. */
export interface EarlierPurchase {
  readonly boughtOn: string;
  /** How long one usually lasts; null = it is no consumable. */
  readonly intervalDays: number | null;
  readonly returnedOn: string | null;
}

export interface OrderInputs {
  readonly today: string;
  /** Purchases of the same GTIN, in any order. */
  readonly earlier: readonly EarlierPurchase[];
}

export interface OrderAnswer {
  readonly answer: "ok" | "ask";
  readonly reason: "first_time" | "usual_interval_passed" | "same_product" | "sooner_than_usual";
  readonly boughtOn: string | null;
}

/** Whoever bought a durable thing longer ago may well want another. */
const DURABLE_DAYS = 730;

/** Is this something the customer has already? The latest purchase that was kept decides. */
export function judgeOrder({ today, earlier }: OrderInputs): OrderAnswer {
  const last = earlier
    .filter((one) => one.returnedOn === null && one.boughtOn <= today)
    .sort((a, b) => (a.boughtOn < b.boughtOn ? 1 : -1))[0];
  if (!last) return { answer: "ok", reason: "first_time", boughtOn: null };
  const { boughtOn, intervalDays } = last;
  const days = (readDay(today) ?? 0) - (readDay(boughtOn) ?? 0);
  if (days >= (intervalDays ?? DURABLE_DAYS))
    return { answer: "ok", reason: "usual_interval_passed", boughtOn };
  return { answer: "ask", reason: intervalDays === null ? "same_product" : "sooner_than_usual", boughtOn };
}
