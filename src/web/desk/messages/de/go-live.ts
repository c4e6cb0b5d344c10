import type { Entry } from "../../text/catalogue.ts";

/** Online gehen: Unterlagen der Firma, und was einer Verbindung noch fehlt. */
export const goLive = {
  "documents.subtitle":
    "Aus der laufenden Konfiguration erstellt. Sie ändern sich, wenn sich die Konfiguration ändert.",
  "documents.loading": "Die Unterlagen werden erstellt.",
  "documents.notLoaded": "Die Unterlagen sind nicht geladen",
  "documents.ownersOnly": "Die Unterlagen sehen nur Inhaber.",
  "documents.gaps": {
    one: "Eine Stelle kann nur die Firma ausfüllen.",
    other: "{count} Stellen kann nur die Firma ausfüllen.",
  },
  "documents.noGaps": "Vollständig ausgefüllt.",
  "documents.page": "Zum Drucken speichern",
  "documents.text": "Zum Bearbeiten speichern",
  "documents.choose": "Unterlage",
  "documents.language": "Sprache der Unterlage",
  "documents.de": "Deutsch",
  "documents.en": "Englisch",
  "documents.saved": "{title} ist gespeichert.",
  "documents.note": {
    sie: "Vorlagen ersetzen keine Rechtsberatung. Lassen Sie sie prüfen, bevor Sie unterschreiben.",
    du: "Vorlagen ersetzen keine Rechtsberatung. Lass sie prüfen, bevor du unterschreibst.",
  },

  "inspect.act": "Schritt für Schritt prüfen",
  "inspect.running": "Der Anbieter wird gefragt.",
  "inspect.ok": "in Ordnung",
  "inspect.warn": "ansehen",
  "inspect.bad": "zu tun",
  "inspect.done": "Alles in Ordnung: Kunden können schreiben.",
} as const satisfies Record<string, Entry>;
