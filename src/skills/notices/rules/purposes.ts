import type { Purpose, RestrictiveEdge } from "#kernel";

/** Who got a notice is of use for questions about it, and then no more. */
export const DELIVERY_KEEP_DAYS = 90;
/** An ended subscription answers "why did I get this?" a while longer; the proof stands in the kernel's ledger. */
export const SUBSCRIPTION_KEEP_DAYS = 365;
const AGREED = { legalBasis: "consent", keepDays: SUBSCRIPTION_KEEP_DAYS, byTopic: true } as const;

/** Why this skill uses data of persons. */
export const purposes: readonly Purpose[] = [
  {
    id: "notices.service",
    text: {
      de: "Hinweise zu Themen, die Sie abonniert haben.",
      en: "Notices about topics that you have subscribed to.",
    },
    ...AGREED,
  },
  {
    id: "notices.promotion",
    text: { de: "Angebote, die Sie abonniert haben.", en: "Offers that you have subscribed to." },
    ...AGREED,
  },
  {
    id: "notices.answer",
    legalBasis: "contract",
    text: {
      de: "Wir sagen Ihnen, was Sie abonniert haben.",
      en: "We tell you what you have subscribed to.",
    },
    keepDays: DELIVERY_KEEP_DAYS,
  },
];

/** Where other data may hold a notice back; what is not here must not touch one. */
export const restrictiveEdges: readonly RestrictiveEdge[] = [
  {
    from: "advocate.warning",
    to: "notices.promotion",
    kind: "veto",
    reason: "no advertising for what we have just warned this person of",
  },
  {
    from: "notices.service",
    to: "notices.promotion",
    kind: "cap",
    reason: "a person gets so many messages a day, whatever they are about",
  },
  {
    from: "notices.promotion",
    to: "notices.service",
    kind: "cap",
    reason: "a person gets so many messages a day, whatever they are about; warnings of danger pass",
  },
];
