import type { Entry } from "../../text/catalogue.ts";

/** Nicht Verstandenes, Suche, Palette. */
export const work = {
  "callbacks.conversation": "Gespräch öffnen",

  "parked.subtitle": "Was ankam und nicht zuzuordnen war. Nichts davon ist verloren.",
  "parked.count": { one: "Eine nicht verstandene Nachricht", other: "{count} nicht verstandene Nachrichten" },
  "parked.loading": "Die Einträge werden geladen.",
  "parked.notLoaded": "Die Einträge sind nicht geladen",
  "parked.empty": "Alles verstanden",
  "parked.emptyText": "Jede Nachricht steht in ihrem Gespräch.",
  "parked.retry": "Noch einmal verarbeiten",
  "parked.retry.done": "Wird noch einmal verarbeitet.",
  "parked.dismiss": "Beiseitelegen",
  "parked.dismiss.done": "Beiseitegelegt.",

  "search.subtitle": "In Nachrichten und Kontakten, auch in erledigten Gesprächen.",
  "search.words": "Wörter",
  "search.tooShort": {
    sie: "Geben Sie mindestens {count} Buchstaben ein.",
    du: "Gib mindestens {count} Buchstaben ein.",
  },
  "search.running": "Es wird gesucht.",
  "search.failed": "Die Suche kam nicht zu Ende",
  "search.none": "Nichts gefunden zu „{words}“",
  "search.cut": "Die Suche wurde nach einiger Zeit beendet. Genauere Wörter finden mehr.",
  "search.contacts": { one: "Ein Kontakt", other: "{count} Kontakte" },
  "search.messages": { one: "Eine Nachricht", other: "{count} Nachrichten" },

  "palette.placeholder": "Tun oder finden",
  "palette.here": "In diesem Gespräch",
  "palette.company": "Firma wechseln",
  "palette.pages": "Wissen und Seiten",
  "palette.results": "Treffer",
  "palette.choose": "wählen",
  "palette.run": "ausführen",
  "palette.hits": { one: "Ein Treffer", other: "{count} Treffer" },
  "palette.searchAll": "Alle Treffer zu „{words}“",
  "key.enter": "Eingabe",
} as const satisfies Record<string, Entry>;
