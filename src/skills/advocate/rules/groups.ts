/** Reports on people begin at groups of this size: a smaller one would say what single persons did. */
export const LEAST_GROUP = 5;

interface Counted {
  readonly rule: string;
  readonly warned: number;
  readonly delivered: number;
  readonly outcomes: readonly { readonly outcome: string; readonly count: number; readonly cents: number }[];
}

export interface GroupedReport {
  /** Of the groups that are shown, so that no sum gives away a hidden one. */
  costCents: number;
  earnedCents: number;
  rules: {
    rule: string;
    warned: number | null;
    delivered: number | null;
    outcomes: { outcome: string; count: number | null; cents: number | null }[];
  }[];
}

/** Null takes the place of what fewer than five persons did; nothing at all stays nothing. Pure. */
export function groupsOfFive(rules: readonly Counted[]): GroupedReport {
  const shown = (count: number) => (count > 0 && count < LEAST_GROUP ? null : count);
  const cents = rules.flatMap(({ outcomes }) =>
    outcomes.flatMap((one) => (shown(one.count) === null ? [] : one.cents)),
  );
  const sum = (some: readonly number[]) => some.reduce((all, one) => all + one, 0);
  return {
    costCents: -sum(cents.filter((one) => one < 0)) || 0,
    earnedCents: sum(cents.filter((one) => one > 0)),
    rules: rules.map(({ rule, warned, delivered, outcomes }) => ({
      rule,
      warned: shown(warned),
      // The rest of a group is a group too.
      delivered: shown(warned) === null || shown(warned - delivered) === null ? null : shown(delivered),
      outcomes: outcomes.map(({ outcome, count, cents: worth }) => ({
        outcome,
        count: shown(count),
        cents: shown(count) === null ? null : worth,
      })),
    })),
  };
}
