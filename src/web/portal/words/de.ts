import type { Form } from "../../customer-page/words.ts";
import type { Words } from "../words.ts";
import { decisionsWords, eraseWords, failuresWords, readersWords } from "./de-care.ts";
import { deErased, deProblems } from "./de-ends.ts";
import { grantWords, storedWords } from "./de-parts.ts";

/** German, in the company's form of address. */
export function de(form: Form): Words {
  const f = (sie: string, du: string) => (form === "sie" ? sie : du);
  return {
    title: f("Was wir über Sie wissen", "Was wir über dich wissen"),
    lead: f(
      "Alles auf einer Seite. Sie können alles herunterladen, fast alles löschen und jede Erlaubnis jederzeit zurücknehmen. Das ändert nichts daran, dass wir Ihnen antworten.",
      "Alles auf einer Seite. Du kannst alles herunterladen, fast alles löschen und jede Erlaubnis jederzeit zurücknehmen. Das ändert nichts daran, dass wir dir antworten.",
    ),
    you: f("Sie", "Du"),
    asOf: (time) => `Stand ${time} Uhr`,
    skip: "Zum Inhalt",
    otherLanguage: "English",
    leave: "Abmelden",
    loading: "Die Seite wird geladen.",
    on: "An",
    off: "Aus",
    cancel: "Abbrechen",
    imprint: "Impressum",
    privacy: "Datenschutz",
    runsOn: "Läuft mit Augenhöhe",
    link: {
      until: (clock) => `Dieser Link gilt bis ${clock} Uhr.`,
      soon: (clock) => `Dieser Link endet um ${clock} Uhr.`,
      extend: "30 Minuten länger",
      extended: (clock) => `Der Link gilt jetzt bis ${clock} Uhr.`,
    },
    stored: storedWords(f),
    grants: grantWords(f),
    decisions: decisionsWords(f),
    readers: readersWords(f),
    take: {
      title: "Mitnehmen",
      lead: f(
        "Eine Datei mit allem: eine zum Lesen und Drucken, eine für andere Programme.",
        "Eine Datei mit allem: eine zum Lesen und Drucken, eine für andere Programme.",
      ),
      html: "Zum Lesen herunterladen",
      json: "Als JSON herunterladen",
      print: "Diese Seite drucken oder als PDF sichern",
      ready: "Die Datei ist gespeichert.",
    },
    erase: eraseWords(f),
    erased: deErased(f),
    ...deProblems(f),
    failures: failuresWords(f),
  };
}
