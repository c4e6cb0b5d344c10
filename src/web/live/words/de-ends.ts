import type { Choose } from "../../customer-page/words.ts";
import type { Words } from "../words.ts";

/** What became of it, and how the page ends. */

export function deEnds(f: Choose): Pick<Words, "done" | "failed" | "over" | "question"> {
  return {
    done: deDone,
    failed: deFailed(f),
    over: {
      cancelled: {
        title: "Diese Lieferung ist abgesagt",
        text: f("Ein neues Fenster wählen Sie im Gespräch.", "Ein neues Fenster wählst du im Gespräch."),
      },
      expired: {
        title: "Dieses Fenster wurde nicht gebucht",
        text: f("Ein neues Fenster wählen Sie im Gespräch.", "Ein neues Fenster wählst du im Gespräch."),
      },
      held: {
        title: "Noch nicht gebucht",
        text: f(
          "Das Fenster ist nur gehalten. Buchen Sie es im Gespräch.",
          "Das Fenster ist nur gehalten. Buch es im Gespräch.",
        ),
      },
    },
    question: {
      title: f("Hat mit Ihrer Lieferung alles geklappt?", "Hat mit deiner Lieferung alles geklappt?"),
      yes: "Ja",
      no: "Nein",
      label: "Was ist passiert? Ein Satz genügt.",
      send: "Dem Team sagen",
      thanks: "Danke, das freut uns.",
      passedOn: f(
        "Danke. Das Team liest es und meldet sich im Gespräch.",
        "Danke. Das Team liest es und meldet sich im Gespräch.",
      ),
    },
  };
}

const deDone: Words["done"] = {
  title: { handed_over: "Übergeben", neighbour: "Beim Nachbarn abgegeben", left_there: "Abgelegt" },
  at: (day, clock) => (day ? `${day}, ${clock} Uhr` : `Heute, ${clock} Uhr`),
  to: {
    handed_over: (words) => `An ${words}`,
    neighbour: (words) => `Bei ${words}`,
    left_there: (words) => `Dort: ${words}`,
  },
  owed: (money) => `Wir kamen zu spät. ${money} schreiben wir gut.`,
  unknown: "Wir wissen nicht, ob es angekommen ist",
  unknownText:
    "Der Abend ist vorbei, und was aus der Lieferung wurde, ist nicht festgehalten. Ist sie da? Eine Antwort unten oder im Gespräch genügt.",
};

function deFailed(f: Choose): Words["failed"] {
  return {
    title: {
      not_there: "Niemand hat geöffnet",
      refused: f("Sie haben es nicht angenommen", "Du hast es nicht angenommen"),
      not_recorded: "Wir sind nicht gekommen. Das tut uns leid.",
    },
    at: (day, clock) => (day ? `Versucht: ${day}, ${clock} Uhr` : `Versucht: heute, ${clock} Uhr`),
    next: {
      another_window: "Wir kommen noch einmal.",
      collect: f("Sie können die Lieferung abholen.", "Du kannst die Lieferung abholen."),
      return: "Die Lieferung geht zurück.",
    },
    collect: (name, day) => `${name}, bis ${day}`,
    people: f(
      "Das Team sieht nach und meldet sich im Gespräch bei Ihnen.",
      "Das Team sieht nach und meldet sich im Gespräch bei dir.",
    ),
    choose: "Wann dürfen wir kommen?",
    free: "ohne Aufpreis",
    none: f(
      "Gerade ist kein Fenster sicher. Fragen Sie im Gespräch.",
      "Gerade ist kein Fenster sicher. Frag im Gespräch.",
    ),
    unanswered: "Es kam keine Antwort. Welche Fenster frei sind, wissen wir gerade nicht.",
    look: "Noch einmal nachsehen",
    gone: f(
      "Dieses Fenster ist inzwischen vergeben. Bitte wählen Sie ein anderes.",
      "Dieses Fenster ist inzwischen vergeben. Bitte wähl ein anderes.",
    ),
  };
}

export function deProblems(f: Choose): Pick<Words, "ended" | "noKey" | "unreachable" | "failures"> {
  const [happened, kept, todo] = [
    "Was passiert ist",
    "Was erhalten ist",
    f("Was Sie tun können", "Was du tun kannst"),
  ];
  const ask = f(
    "Fragen Sie im Gespräch nach Ihrer Lieferung. Dort steht, was daraus wurde.",
    "Frag im Gespräch nach deiner Lieferung. Dort steht, was daraus wurde.",
  );
  return {
    ended: {
      title: "Dieser Link ist abgelaufen",
      rows: [
        [happened, "Die Seite einer Lieferung öffnet sich bis einen Tag nach ihrem Ende."],
        [kept, "Alles, was vereinbart und notiert wurde."],
        [todo, ask],
      ],
    },
    noKey: {
      title: "Hierher führt der Link einer Nachricht",
      rows: [
        [happened, "Diese Seite wurde ohne den Schlüssel geöffnet, der im Link steht."],
        [kept, "Alles. Niemand hat etwas gesehen."],
        [
          todo,
          f("Öffnen Sie den ganzen Link aus der Nachricht.", "Öffne den ganzen Link aus der Nachricht."),
        ],
      ],
    },
    unreachable: {
      title: "Keine Verbindung",
      rows: [
        [happened, "Der Knoten hat nicht geantwortet, oder das Netz ist weg."],
        [kept, "Alles. Was versprochen ist, bleibt versprochen."],
        [
          todo,
          f(
            "Versuchen Sie es noch einmal, sobald das Netz da ist.",
            "Versuch es noch einmal, sobald das Netz da ist.",
          ),
        ],
      ],
      retry: "Noch einmal versuchen",
    },
    failures: {
      offline: f(
        "Das kam nicht an: keine Verbindung. Bitte versuchen Sie es noch einmal.",
        "Das kam nicht an: keine Verbindung. Bitte versuch es noch einmal.",
      ),
      busy: f(
        "Das kam nicht an: Der Knoten hat gerade zu viel zu tun. Bitte versuchen Sie es gleich noch einmal.",
        "Das kam nicht an: Der Knoten hat gerade zu viel zu tun. Bitte versuch es gleich noch einmal.",
      ),
      gone: "Das ist inzwischen vergeben.",
      refused: "Das geht nicht mehr. Die Seite zeigt jetzt, was noch möglich ist.",
    },
  };
}
