import type { Purpose } from "#kernel";

/** Why this skill uses data of persons. */

/** Who is behind an account: to answer in the conversation, to refund, and for nothing else. */
export const ACCOUNT = "wallet.account";
/** Where something was asked for in coin. */
export const REQUESTS = "wallet.request";

const DAYS = 365;
/** Claims of everyday life end three years after their year (section 195, 199 BGB). */
const CLAIM_DAYS = 4 * DAYS + 1;

export const purposes: readonly Purpose[] = [
  {
    id: ACCOUNT,
    legalBasis: "contract",
    text: {
      de: "Wir wissen, welche Wallet Ihre ist, damit Zahlungen in der Unterhaltung ankommen.",
      en: "We know which wallet is yours, so that payments arrive in the conversation.",
    },
    keepDays: CLAIM_DAYS,
  },
  {
    id: REQUESTS,
    legalBasis: "contract",
    text: {
      de: "Wir haben Sie in der Unterhaltung um eine Zahlung gebeten und sagen Ihnen, dass sie da ist.",
      en: "We asked you for a payment in the conversation and tell you that it is here.",
    },
    keepDays: CLAIM_DAYS,
  },
];
