import type { PersonNumber, Purpose } from "#kernel";
import { LEARN_KEEP_DAYS } from "./forget.ts";
import { INTAKE_KEEP_DAYS } from "./intakes.ts";
import { UNANSWERED_KEEP_DAYS, unansweredNumbers } from "./tally.ts";
import { TURN_KEEP_DAYS, turnNumbers } from "./turns.ts";

/** Why this skill uses data of persons, and how long. */
export const servicePurposes: readonly Purpose[] = [
  {
    id: "service.answer",
    legalBasis: "contract",
    text: { de: "Wir beantworten, was Sie uns schreiben.", en: "We answer what you write to us." },
    keepDays: 1095,
  },
  {
    id: "service.teach",
    legalBasis: "legitimate_interest",
    text: {
      de: "Fragen ohne sichere Antwort liest der Betrieb, um die Antworten zu verbessern.",
      en: "The company reads questions without a sure answer to improve its answers.",
    },
    keepDays: UNANSWERED_KEEP_DAYS,
  },
  {
    id: "service.measure",
    legalBasis: "legitimate_interest",
    text: {
      de: "Der Betrieb zählt, welche Fragen der Automat klärt und welche nicht.",
      en: "The company counts which questions the automatic answers settle and which they do not.",
    },
    keepDays: TURN_KEEP_DAYS,
  },
  {
    id: "service.intake",
    legalBasis: "legitimate_interest",
    text: {
      de: "Aus früheren Anfragen, ohne Namen und Nummern, schlägt das Haus Themen vor; gelesen werden sie dafür einmal.",
      en: "Topics are proposed from earlier enquiries without names and numbers; they are read once for that.",
    },
    keepDays: INTAKE_KEEP_DAYS,
  },
  {
    id: "service.learn",
    legalBasis: "legitimate_interest",
    text: {
      de: "An einzelnen Fragen, die Mitarbeitende ausgewählt haben, lernt der Automat, worum es geht.",
      en: "From single questions that colleagues have chosen the automatic answers learn what is meant.",
    },
    keepDays: LEARN_KEEP_DAYS,
  },
];

export const servicePersonNumbers: readonly PersonNumber[] = [...unansweredNumbers, ...turnNumbers];
