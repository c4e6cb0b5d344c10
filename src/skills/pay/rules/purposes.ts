import type { Purpose } from "#kernel";

/** Why this skill uses data of persons. Payment data serve payment, and nothing else. */

export const REQUESTS = "pay.request";
export const REMINDERS = "pay.reminder";
export const RECORDS = "pay.records";

const DAYS = 365;
const LEAP_DAYS = 2;
/** Claims of everyday life end three years after their year (section 195, 199 BGB). */
const CLAIM_YEARS = 3;
/**
 * Vouchers (receipts, bank statements, refunds) stay eight years from the end of their year since 1 January 2025: section
 * 147 (1) 4 and 4a, (3), (4) AO and section 257 (4) HGB as changed by the Fourth Bureaucracy Relief Act. Books and journals
 * stay ten years; the journal is what the export hands to the bookkeeping.
 */
export const VOUCHER_YEARS = 8;
export const CLAIM_DAYS = (CLAIM_YEARS + 1) * DAYS + 1;

export const purposes: readonly Purpose[] = [
  {
    id: REQUESTS,
    legalBasis: "contract",
    text: {
      de: "Wir haben Sie um eine Zahlung gebeten und ordnen zu, was Sie zahlen.",
      en: "We asked you for a payment and see to it that what you pay is put to it.",
    },
    keepDays: CLAIM_DAYS,
  },
  {
    id: REMINDERS,
    legalBasis: "consent",
    text: {
      de: "Wir erinnern Sie höchstens so oft wie angekündigt an eine offene Zahlung, sonst nichts.",
      en: "We remind you of an open payment, at most as often as announced, and nothing else.",
    },
    keepDays: CLAIM_DAYS,
    byTopic: true,
  },
  {
    id: RECORDS,
    legalBasis: "legal_obligation",
    text: {
      de: "Belege und Kontoauszüge heben wir acht Jahre ab Ende ihres Jahres auf, so verlangt es § 147 AO.",
      en: "We keep vouchers and bank statements for eight years from the end of their year, as section 147 AO requires.",
    },
    keepDays: (VOUCHER_YEARS + 1) * DAYS + LEAP_DAYS,
    standsAlone: true,
  },
];

/** @returns ms; what ended before it may go today: the years of the law after the end of its year (UTC) */
export function voucherBorder(now: number): number {
  return Date.UTC(new Date(now).getUTCFullYear() - VOUCHER_YEARS, 0, 1);
}
