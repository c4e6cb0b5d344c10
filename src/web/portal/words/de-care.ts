import type { Choose } from "../../customer-page/words.ts";
import type { Words } from "../words.ts";

export function decisionsWords(f: Choose): Words["decisions"] {
  return {
    title: "Automatisch entschieden",
    lead: f(
      "Jede Entscheidung ohne Menschen steht hier, mit dem Grund in einem Satz. Sie können verlangen, dass ein Mensch sie prüft.",
      "Jede Entscheidung ohne Menschen steht hier, mit dem Grund in einem Satz. Du kannst verlangen, dass ein Mensch sie prüft.",
    ),
    none: f(
      "Über Sie wurde nichts automatisch entschieden.",
      "Über dich wurde nichts automatisch entschieden.",
    ),
    made: (time) => `Entschieden am ${time} Uhr`,
    contest: "Ein Mensch soll das prüfen",
    question: "Was stimmt daran nicht?",
    help: f(
      "Sie müssen nichts schreiben. Die Antwort kommt in Ihr Gespräch.",
      "Du musst nichts schreiben. Die Antwort kommt in dein Gespräch.",
    ),
    send: "Prüfung verlangen",
    contested: (day) => `Am ${day} an einen Menschen gegeben.`,
    answerBy: (time) => `Antwort im Gespräch bis ${time} Uhr.`,
    more: (count) => `${count} ältere stehen in der Datei zum Mitnehmen.`,
    basis: "Woraus das folgt",
    rule: "Regel",
    outcome: "Ergebnis",
  };
}

export function readersWords(f: Choose): Words["readers"] {
  return {
    title: "Wer hineingesehen hat",
    last: (who, when) => `Zuletzt: ${who}, ${when}.`,
    all: (count) => `Alle Zugriffe (${count})`,
    none: f(
      "Niemand aus dem Team hat Ihre Daten geöffnet.",
      "Niemand aus dem Team hat deine Daten geöffnet.",
    ),
    when: (day, clock) => `${day}, ab ${clock} Uhr`,
    more: (count) => `${count} ältere stehen in der Datei zum Mitnehmen.`,
    roles: {
      owner: "Inhaberschaft",
      manager: "Leitung",
      agent: "Kundendienst",
      program: "ein Programm des Betriebs",
      colleague: "Kollegin oder Kollege, per Mail gefragt",
      former: "frühere Kollegin oder früherer Kollege",
    },
  };
}

export function eraseWords(f: Choose): Words["erase"] {
  return {
    title: "Löschen",
    lead: f(
      "Name, Adressen, Gespräche, Dateien und alles, was daraus folgt. Auch offene Fragen und Zusagen an Sie enden damit.",
      "Name, Adressen, Gespräche, Dateien und alles, was daraus folgt. Auch offene Fragen und Zusagen an dich enden damit.",
    ),
    prepare: "Löschen vorbereiten",
    question: "Alle Daten löschen?",
    stays: f(
      "Es gibt kein Zurück. Bleiben muss nur der Nachweis, dass Sie eine Erlaubnis gegeben und zurückgenommen haben: drei Jahre, damit ihn beide Seiten vorlegen können.",
      "Es gibt kein Zurück. Bleiben muss nur der Nachweis, dass du eine Erlaubnis gegeben und zurückgenommen hast: drei Jahre, damit ihn beide Seiten vorlegen können.",
    ),
    word: "LÖSCHEN",
    label: (word) => f(`Schreiben Sie ${word}`, `Schreibe ${word}`),
    wrong: (word) =>
      f(
        `Es wurde nichts gelöscht. Schreiben Sie das Wort ${word} in das Feld.`,
        `Es wurde nichts gelöscht. Schreibe das Wort ${word} in das Feld.`,
      ),
    confirm: "Endgültig löschen",
  };
}

export function failuresWords(f: Choose): Words["failures"] {
  return {
    offline: f(
      "Keine Verbindung. Es hat sich nichts geändert. Versuchen Sie es noch einmal, sobald das Netz da ist.",
      "Keine Verbindung. Es hat sich nichts geändert. Versuche es noch einmal, sobald das Netz da ist.",
    ),
    busy: f(
      "Gerade kommen zu viele Anfragen. Es hat sich nichts geändert. Versuchen Sie es in einer Minute noch einmal.",
      "Gerade kommen zu viele Anfragen. Es hat sich nichts geändert. Versuche es in einer Minute noch einmal.",
    ),
    refused: f(
      "Das ging nicht, und es hat sich nichts geändert. Laden Sie die Seite neu.",
      "Das ging nicht, und es hat sich nichts geändert. Lade die Seite neu.",
    ),
  };
}
