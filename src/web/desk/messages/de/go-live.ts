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

  "walk.whatsapp.1":
    "business.facebook.com: Unternehmen anlegen und im Security Center bestätigen lassen. Das dauert oft Tage; anfangen geht ohne.",
  "walk.whatsapp.2":
    "developers.facebook.com: App vom Typ Business mit dem Produkt WhatsApp anlegen und die Nummer hinzufügen. Sie darf in keiner WhatsApp-App mehr angemeldet sein.",
  "walk.whatsapp.3":
    "Unternehmenseinstellungen, Systembenutzer: ein Token ohne Ablauf mit whatsapp_business_messaging und whatsapp_business_management erzeugen.",
  "walk.whatsapp.4":
    "Nach dem Verbinden stehen auf der Karte Webhook-Adresse und Prüftoken: in der App unter WhatsApp, Konfiguration, eintragen und messages abonnieren. Dann Schritt für Schritt prüfen.",
  "walk.telegram.1": {
    sie: "Schreiben Sie in Telegram an @BotFather: /newbot, dann einen Namen. Er nennt ein Token.",
    du: "Schreib in Telegram an @BotFather: /newbot, dann einen Namen. Er nennt ein Token.",
  },
  "walk.telegram.2": "Adresse und Geheimnis meldet der Knoten selbst an Telegram.",
  "walk.email.1":
    "Beim Mailanbieter IMAP und SMTP freischalten und, wo es das gibt, ein eigenes Passwort für Programme erzeugen.",
  "walk.email.2": "Nach dem Verbinden prüft der Knoten Lesen, Senden, SPF, DKIM und DMARC.",
  "walk.web.1": "Die Adressen der Webseiten eintragen, die den Chat zeigen.",
  "walk.web.2": "Danach die Zeile von der Karte in diese Seiten einfügen, vor </body>.",

  "inspect.act": "Schritt für Schritt prüfen",
  "inspect.running": "Der Anbieter wird gefragt.",
  "inspect.ok": "in Ordnung",
  "inspect.warn": "ansehen",
  "inspect.bad": "zu tun",
  "inspect.done": "Alles in Ordnung: Kunden können schreiben.",
} as const satisfies Record<string, Entry>;
