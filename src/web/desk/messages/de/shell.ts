import type { Entry } from "../../text/catalogue.ts";

/** What the whole desk says: ways, failures, sign-in. */
export const shell = {
  close: "Schließen",
  cancel: "Abbrechen",
  save: "Speichern",
  undo: "Rückgängig",
  on: "An",
  off: "Aus",
  "language.de": "Deutsch",
  "language.en": "Englisch",
  "form.sie": "Sie",
  "form.du": "Du",
  "key.control": "Strg",
  "date.like": "TT.MM.JJJJ",
  "date.likeMoment": "TT.MM.JJJJ, SS:MM",
  "date.pick": "Kalender öffnen",
  "date.unread": "Das ist kein Datum. Zum Beispiel {example}.",

  "place.all": "Bereiche",
  "place.start": "Augenhöhe, zu den Gesprächen",
  "place.conversations": "Gespräche",
  "place.callbacks": "Rückrufe",
  "place.knowledge": "Wissen",
  "place.notices": "Hinweise",
  "place.business": "Firmen",
  "place.delivery": "Abend",
  "place.till": "Kasse",
  "place.coin": "Münze",
  "place.parcels": "Pakete",
  "place.payments": "Geld",
  "place.house": "Haus",
  "place.textBlocks": "Textbausteine",
  "place.waiting": "offen",
  "place.open": "{place} öffnen",

  "shell.loading": "Der Arbeitsplatz wird geladen.",
  "shell.notLoaded": {
    sie: "Ihr Arbeitsplatz ist gerade nicht erreichbar",
    du: "Dein Arbeitsplatz ist gerade nicht erreichbar",
  },
  "shell.skip": "Zum Inhalt springen",

  "contact.lost": "Kein Kontakt zum Knoten.",
  "contact.lostText": {
    sie: "Was Sie sehen, ist vielleicht nicht mehr der letzte Stand. Was Sie schreiben, bleibt erhalten und geht von selbst raus.",
    du: "Was du siehst, ist vielleicht nicht mehr der letzte Stand. Was du schreibst, bleibt erhalten und geht von selbst raus.",
  },

  "alarm.title": "Versprochener Rückruf an {name} war fällig: {time}.",
  "alarm.more": { one: "Dazu ein weiterer.", other: "Dazu {count} weitere." },
  "alarm.open": "Rückrufe ansehen",

  "page.missing": "Diese Seite gibt es nicht",
  "page.missingText": "Die Adresse ist falsch geschrieben, oder die Seite ist umgezogen.",
  "page.toConversations": "Zu den Gesprächen",
  "page.failed": "Diese Seite kann nicht gezeigt werden",

  "shortcuts.title": "Tastenkürzel",
  "shortcuts.on":
    "Einzelne Tasten wirken, solange kein Textfeld den Fokus hat. Abschalten: Haus, Meine Einstellungen.",
  "shortcuts.off": "Einzelne Tasten sind abgeschaltet. Einschalten: Haus, Meine Einstellungen.",

  "problem.happened": "Was passiert ist",
  "problem.kept": "Was erhalten ist",
  "problem.todo": { sie: "Was Sie tun können", du: "Was du tun kannst" },
  "problem.again": "Noch einmal versuchen",
  "problem.reference": "Vorgang",

  "problem.no_contact.kind": "Keine Verbindung",
  "problem.no_contact.happened": "Der Knoten hat nicht geantwortet.",
  "problem.no_contact.kept": "Alles, was schon gespeichert war. Geschriebenes bleibt auf diesem Gerät.",
  "problem.no_contact.todo": {
    sie: "Prüfen Sie Ihr Netz und versuchen Sie es noch einmal.",
    du: "Prüfe dein Netz und versuche es noch einmal.",
  },

  "problem.internal.kind": "Fehler im Knoten",
  "problem.internal.happened": "Im Knoten ist etwas kaputtgegangen.",
  "problem.internal.kept": "Alles, was vorher bestätigt wurde.",
  "problem.internal.todo": {
    sie: "Versuchen Sie es noch einmal. Bleibt es dabei, nennen Sie den Vorgang Ihrer Technik.",
    du: "Versuche es noch einmal. Bleibt es dabei, nenne den Vorgang eurer Technik.",
  },

  "problem.busy.kind": "Überlastet",
  "problem.busy.happened": "Der Knoten startet gerade oder ist überlastet.",
  "problem.busy.kept": "Alles, was schon gespeichert war.",
  "problem.busy.todo": {
    sie: "Warten Sie einen Augenblick und versuchen Sie es noch einmal.",
    du: "Warte einen Augenblick und versuche es noch einmal.",
  },

  "problem.bad_request.kind": "Nicht verstanden",
  "problem.bad_request.happened": "Eine Angabe passt nicht.",
  "problem.bad_request.kept": "Nichts wurde geändert. Was eingetragen ist, steht noch da.",
  "problem.bad_request.todo": {
    sie: "Prüfen Sie die Angaben und versuchen Sie es noch einmal.",
    du: "Prüfe die Angaben und versuche es noch einmal.",
  },

  "problem.not_signed_in.kind": "Abgemeldet",
  "problem.not_signed_in.happened": "Die Anmeldung ist abgelaufen.",
  "problem.not_signed_in.kept": "Entwürfe bleiben in diesem Fenster.",
  "problem.not_signed_in.todo": { sie: "Melden Sie sich neu an.", du: "Melde dich neu an." },

  "problem.forbidden.kind": "Nicht erlaubt",
  "problem.forbidden.happened": {
    sie: "Ihre Rolle erlaubt das nicht.",
    du: "Deine Rolle erlaubt das nicht.",
  },
  "problem.forbidden.kept": "Nichts wurde geändert.",
  "problem.forbidden.todo": {
    sie: "Bitten Sie eine Leitung oder Inhaberin.",
    du: "Bitte eine Leitung oder Inhaberin.",
  },

  "problem.not_found.kind": "Nicht da",
  "problem.not_found.happened": "Unter dieser Nummer gibt es hier nichts.",
  "problem.not_found.kept": "Nichts wurde geändert.",
  "problem.not_found.todo": "Vielleicht wurde es gelöscht, oder es gehört zu einer anderen Firma.",

  "problem.conflict.kind": "Inzwischen geändert",
  "problem.conflict.happened": "Es wurde inzwischen geändert oder ist schon vorhanden.",
  "problem.conflict.kept": "Der Stand der anderen. Diese Änderung ist nicht gespeichert.",
  "problem.conflict.todo": {
    sie: "Laden Sie neu und wiederholen Sie die Änderung.",
    du: "Lade neu und wiederhole die Änderung.",
  },

  "problem.too_large.kind": "Zu groß",
  "problem.too_large.happened": "Es ist größer als erlaubt.",
  "problem.too_large.kept": "Nichts wurde gespeichert.",
  "problem.too_large.todo": { sie: "Schicken Sie weniger auf einmal.", du: "Schicke weniger auf einmal." },

  "problem.unsupported_file.kind": "Dateiart nicht erlaubt",
  "problem.unsupported_file.happened": "Diese Art von Datei wird nicht angenommen.",
  "problem.unsupported_file.kept": "Nichts wurde gespeichert.",
  "problem.unsupported_file.todo": {
    sie: "Wandeln Sie die Datei um, zum Beispiel in PDF.",
    du: "Wandle die Datei um, zum Beispiel in PDF.",
  },

  "problem.window_closed.kind": "Fenster geschlossen",
  "problem.window_closed.happened": "Das 24-Stunden-Fenster ist zu. Der Text ging nicht raus.",
  "problem.window_closed.kept": "Der Text steht noch da.",
  "problem.window_closed.todo": {
    sie: "Wählen Sie einen genehmigten Hinweis.",
    du: "Wähle einen genehmigten Hinweis.",
  },

  "problem.not_allowed_to_contact.kind": "Kein Anlass",
  "problem.not_allowed_to_contact.happened": "Es gibt keinen gültigen Anlass, dieser Person zu schreiben.",
  "problem.not_allowed_to_contact.kept": "Der Text steht noch da. Nichts ging raus.",
  "problem.not_allowed_to_contact.todo": {
    sie: "Warten Sie, bis die Person schreibt.",
    du: "Warte, bis die Person schreibt.",
  },

  "problem.rule_broken.kind": "Gegen eine Regel",
  "problem.rule_broken.happened": "Eine Regel verbietet das.",
  "problem.rule_broken.kept": "Nichts wurde geändert.",
  "problem.rule_broken.todo": { sie: "Prüfen Sie die Angaben.", du: "Prüfe die Angaben." },

  "problem.too_many_requests.kind": "Zu viele Anfragen",
  "problem.too_many_requests.happened": "Es kamen zu viele Anfragen in kurzer Zeit.",
  "problem.too_many_requests.kept": "Nichts ist verloren.",
  "problem.too_many_requests.todo": { sie: "Warten Sie einen Augenblick.", du: "Warte einen Augenblick." },

  "problem.provider_unavailable.kind": "Anbieter antwortet nicht",
  "problem.provider_unavailable.happened": "Der Anbieter des Kanals hat nicht geantwortet.",
  "problem.provider_unavailable.kept": "Was geschrieben ist; es geht später raus.",
  "problem.provider_unavailable.todo": {
    sie: "Warten Sie, oder wählen Sie einen anderen Weg.",
    du: "Warte, oder wähle einen anderen Weg.",
  },

  "field.email": "E-Mail",
  "field.password": "Passwort",

  "door.first": "Ein Gespräch.",
  "door.second": "Zwei auf gleicher Höhe.",
  "signIn.title": "Anmelden",
  "signIn.where": "Knoten {host}",
  "signIn.act": "Anmelden",
  "signIn.emailExample": "name@firma.example",
  "signIn.emailMissing": {
    sie: "Geben Sie Ihre E-Mail-Adresse ein, mit @.",
    du: "Gib deine E-Mail-Adresse ein, mit @.",
  },
  "signIn.passwordMissing": { sie: "Geben Sie Ihr Passwort ein.", du: "Gib dein Passwort ein." },
  "signIn.wrong": {
    sie: "E-Mail und Passwort passen nicht zusammen. Prüfen Sie beide.",
    du: "E-Mail und Passwort passen nicht zusammen. Prüfe beide.",
  },
  "signIn.demo": "Vorführfirma: {email}. Das Passwort steht im Terminal, in dem der Knoten gestartet wurde.",
  "signIn.noAccess": {
    sie: "Kein Zugang? Wer Ihre Firma hier verwaltet, legt ihn an.",
    du: "Kein Zugang? Wer eure Firma hier verwaltet, legt ihn an.",
  },
  "setup.title": "Erste Firma anlegen",
  "setup.text": {
    sie: "Dieser Knoten ist neu. Sie werden Inhaberin oder Inhaber.",
    du: "Dieser Knoten ist neu. Du wirst Inhaberin oder Inhaber.",
  },
  "setup.code": "Code der Einrichtung",
  "setup.codeHelp": "Er steht im Link, den augenhoehe setup ausgegeben hat, hinter code=.",
  "setup.codeMissing": "Ohne den Code kann niemand diesen Knoten übernehmen.",
  "setup.company": "Name der Firma",
  "setup.companyMissing": "Ein Name wird gebraucht. Er lässt sich später ändern.",
  "setup.name": { sie: "Ihr Name", du: "Dein Name" },
  "setup.nameMissing": {
    sie: "Geben Sie Ihren Namen ein. Kundinnen und Kunden sehen ihn.",
    du: "Gib deinen Namen ein. Kundinnen und Kunden sehen ihn.",
  },
  "setup.passwordHelp": "Mindestens {count} Zeichen. Ein Satz ist besser als Sonderzeichen.",
  "setup.passwordShort": "Das Passwort braucht mindestens {count} Zeichen.",
  "setup.act": "Firma anlegen und anmelden",

  "palette.title": "Suchen und ausführen",
  "search.title": "Suche",
  "parked.title": "Nicht verstanden",
} as const satisfies Record<string, Entry>;
