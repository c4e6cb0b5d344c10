import type { Purpose } from "#kernel";

/** Why this skill uses data of persons. */

export const ASK = "colleagues.ask";
/** As long as somebody may want to know who was asked what about them. */
export const KEEP_DAYS = 90;

export const purposes: readonly Purpose[] = [
  {
    id: ASK,
    legalBasis: "legitimate_interest",
    text: {
      de: "Damit Ihre Frage richtig beantwortet wird, fragen wir Kolleginnen und Kollegen unserer Firma per Mail und geben ihnen den nötigen Teil des Gesprächs.",
      en: "To answer your question well we ask colleagues of our company by mail and give them the part of the conversation that they need.",
    },
    keepDays: KEEP_DAYS,
  },
];
