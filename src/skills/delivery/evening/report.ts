import type { DeliveryRate, DeliveryReportRow } from "../api/running.ts";
import { isUsualRate } from "../rules/emissions.ts";
import type { ReportEvening } from "../store/report.ts";

/** Sums over evenings. Pure. */

const COUNTED = [
  "deliveries",
  "handedOver",
  "atFirstAttempt",
  "notRecorded",
  "windowKept",
  "windowJudged",
  "noticed",
  "noticeInside",
  "brokenSaid",
  "compensationMinor",
  "distanceMetres",
  "workedSeconds",
  "costMinor",
  "gramsCo2",
  "asked",
  "good",
] as const;

/** One row a city and currency; a mean error counts as often as it was judged. */
export function sumsOf(evenings: readonly ReportEvening[]): DeliveryReportRow[] {
  const groups = Map.groupBy(evenings, ({ row }) => `${row.cityId} ${row.currency}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const judged = group.reduce((sum, { noticeJudged }) => sum + noticeJudged, 0);
    const error = group.reduce(
      (sum, { row, noticeJudged }) => sum + (row.noticeErrorSeconds ?? 0) * noticeJudged,
      0,
    );
    const sums = Object.fromEntries(
      COUNTED.map((key) => [key, group.reduce((sum, { row }) => sum + row[key], 0)]),
    ) as Pick<DeliveryReportRow, (typeof COUNTED)[number]>;
    return [
      {
        ...first.row,
        ...sums,
        eveningId: null,
        date: null,
        noticeErrorSeconds: judged === 0 ? null : Math.round(error / judged),
      },
    ];
  });
}

/** What one more way to a door would cost: the mean way between two doors of these evenings. */
export function secondAttempt(evenings: readonly ReportEvening[]): { gramsCo2: number; metres: number } {
  const sum = (key: "distanceMetres" | "gramsCo2" | "deliveries") =>
    evenings.reduce((all, { row }) => all + row[key], 0);
  const doors = Math.max(1, sum("deliveries"));
  return { gramsCo2: Math.round(sum("gramsCo2") / doors), metres: Math.round(sum("distanceMetres") / doors) };
}

/** What a kilometre counted in each city, once for each vehicle that was driven with, what burns most first. */
export function ratesOf(evenings: readonly ReportEvening[]): DeliveryRate[] {
  const found = new Map<string, DeliveryRate>();
  for (const { row, rates } of evenings)
    for (const { vehicle, gramsPerKm } of rates)
      found.set(`${row.cityId} ${vehicle}`, {
        cityId: row.cityId,
        vehicle,
        gramsPerKm,
        isUsual: isUsualRate(vehicle, gramsPerKm),
      });
  return [...found.values()].toSorted((a, b) => a.cityId - b.cityId || b.gramsPerKm - a.gramsPerKm);
}
