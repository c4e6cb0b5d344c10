/**
 * What `datetime-local` fields hold is a wall clock without a zone. The desk shows all times in the company's zone,
 * so typed times are meant there too, wherever the browser stands.
 */
export function zoneInput(timeZone: string | undefined) {
  const wall = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  /** The zone's wall clock at that moment, read as if it were UTC. */
  const asUtc = (moment: number) => Date.parse(`${wall.format(moment).replace(" ", "T")}Z`);
  return {
    /** @param moment ms @returns "2026-11-22T18:30" */
    toInput: (moment: number): string => wall.format(moment).replace(" ", "T").slice(0, 16),
    /** @returns ms; NaN for an empty or unfinished field */
    fromInput(text: string): number {
      const wanted = Date.parse(`${text}Z`);
      if (Number.isNaN(wanted)) return wanted;
      // Twice, because the first guess may lie on the other side of a change of clocks.
      const first = wanted - (asUtc(wanted) - wanted);
      return first - (asUtc(first) - wanted);
    },
  };
}
