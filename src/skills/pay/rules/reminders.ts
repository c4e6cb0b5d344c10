/** When somebody may be reminded: after the due day, not often, and never for ever. */

const DAY_MS = 86_400_000;
/** Between two reminders, whoever sends them. */
const LEAST_DAYS = 3;

export interface Reminding {
  readonly isOwing: boolean;
  /** Somebody says that it is not right, and nobody has ended that. */
  readonly isDisputed: boolean;
  /** YYYY-MM-DD */
  readonly dueOn: string;
  /** ms, of earlier reminders */
  readonly remindedAt: readonly number[];
  /** As many the company's settings allow; people may send one also where none are sent by themselves. */
  readonly most: number;
  /** YYYY-MM-DD */
  readonly today: string;
  readonly now: number;
}

export function mayRemind(one: Reminding): "yes" | "most" | "too_soon" | "ended" | "disputed" {
  if (!one.isOwing) return "ended";
  if (one.isDisputed) return "disputed";
  if (one.remindedAt.length >= Math.max(1, one.most)) return "most";
  const last = one.remindedAt.at(-1);
  if (one.today <= one.dueOn || (last !== undefined && one.now - last < LEAST_DAYS * DAY_MS))
    return "too_soon";
  return "yes";
}

/** @returns the day of the next reminder, YYYY-MM-DD: so many days after the due day, or after the last one */
export function nextReminder(after: string, days: number): string {
  return new Date(Date.parse(`${after}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
