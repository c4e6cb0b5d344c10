import type { Choose } from "../../customer-page/words.ts";
import type { Words } from "../words.ts";

/** Was nicht ging, und warum. */

export function refusedOf(choose: Choose): Words["refused"] {
  const unchanged = choose("Ihr Guthaben ist unverändert.", "Dein Guthaben ist unverändert.");
  return {
    wrong_chain: "Das gehört zu einer anderen Münze als dieses Guthaben. Es wurde nichts unterschrieben.",
    insufficient: `Das Guthaben reicht nicht. ${unchanged}`,
    frozen: `${choose("Ihr Konto", "Dein Konto")} oder das des Händlers ist gesperrt. ${unchanged}`,
    over_flow_limit: `${choose("Ihre", "Deine")} Grenze für einen Tag ist erreicht. ${unchanged} Morgen geht es wieder.`,
    over_holding_limit: `Das Konto des Händlers darf nicht so viel halten. ${unchanged}`,
    expired: `Die Zahlung kam zu spät und wurde nicht angenommen. ${unchanged}`,
    wrong_key:
      "Für dieses Konto gilt ein anderer Schlüssel: Es wurde einem anderen Gerät gegeben. Dieses Gerät kann nicht mehr zahlen.",
    not_allowed: `An dieses Konto darf nicht gezahlt werden. ${unchanged}`,
    unknown_account: `Das empfangende Konto gibt es nicht. ${unchanged}`,
    bad_end: "Das Fenster der Lieferung ist schon vorbei. Es wurde nichts zurückgelegt.",
    too_many_holds: "Es sind schon zu viele Zahlungen zurückgelegt. Es wurde nichts zurückgelegt.",
    bad_members: "Eines dieser Konten ist unbekannt oder das eigene. Es wurde nichts geändert.",
    other: `Das Kontenbuch hat es abgelehnt. ${unchanged}`,
  };
}

const HAPPENED = "Was passiert ist";
const KEPT = "Was erhalten ist";

export function problemsOf(choose: Choose): Words["problems"] {
  return { ...beginning(choose), ...later(choose) };
}

type Beginning = "noWallet" | "noKeys" | "notKept";
const todoOf = (choose: Choose) => choose("Was Sie tun können", "Was du tun kannst");

/** Bevor es ein Guthaben gibt. */
function beginning(choose: Choose): Pick<Words["problems"], Beginning> {
  const todo = todoOf(choose);
  return {
    noWallet: {
      title: "Auf diesem Gerät gibt es noch kein Guthaben.",
      rows: [
        [
          choose("Wie Sie eins bekommen", "Wie du eins bekommst"),
          "Durch eine Einladung: einen Code am Tresen oder einen Link im Gespräch.",
        ],
        [
          choose("Sie hatten schon eins", "Du hattest schon eins"),
          choose(
            "Ist das Gerät verloren, helfen die Menschen oder Geräte, die Sie genannt haben.",
            "Ist das Gerät verloren, helfen die Menschen oder Geräte, die du genannt hast.",
          ),
        ],
      ],
    },
    noKeys: {
      title: "Dieser Browser kann hier keinen sicheren Schlüssel machen.",
      rows: [
        [HAPPENED, "Schlüssel entstehen nur auf Seiten mit sicherer Verbindung (https)."],
        [KEPT, "Es wurde nichts geöffnet, und nichts ist verloren."],
        [
          todo,
          choose(
            "Öffnen Sie den Link in einem aktuellen Browser, nicht innerhalb einer anderen App.",
            "Öffne den Link in einem aktuellen Browser, nicht innerhalb einer anderen App.",
          ),
        ],
      ],
    },
    notKept: {
      title: "Dieser Browser behält nichts.",
      rows: [
        [HAPPENED, "In einem privaten Fenster, oder durch eine Einstellung, vergisst der Browser alles."],
        [KEPT, "Es wurde nichts geöffnet, und nichts ist verloren."],
        [
          todo,
          choose(
            "Öffnen Sie den Link in einem gewöhnlichen Fenster.",
            "Öffne den Link in einem gewöhnlichen Fenster.",
          ),
        ],
      ],
    },
  };
}

function later(choose: Choose): Omit<Words["problems"], Beginning> {
  const todo = todoOf(choose);
  const again = "Noch einmal versuchen";
  return {
    unreadable: {
      title: "Dieser Link ist nicht zu lesen.",
      rows: [
        [HAPPENED, "Ein Teil fehlt, oder er gehört zu etwas anderem."],
        [KEPT, choose("Ihr Guthaben ist unverändert.", "Dein Guthaben ist unverändert.")],
        [
          todo,
          choose(
            "Öffnen Sie den Link noch einmal aus der Nachricht, oder lesen Sie den Code noch einmal.",
            "Öffne den Link noch einmal aus der Nachricht, oder lies den Code noch einmal.",
          ),
        ],
      ],
      retry: "Zum Guthaben",
    },
    ended: {
      title: "Auf diesem Gerät ist das Guthaben geschlossen.",
      rows: [
        [HAPPENED, "Der Zugang wurde entzogen, oder das Konto wurde einem anderen Gerät gegeben."],
        [KEPT, "Das Guthaben im Kontenbuch ist unverändert."],
        [
          todo,
          choose(
            "Machen Sie mit dem anderen Gerät weiter, oder fragen Sie den Herausgeber.",
            "Mach mit dem anderen Gerät weiter, oder frag den Herausgeber.",
          ),
        ],
      ],
      retry: again,
    },
    unreachable: {
      title: "Das Guthaben ist nicht zu erreichen.",
      rows: [
        [HAPPENED, "Es gibt keine Verbindung, oder der Dienst ist nicht da."],
        [
          KEPT,
          choose(
            "Ihr Guthaben, Ihr Schlüssel und was Sie unterschrieben haben.",
            "Dein Guthaben, dein Schlüssel und was du unterschrieben hast.",
          ),
        ],
        [
          todo,
          choose("Versuchen Sie es in einer Minute noch einmal.", "Versuch es in einer Minute noch einmal."),
        ],
      ],
      retry: again,
    },
    noRequest: {
      title: "Diese Anfrage gibt es nicht.",
      rows: [
        [HAPPENED, "Der Link ist unvollständig, oder die Anfrage wurde gelöscht."],
        [KEPT, "Es wurde nichts bezahlt."],
        [todo, choose("Bitten Sie im Gespräch um eine neue.", "Bitte im Gespräch um eine neue.")],
      ],
      retry: "Zum Guthaben",
    },
  };
}
