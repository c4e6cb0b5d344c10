import type { Purpose, RestrictiveEdge } from "#kernel";

/** Why this skill uses data of persons. */

export const DEAL = "business.deal";
export const RECORDS = "business.records";

const DAYS = 365;
const LEAP_DAYS = 2;
/** While somebody speaks for a company, and as long as questions about an order may come. */
const DEAL_YEARS = 3;
/**
 * Letters of trade, sent and received, stay six years from the end of their year: section 257 (1) 2, 3 and (4), (5) HGB;
 * section 147 (1) 2, 3 and (3), (4) AO. So the longest is seven years.
 */
export const RECORD_YEARS = 6;

export const purposes: readonly Purpose[] = [
  {
    id: DEAL,
    legalBasis: "contract",
    text: {
      de: "Sie sprechen für Ihre Firma: Angebote, Bestellungen und Maschinen.",
      en: "You speak for your company: quotations, orders and machines.",
    },
    keepDays: DEAL_YEARS * DAYS,
  },
  {
    id: RECORDS,
    legalBasis: "legal_obligation",
    text: {
      de: "Angebote und Auftragsbestätigungen Ihrer Firma heben wir so lange auf, wie das Gesetz es verlangt.",
      en: "We keep quotations and order confirmations of your company as long as the law requires.",
    },
    keepDays: (RECORD_YEARS + 1) * DAYS + LEAP_DAYS,
    standsAlone: true,
  },
];

/** Where other data may delay what is said about a quotation. */
export const restrictiveEdges: readonly RestrictiveEdge[] = [];
