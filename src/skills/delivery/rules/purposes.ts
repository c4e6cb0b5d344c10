import type { Purpose } from "#kernel";

/** Why this skill uses data of persons. */

export const PROMISES = "delivery.promises";
export const ROUNDS = "delivery.rounds";
/** Messages that nobody asked for at that moment: the courier is near, is late, was there. */
export const ARRIVAL = "delivery.arrival";
/** What was promised and brought is answered for as long as claims can be made. */
export const PROMISES_DAYS = 1_095;
/** The door, the address and the exact place: until questions about a parcel have been asked. */
export const PLACE_DAYS = 90;
/** Who drove, after they left. */
export const ROUNDS_DAYS = 1_095;

export const purposes: readonly Purpose[] = [
  {
    id: PROMISES,
    legalBasis: "contract",
    text: {
      de: "Für eine Lieferung brauchen wir Ihre Adresse, das vereinbarte Zeitfenster und was an der Tür zu beachten ist.",
      en: "For a delivery we need your address, the agreed window and what matters at the door.",
    },
    keepDays: PROMISES_DAYS,
  },
  {
    id: ROUNDS,
    legalBasis: "contract",
    text: {
      de: "Wer für uns ausliefert, steht mit Name, Nummer und Schichten im Plan der Touren.",
      en: "Who delivers for us stands in the plan of the rounds with name, number and shifts.",
    },
    keepDays: ROUNDS_DAYS,
  },
  {
    id: ARRIVAL,
    legalBasis: "consent",
    text: {
      de: "Wir schreiben hier dreißig Minuten bevor der Kurier da ist, wenn er sich verspätet und wenn die Sendung übergeben ist.",
      en: "We write here thirty minutes before the courier is there, when the courier is late, and when the parcel has been handed over.",
    },
    keepDays: PROMISES_DAYS,
  },
];
