import type { Language } from "../widget/seam.ts";

/** Sentences of the company's page. They address nobody, so that Sie and du read the same. */
export interface PageWords {
  reach: string;
  reachHint: string;
  here: string;
  hereHint: string;
  ask: string;
  openIn(name: string): string;
  scan(name: string): string;
  hours: string;
  closed: string;
  timeZone(zone: string): string;
  noHours: string;
  imprint: string;
  privacy: string;
  runsOn: string;
  language: string;
  skip: string;
  missing: { title: string; rows: [string, string][]; retry: string };
  loading: string;
}

const de: PageWords = {
  reach: "Fragen? So geht es ins Gespräch",
  reachHint: "Ohne Konto, ohne E-Mail. Ein Mensch lässt sich jederzeit holen.",
  here: "Hier im Browser",
  hereHint: "Ein Klick öffnet das Gespräch. Vorher wird nichts gespeichert.",
  ask: "Frage stellen",
  openIn: (name) => `In ${name} öffnen`,
  scan: (name) => `QR-Code: öffnet das Gespräch in ${name}`,
  hours: "Wann Menschen antworten",
  closed: "geschlossen",
  timeZone: (zone) => `${zone}. Automatische Antworten gibt es immer.`,
  noHours: "Antwortzeiten sind nicht angegeben.",
  imprint: "Impressum",
  privacy: "Datenschutz",
  runsOn: "Läuft mit Augenhöhe",
  language: "Sprache",
  skip: "Zum Inhalt",
  missing: {
    title: "Diese Seite ist nicht da",
    rows: [
      [
        "Was passiert ist",
        "Unter dieser Adresse hat der Knoten kein Unternehmen gefunden oder nicht geantwortet.",
      ],
      ["Was erhalten ist", "Alle Gespräche. An ihnen hat sich nichts geändert."],
      ["Was jetzt hilft", "Die Adresse prüfen oder es noch einmal versuchen."],
    ],
    retry: "Noch einmal versuchen",
  },
  loading: "Die Seite wird geladen.",
};

const en: PageWords = {
  reach: "Questions? Ways to talk to us",
  reachHint: "No account, no e-mail. A person can be called at any time.",
  here: "Here in the browser",
  hereHint: "One click opens the conversation. Nothing is stored before.",
  ask: "Ask a question",
  openIn: (name) => `Open in ${name}`,
  scan: (name) => `QR code: opens the conversation in ${name}`,
  hours: "When people answer",
  closed: "closed",
  timeZone: (zone) => `${zone}. Automatic answers are always there.`,
  noHours: "No answering hours are given.",
  imprint: "Legal notice",
  privacy: "Privacy",
  runsOn: "Runs on Augenhöhe",
  language: "Language",
  skip: "Skip to content",
  missing: {
    title: "This page is not here",
    rows: [
      ["What happened", "The node found no company at this address, or did not answer."],
      ["What is kept", "All conversations. Nothing about them has changed."],
      ["What helps now", "Check the address, or try again."],
    ],
    retry: "Try again",
  },
  loading: "The page is loading.",
};

export const PAGE_WORDS: Record<Language, PageWords> = { de, en };
