import type { Purpose, RestrictiveEdge } from "#kernel";

/** Why this skill uses data of persons. */

export const HANDLE = "reports.handle";
export const PROGRESS = "reports.progress";
export const WORK = "reports.work";
/** What was told, from the day on which it was told. */
export const KEEP_DAYS = 90;
/** A yes to hear later is for reports of today, not for ever. */
export const PROGRESS_DAYS = 180;
const WORK_KEEP_DAYS = 1_095;

export const purposes: readonly Purpose[] = [
  {
    id: HANDLE,
    legalBasis: "legitimate_interest",
    text: {
      de: "Was Sie uns melden, geben wir an die weiter, die sich darum kümmern, und sagen Ihnen, was daraus wird.",
      en: "What you report we pass to those who look after it, and tell you what becomes of it.",
    },
    keepDays: KEEP_DAYS,
  },
  {
    id: PROGRESS,
    legalBasis: "consent",
    text: {
      de: "Wir geben Ihnen zu Ihren Meldungen auch dann Bescheid, wenn es länger dauert.",
      en: "We tell you about your reports even if it takes longer.",
    },
    keepDays: PROGRESS_DAYS,
  },
  {
    id: WORK,
    legalBasis: "consent",
    text: {
      de: "Meldungen von Kunden kommen in das Gespräch des Feldteams.",
      en: "Reports from customers come into the field team's conversation.",
    },
    keepDays: WORK_KEEP_DAYS,
    byTopic: true,
  },
];

/** Where other data may delay a report; what is not here must not touch one. */
export const restrictiveEdges: readonly RestrictiveEdge[] = [
  {
    from: "service.answer",
    to: HANDLE,
    kind: "shared_capacity",
    reason: "while a person has the conversation, what is written there waits for that person",
  },
];
