/** What the checkout says, in the page's language. */

const de = {
  title: "Wann sollen wir liefern?",
  address: "Lieferadresse",
  hint: "Straße, Hausnummer, Postleitzahl",
  search: "Fenster zeigen",
  which: "Welche Adresse ist gemeint?",
  asking: "Wir fragen, was sicher ist.",
  windows: "Sichere Fenster",
  more: "Weitere Tage",
  free: "ohne Aufpreis",
  held: "Reserviert bis {time} Uhr: {window}",
  gone: "Dieses Fenster ist gerade vergeben worden. Das hier ist jetzt frei.",
  over: "Die Reservierung ist abgelaufen. Bitte wählen Sie neu.",
  none: "Für diese Adresse ist zurzeit kein Fenster frei.",
  outside: "Dorthin liefern wir abends nicht.",
  unknown: "Diese Adresse finden wir nicht. Bitte prüfen Sie Straße, Hausnummer und Postleitzahl.",
  failed: "Das hat nicht geklappt. Ihre Eingaben sind noch da. Bitte versuchen Sie es noch einmal.",
} as const;

export type Word = keyof typeof de;

const en: Record<Word, string> = {
  title: "When shall we deliver?",
  address: "Delivery address",
  hint: "Street, house number, postcode",
  search: "Show windows",
  which: "Which address do you mean?",
  asking: "Asking what is certain.",
  windows: "Windows that are certain",
  more: "More days",
  free: "no extra charge",
  held: "Reserved until {time}: {window}",
  gone: "That window has just been taken. This is free now.",
  over: "The reservation has run out. Please choose again.",
  none: "No window is free for this address at present.",
  outside: "We do not deliver there in the evening.",
  unknown: "We cannot find this address. Please check street, house number and postcode.",
  failed: "That did not work. What you typed is still there. Please try again.",
};

export type Say = (word: Word, values?: Readonly<Record<string, string>>) => string;

/** @param language of the page, e.g. "de-DE" */
export function speak(language: string): Say {
  const words = language.toLowerCase().startsWith("de") ? de : en;
  return (word, values = {}) => words[word].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
}
