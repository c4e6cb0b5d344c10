/** When the question afterwards is asked. */

const NINE_MINUTES = 9 * 60;

/**
 * @param date of the evening, YYYY-MM-DD of the city's clock
 * @returns minutes of that clock since the beginning of the next day, and that day
 */
export function askedOn(date: string): { day: string; minutes: number } {
  const next = new Date(`${date}T12:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return { day: next.toISOString().slice(0, 10), minutes: NINE_MINUTES };
}
