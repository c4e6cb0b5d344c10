import type { EveningHead } from "../../../../skills/delivery/api.ts";

/**
 * What is looked at when nobody chose: the evening that runs, else the next one, else the last one.
 * @param today of the city's clock, YYYY-MM-DD
 */
export function eveningToShow(items: readonly EveningHead[], today: string): EveningHead | null {
  const inOrder = items.toSorted((a, b) => a.date.localeCompare(b.date));
  return (
    inOrder.findLast(({ state }) => state === "running") ??
    inOrder.find(({ state, date }) => state === "planned" && date >= today) ??
    inOrder.at(-1) ??
    null
  );
}
