import type { Catalogue } from "../i18n/catalogue.ts";

/** What the conversation says about the customer's page; the page has its own words. */
export const portalMessages: Catalogue = {
  de: {
    link: {
      sie: "Ihre Seite: was wir über Sie gespeichert haben, wozu, und wer es gesehen hat. Der Link gilt bis {until} Uhr (Zeit in {place}) und öffnet sie ohne Passwort. Geben Sie ihn nicht weiter.",
      du: "Deine Seite: was wir über dich gespeichert haben, wozu, und wer es gesehen hat. Der Link gilt bis {until} Uhr (Zeit in {place}) und öffnet sie ohne Passwort. Gib ihn nicht weiter.",
    },
    tooMany: {
      sie: "Sie haben in dieser Stunde schon {count} Links bekommen. Der letzte gilt noch. Einen neuen gibt es ab {from} Uhr (Zeit in {place}).",
      du: "Du hast in dieser Stunde schon {count} Links bekommen. Der letzte gilt noch. Einen neuen gibt es ab {from} Uhr (Zeit in {place}).",
    },
    source: "Meine Daten",
    contested: {
      sie: "Widerspruch gegen eine automatische Entscheidung: {explanation}",
      du: "Widerspruch gegen eine automatische Entscheidung: {explanation}",
    },
  },
  en: {
    link: "Your page: what we have stored about you, what for, and who has seen it. The link works until {until} (time in {place}) and opens it without a password. Do not pass it on.",
    tooMany:
      "You have had {count} links within this hour. The last one still works. You can get a new one from {from} (time in {place}).",
    source: "My data",
    contested: "Objection to an automated decision: {explanation}",
  },
};
