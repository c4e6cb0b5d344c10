import type { Catalogue } from "#kernel";

export const de: Catalogue["de"] = {
  // In the mail to a colleague.
  subject: "Frage: {line}",
  hello: "Guten Tag {name},",
  asks: {
    sie: "{asker} vom Kundendienst ({company}) bittet Sie um Ihre Hilfe:",
    du: "{asker} vom Kundendienst ({company}) bittet dich um Hilfe:",
  },
  reminds: {
    sie: "{asker} vom Kundendienst ({company}) wartet noch auf Ihre Antwort. Gefragt war:",
    du: "{asker} vom Kundendienst ({company}) wartet noch auf deine Antwort. Gefragt war:",
  },
  how: {
    sie: "Antworten Sie einfach auf diese Mail. Ihre Antwort lesen nur die Kolleginnen und Kollegen im Kundendienst; sie zählt bis zum {until}.",
    du: "Antworte einfach auf diese Mail. Deine Antwort lesen nur die Kolleginnen und Kollegen im Kundendienst; sie zählt bis zum {until}.",
  },
  howDirect: {
    sie: "ACHTUNG: Antworten Sie auf diese Mail, so geht Ihr Text ungelesen an die Kundin oder den Kunden. Schreiben Sie ihn bitte so. Das gilt für Ihre erste Antwort, bis zum {until}.",
    du: "ACHTUNG: Antwortest du auf diese Mail, so geht dein Text ungelesen an die Kundin oder den Kunden. Schreib ihn bitte so. Das gilt für deine erste Antwort, bis zum {until}.",
  },
  divider: "----- Aus dem Gespräch -----",
  foot: {
    sie: "Diese Mail enthält Angaben über eine Kundin oder einen Kunden. Bitte leiten Sie sie nicht weiter und löschen Sie sie, wenn alles geklärt ist.\n{company}",
    du: "Diese Mail enthält Angaben über eine Kundin oder einen Kunden. Bitte leite sie nicht weiter und lösch sie, wenn alles geklärt ist.\n{company}",
  },
  customer: "Kundin oder Kunde",
  bot: "Automat",
  mark: "[Kontaktangabe entfernt]",
  left: "[… {count} frühere Nachrichten sind weggelassen]",
  contact: "Erreichbar unter: {details}",
  file: "Datei: {name}",
  // In the conversation's log.
  failed: "Die Frage an {name} kam nicht an: {why}. Der Vorgang ist wieder hier.",
  failed_no_address: "diese Adresse gibt es nicht",
  failed_refused: "der Mailserver hat sie abgelehnt",
  failed_not_reached: "der Mailserver war lange nicht erreichbar",
  failed_held:
    "nach einer Wiederherstellung wird nichts von selbst noch einmal gesendet; bitte bei Bedarf neu fragen",
  failed_no_mailbox: "das Postfach, aus dem gefragt wird, ist abgeschaltet",
  reminded: "{name} wurde an die offene Frage erinnert.",
  unanswered:
    "Keine Antwort von {name} nach einer Erinnerung. Der Vorgang ist wieder hier; eine spätere Antwort erscheint hier.",
  expired: "Die Frage an {name} ist abgelaufen; eine Antwort zählt nicht mehr.",
  withdrawn: "{agent} hat die Frage an {name} zurückgezogen.",
  closedOpen: "Erledigt, obwohl eine Frage an {name} offen ist. Die Antwort öffnet das Gespräch wieder.",
  sentOn:
    "Die Antwort von {name} ging direkt an die Kundin oder den Kunden, wie es bei der Frage erlaubt war.",
  notSentOn: "Die Antwort von {name} ging nicht direkt weiter und wartet hier auf einen Blick.",
  emptyMail: "(Die Mail ist leer.)",
  onlyFiles: "(Nur Dateien, kein Text.)",
};
