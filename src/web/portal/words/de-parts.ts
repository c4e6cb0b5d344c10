import type { Choose } from "../../customer-page/words.ts";
import type { Words } from "../words.ts";

export function storedWords(f: Choose): Words["stored"] {
  return {
    title: "Gespeichert, und wozu",
    what: "Was",
    why: "Wozu",
    howLong: "Wie lange",
    nothing: f("Über Sie ist nichts gespeichert.", "Über dich ist nichts gespeichert."),
    untilErased: f("bis Sie löschen", "bis du löschst"),
    days: (count) => `${count} Tage`,
    afterLast: (days) => `${days} Tage nach der letzten Nachricht`,
    kinds: {
      profile: { what: () => "Name", why: f("damit wir Sie ansprechen", "damit wir dich ansprechen") },
      addresses: {
        what: () => "Adressen",
        why: f("damit die Antwort bei Ihnen ankommt", "damit die Antwort bei dir ankommt"),
      },
      messages: {
        what: (n) => (n === "1" ? "1 Nachricht" : `${n} Nachrichten`),
        why: f("damit Sie nichts zweimal erzählen", "damit du nichts zweimal erzählst"),
      },
      files: {
        what: (n) => (n === "1" ? "1 Datei" : `${n} Dateien`),
        why: f("weil sie zu Ihrem Gespräch gehören", "weil sie zu deinem Gespräch gehören"),
      },
      callbacks: {
        what: (n) => (n === "1" ? "1 zugesagter Rückruf" : `${n} zugesagte Rückrufe`),
        why: f("damit wir Sie anrufen", "damit wir dich anrufen"),
      },
      note: {
        what: () => "Notiz des Teams",
        why: "damit das Team weiß, worauf es ankommt",
      },
      consents: {
        what: (n) => (n === "1" ? "1 Erlaubnis" : `${n} Erlaubnisse`),
        why: f("als Nachweis, was Sie erlaubt haben", "als Nachweis, was du erlaubt hast"),
        howLong: "drei Jahre nach dem Zurücknehmen",
      },
      decisions: {
        what: (n) => (n === "1" ? "1 automatische Entscheidung" : `${n} automatische Entscheidungen`),
        why: f("damit Sie sie prüfen lassen können", "damit du sie prüfen lassen kannst"),
      },
    },
    rooms: {
      service: "Automatische Antworten",
      notices: "Hinweise",
      reports: f("Was Sie gemeldet haben", "Was du gemeldet hast"),
      telephone: f("Ihre Anrufe", "Deine Anrufe"),
      advocate: f("Warnungen in Ihrem Interesse", "Warnungen in deinem Interesse"),
    },
    entries: (count) => (count === "1" ? "1 Eintrag" : `${count} Einträge`),
    web: "Chat in diesem Browser",
  };
}

export function grantWords(f: Choose): Words["grants"] {
  return {
    title: f("Ihre Erlaubnisse", "Deine Erlaubnisse"),
    none: f(
      "Sie haben nichts erlaubt. Wir antworten nur, wenn Sie schreiben.",
      "Du hast nichts erlaubt. Wir antworten nur, wenn du schreibst.",
    ),
    chat: "Chat",
    never: "nie erteilt",
    since: (day) => `seit ${day}`,
    withdrawn: (day) => `zurückgenommen am ${day}`,
    until: (day) => `bis ${day}`,
    ranOut: (day) => `abgelaufen am ${day}`,
    wording: "Wortlaut und Nachweis",
    how: {
      message: "durch eine Nachricht",
      form: "durch ein Formular",
      double_opt_in: "durch eine bestätigte E-Mail",
      link: "auf dieser Seite oder durch einen Link",
      staff: "durch das Team eingetragen",
      import: "übernommen, mit Nachweis",
    },
    all: "Alle Erlaubnisse zurücknehmen",
    given: "Erlaubt. Das gilt ab jetzt.",
    taken: "Zurückgenommen. Ab jetzt kommt dazu nichts mehr.",
    allTaken: f(
      "Alle Erlaubnisse sind zurückgenommen. Wir schreiben nur noch, wenn Sie uns schreiben.",
      "Alle Erlaubnisse sind zurückgenommen. Wir schreiben nur noch, wenn du uns schreibst.",
    ),
    promise: "Zurücknehmen wirkt sofort und kostet nichts.",
  };
}
