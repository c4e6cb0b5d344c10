import { ALL_DAYS, ANY_TIME, clockOf, isWholeDay, minutesOf, type Rhythm } from "./rhythm.ts";
import { type KnownTopic, keyParameter } from "./wish.ts";

/** What somebody chose, as forms and programs say it. */
export interface Choice {
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly window: {
    readonly weekdays: readonly number[];
    readonly from: string;
    readonly to: string;
  } | null;
  readonly quiet: "default" | { readonly from: string; readonly to: string } | null;
  readonly digestAt: string | null;
  /** IANA name; null = the company's */
  readonly timeZone: string | null;
}

/** What becomes of it: one subscription for each value. */
export interface Plan {
  /** "" = everything. */
  readonly values: readonly string[];
  readonly filters: Readonly<Record<string, readonly string[]>>;
  readonly rhythm: Rhythm;
}

/** @returns the plan, or the parameter that is missing or unknown */
export function planOf(topic: KnownTopic, choice: Choice): { plan: Plan } | { fault: string } {
  const key = keyParameter(topic)?.key;
  const filters: Record<string, readonly string[]> = {};
  for (const [name, values] of Object.entries(choice.values)) {
    const parameter = topic.parameters.find((one) => one.key === name && one.kind !== "window");
    if (!parameter) return { fault: name };
    const known = new Set(parameter.values.map(({ value }) => value));
    if (known.size > 0 && values.some((value) => !known.has(value))) return { fault: name };
    if (name !== key && values.length > 0) filters[name] = [...new Set(values)];
  }
  const missing = topic.parameters.find(
    (one) => one.required && one.kind !== "window" && (choice.values[one.key] ?? []).length === 0,
  );
  if (missing) return { fault: missing.key };
  const window = topic.parameters.find(({ kind }) => kind === "window");
  if (window?.required && choice.window === null) return { fault: window.key };
  const values = key === undefined ? [] : [...new Set((choice.values[key] ?? []).map((one) => one.trim()))];
  return { plan: { values: values.length > 0 ? values : [""], filters, rhythm: rhythmOf(choice) } };
}

export function rhythmOf({ window, quiet, digestAt, timeZone }: Omit<Choice, "values">): Rhythm {
  return {
    ...ANY_TIME,
    ...(window && {
      weekdays: window.weekdays.reduce((mask, day) => mask | (1 << (day - 1)), 0),
      from: minutesOf(window.from),
      to: minutesOf(window.to),
    }),
    quiet:
      quiet === null || quiet === "default"
        ? quiet
        : { from: minutesOf(quiet.from), to: minutesOf(quiet.to) },
    digestAt: digestAt === null ? null : minutesOf(digestAt),
    zone: timeZone ?? "",
  };
}

/** Whoever lives by the company's clock names none: it goes with the company when that moves. */
export function underClock<C extends Choice>(choice: C, companyZone: string): C {
  return choice.timeZone === companyZone ? { ...choice, timeZone: null } : choice;
}

/** The way back, for lists. */
export function choiceOf(rhythm: Rhythm): Omit<Choice, "values"> {
  const isAny = isWholeDay(rhythm) && rhythm.weekdays === ALL_DAYS;
  const { quiet } = rhythm;
  return {
    window: isAny
      ? null
      : { weekdays: weekdaysOf(rhythm.weekdays), from: clockOf(rhythm.from), to: clockOf(rhythm.to) },
    quiet:
      quiet === null || quiet === "default" ? quiet : { from: clockOf(quiet.from), to: clockOf(quiet.to) },
    digestAt: rhythm.digestAt === null ? null : clockOf(rhythm.digestAt),
    timeZone: rhythm.zone || null,
  };
}

/** 1 = Monday */
export function weekdaysOf(mask: number): number[] {
  return [1, 2, 3, 4, 5, 6, 7].filter((day) => (mask & (1 << (day - 1))) !== 0);
}
