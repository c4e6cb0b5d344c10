import type { Choose } from "../../customer-page/words.ts";
import type { Words } from "../words.ts";

/** How the page ends: erased, over, without contact. */
export function deErased(f: Choose): Words["erased"] {
  return {
    title: f("Ihre Daten sind gelöscht", "Deine Daten sind gelöscht"),
    lead: (time) => `Gelöscht am ${time} Uhr, in allen Räumen dieses Betriebs auf einmal.`,
    kept: "Was bleibt, warum und wie lange",
    kinds: {
      proof: (count) =>
        f(
          `${count} Nachweise, dass Sie etwas erlaubt oder zurückgenommen haben. Sie schützen beide Seiten, wenn jemand danach fragt.`,
          `${count} Nachweise, dass du etwas erlaubt oder zurückgenommen hast. Sie schützen beide Seiten, wenn jemand danach fragt.`,
        ),
      ledger: (count) =>
        `${count} Prüfsummen in der Kette der Erlaubnisse. Ohne die Nachweise sagen sie nichts über eine Person.`,
      readers: (count) =>
        `${count} Zeilen, wer vom Team an welchem Tag hineingesehen hat. Sie nennen nur eine Nummer, hinter der niemand mehr steht.`,
      events: (count) => `${count} Einträge, dass etwas geschah. Sie enthalten Nummern, keine Inhalte.`,
      raw: () => "Rohe Eingänge der Nachrichtendienste. Sie fallen mit ihrem Zeitabschnitt weg.",
    },
    until: (day) => `bis ${day}`,
    forGood: "auf Dauer, ohne Bezug zu einer Person",
    after: f(
      "Diese Seite ist damit zu Ende. Wenn Sie wieder schreiben, beginnt alles neu.",
      "Diese Seite ist damit zu Ende. Wenn du wieder schreibst, beginnt alles neu.",
    ),
  };
}

export function deProblems(f: Choose): Pick<Words, "ended" | "noKey" | "offline" | "left"> {
  const happened = "Was passiert ist";
  const kept = "Was erhalten ist";
  const todo = f("Was Sie tun können", "Was du tun kannst");
  const again = f(
    "Schreiben Sie „Meine Daten“ in das Gespräch. Dann kommt ein neuer Link.",
    "Schreibe „Meine Daten“ in das Gespräch. Dann kommt ein neuer Link.",
  );
  return {
    ended: {
      title: "Dieser Link ist abgelaufen",
      rows: [
        [
          happened,
          "Ein Link gilt eine halbe Stunde, und nur der neueste. So kommt niemand anders an die Daten.",
        ],
        [kept, "Alles. Geändert ist nur, was auf dieser Seite schon bestätigt wurde."],
        [todo, again],
      ],
    },
    noKey: {
      title: "Hierher führt ein Link aus dem Gespräch",
      rows: [
        [happened, "Diese Seite wurde ohne den Schlüssel geöffnet, der im Link steht."],
        [kept, "Alles. Niemand hat etwas gesehen."],
        [todo, again],
      ],
    },
    offline: {
      title: "Keine Verbindung",
      rows: [
        [happened, "Der Knoten hat nicht geantwortet, oder das Netz ist weg."],
        [kept, "Alles. Der Link gilt weiter, bis seine Zeit um ist."],
        [
          todo,
          f(
            "Versuchen Sie es noch einmal, sobald das Netz da ist.",
            "Versuche es noch einmal, sobald das Netz da ist.",
          ),
        ],
      ],
      retry: "Noch einmal versuchen",
      line: (time) =>
        f(
          `Keine Verbindung. Sie sehen den Stand von ${time} Uhr.`,
          `Keine Verbindung. Du siehst den Stand von ${time} Uhr.`,
        ),
    },
    left: {
      title: f("Sie sind abgemeldet", "Du bist abgemeldet"),
      rows: [
        [happened, "Der Link ist beendet. Niemand kann ihn noch einmal öffnen."],
        [kept, "Alles."],
        [todo, again],
      ],
    },
  };
}
