import type { Choose, Form } from "../../customer-page/words.ts";
import type { Words } from "../words.ts";
import { deEnds, deProblems } from "./de-ends.ts";

export function de(form: Form): Words {
  const f: Choose = (sie, du) => (form === "du" ? du : sie);
  return {
    title: f("Ihre Lieferung", "Deine Lieferung"),
    skip: "Zum Inhalt",
    otherLanguage: "English",
    loading: "Die Lieferung wird geladen.",
    imprint: "Impressum",
    privacy: "Datenschutz",
    runsOn: "Läuft mit Augenhöhe",
    from: (sender) => `Lieferung von ${sender}`,
    attempt: (count) => `${count}. Versuch`,
    hours: (from, until) => `${from} bis ${until} Uhr`,
    today: "Heute",
    expected: "Voraussichtlich",
    promised: "Versprochen",
    promisedIs: (hours) => `Versprochen ist ${hours}`,
    told: f(
      "30 Minuten vorher bekommen Sie eine Nachricht.",
      "30 Minuten vorher bekommst du eine Nachricht.",
    ),
    stops: (count) => {
      if (count === 0) return f("Der nächste Stopp sind Sie", "Der nächste Stopp bist du");
      return `Noch ${count} ${count === 1 ? "Stopp" : "Stopps"} vor ${f("Ihnen", "dir")}`;
    },
    asOf: (clock) => `Stand ${clock}`,
    offline: (clock) =>
      f(
        `Keine Verbindung. Sie sehen den Stand von ${clock} Uhr.`,
        `Keine Verbindung. Du siehst den Stand von ${clock} Uhr.`,
      ),
    map: (stops) => `Karte: der Weg des Kuriers bis zur Tür. ${stops}.`,
    late: {
      title: (until) => `Wir schaffen ${until} Uhr nicht.`,
      expected: (hours) => `Jetzt voraussichtlich ${hours}.`,
      over: "Wann der Kurier da ist, wissen wir gerade nicht. Das Team sieht es.",
      owed: (money) => `${money} schreiben wir gut, ohne Antrag.`,
    },
    owedRule: (money) => `Kommen wir zu spät, schreiben wir ${money} gut, ohne Antrag.`,
    code: {
      title: f("Ihr Code für die Tür", "Dein Code für die Tür"),
      text: f(
        "Nennen Sie ihn dem Kurier, wenn Sie die Lieferung in der Hand haben.",
        "Nenne ihn dem Kurier, wenn du die Lieferung in der Hand hast.",
      ),
      label: (code) => `Code ${code}`,
    },
    ageCheck: f(
      "Das Alter wird geprüft. Halten Sie einen Ausweis bereit; übergeben wird nur an Sie.",
      "Das Alter wird geprüft. Halte einen Ausweis bereit; übergeben wird nur an dich.",
    ),
    choose: deChoose(f),
    takeBack: {
      title: f("Etwas zurückgeben?", "Etwas zurückgeben?"),
      label: "Was soll der Kurier mitnehmen?",
      help: (rule) =>
        rule === "" ? "Kurz gesagt, zum Beispiel: ein Karton mit zwei Büchern" : `Möglich: ${rule}`,
      send: "Mitnehmen lassen",
      drop: "Doch nicht",
      state: {
        asked: (what) => `Notiert: Der Kurier nimmt „${what}“ mit.`,
        taken: (what) => `Mitgenommen: ${what}.`,
        not_taken: (what, why) => `Nicht mitgenommen: ${what}${why === "" ? "" : ` (${why})`}.`,
        at_depot: (what) => `Mitgenommen: ${what}. Es ist im Depot.`,
        returned: (what) => `Zurück beim Absender: ${what}.`,
      },
    },
    details: {
      title: "Die Lieferung",
      address: "Adresse",
      reference: "Nummer",
      note: "Notiz an der Tür",
    },
    conversation: "Zum Gespräch",
    ...deEnds(f),
    ...deProblems(f),
  };
}

function deChoose(f: Choose): Words["choose"] {
  return {
    title: f("Sind Sie zu Hause?", "Bist du zu Hause?"),
    names: {
      home: "Ich bin da",
      neighbour: "Zum Nachbarn",
      leave: "Vor die Tür",
      not_home: "Nicht da",
    },
    chosen: {
      home: f("Notiert: Sie sind da.", "Notiert: Du bist da."),
      neighbour: "Notiert: zum Nachbarn.",
      leave: "Notiert: ablegen.",
      not_home: f("Notiert: Sie sind nicht da.", "Notiert: Du bist nicht da."),
    },
    neighbour: {
      label: "Bei wem darf der Kurier abgeben?",
      help: "Der Name an der Klingel, oder „egal“",
      send: "Nachbarn notieren",
    },
    leave: {
      label: "Wohin darf der Kurier es legen?",
      help: "Zum Beispiel: vor die Wohnungstür, in die Garage",
      send: "Ablageort notieren",
    },
    cancel: "Abbrechen",
    noted: "Der Kurier sieht es an der Tür.",
    moveInConversation: f(
      "Ein anderes Fenster wählen Sie im Gespräch, solange der Kurier noch nicht nah ist.",
      "Ein anderes Fenster wählst du im Gespräch, solange der Kurier noch nicht nah ist.",
    ),
  };
}
