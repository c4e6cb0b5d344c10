import type { Purpose } from "#kernel";

/** Why this skill uses data of persons. */

export const CALLS = "telephone.calls";
export const MISSED = "telephone.missed";
/** What was said on the telephone is kept as long as what was written. */
export const CALLS_DAYS = 1_095;
/** Who called in vain is called back within days, or not at all. */
export const MISSED_DAYS = 30;

export const purposes: readonly Purpose[] = [
  {
    id: CALLS,
    legalBasis: "contract",
    text: {
      de: "Was wir am Telefon besprechen, steht in derselben Geschichte wie Ihre Nachrichten.",
      en: "What we discuss on the telephone stands in the same history as your messages.",
    },
    keepDays: CALLS_DAYS,
  },
  {
    id: MISSED,
    legalBasis: "legitimate_interest",
    text: {
      de: "Wer uns nicht erreicht hat, den können wir zurückrufen.",
      en: "Who did not reach us can be called back.",
    },
    keepDays: MISSED_DAYS,
  },
];
