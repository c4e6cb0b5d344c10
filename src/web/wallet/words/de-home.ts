import type { Choose } from "../../customer-page/words.ts";
import type { HomeWords, Words } from "../words.ts";

/** Das Guthaben und was für Geld es ist. */

export function homeOf(choose: Choose): HomeWords {
  return {
    balance: choose("Ihr Guthaben", "Dein Guthaben"),
    euro: (amount) => `= ${amount}`,
    held: (amount) => `${amount} mehr sind zurückgelegt, für Zahlungen, die noch nicht endgültig sind.`,
    frozen: choose(
      "Dieses Konto ist gesperrt. Sie können weder zahlen noch empfangen. Ihr Guthaben bleibt Ihres; der Herausgeber muss Ihnen den Grund nennen.",
      "Dieses Konto ist gesperrt. Du kannst weder zahlen noch empfangen. Dein Guthaben bleibt deins; der Herausgeber muss dir den Grund nennen.",
    ),
    dayLeft: (amount) =>
      choose(`Heute können Sie noch ${amount} bezahlen.`, `Heute kannst du noch ${amount} bezahlen.`),
    none: "Noch nichts darin.",
    offline: (clock) =>
      choose(
        `Keine Verbindung. Sie sehen den Stand von ${clock} Uhr.`,
        `Keine Verbindung. Du siehst den Stand von ${clock} Uhr.`,
      ),
    asOf: (clock) => `Stand ${clock} Uhr`,
    refresh: "Neu prüfen",
    scan: "Code mit der Kamera lesen",
    scanText: "Den Code einer Kasse, einer Zahlungsanfrage oder einer Einladung.",
    stopScan: "Kamera beenden",
    noCamera: choose(
      "Dieser Browser liest keine Codes. Nehmen Sie die Kamera des Telefons, oder fügen Sie den Link ein.",
      "Dieser Browser liest keine Codes. Nimm die Kamera des Telefons, oder füge den Link ein.",
    ),
    cameraRefused: choose(
      "Die Kamera darf hier nicht benutzt werden. Fügen Sie stattdessen den Link ein.",
      "Die Kamera darf hier nicht benutzt werden. Füge stattdessen den Link ein.",
    ),
    code: "Oder einen Link einfügen",
    codeRead: "Öffnen",
    codeWrong: "Das ist kein Code einer Kasse, einer Anfrage oder einer Einladung.",
    unsafe: choose(
      "Geht dieses Gerät verloren, geht Ihr Guthaben mit",
      "Geht dieses Gerät verloren, geht dein Guthaben mit",
    ),
    unsafeText: choose(
      "Der Schlüssel liegt nur auf diesem Gerät. Nennen Sie ein zweites Gerät oder Menschen, denen Sie vertrauen: Sie können dem Konto einen neuen Schlüssel geben.",
      "Der Schlüssel liegt nur auf diesem Gerät. Nenne ein zweites Gerät oder Menschen, denen du vertraust: Sie können dem Konto einen neuen Schlüssel geben.",
    ),
    safe: (needed, of) =>
      choose(
        `${needed} von ${of} Helfenden können Ihrem Konto einen neuen Schlüssel geben.`,
        `${needed} von ${of} Helfenden können deinem Konto einen neuen Schlüssel geben.`,
      ),
    which: "Welches Guthaben?",
    conversation: "Zurück zum Gespräch",
    public: "Was alle von dieser Münze sehen können",
    account: choose("Ihre Kontonummer", "Deine Kontonummer"),
    accountText: choose(
      "Notieren Sie sie: Ein neues Gerät braucht sie. Mit dieser Nummer allein kann niemand zahlen.",
      "Notiere sie: Ein neues Gerät braucht sie. Mit dieser Nummer allein kann niemand zahlen.",
    ),
    copy: "Kopieren",
    copied: "Kopiert",
  };
}

export function legalOf(choose: Choose): Words["legal"] {
  return {
    play: {
      tag: "Spielgeld",
      text: "Diese Münze ist Spielgeld zum Ausprobieren. Niemand schuldet dafür etwas.",
    },
    voucher: {
      tag: "Gutschein",
      text: choose(
        "Ein Gutschein eines begrenzten Netzes: Sie bezahlen damit bei den Händlern, die mitmachen. Er wird nicht ausgezahlt und lässt sich nicht an andere Menschen senden.",
        "Ein Gutschein eines begrenzten Netzes: Du bezahlst damit bei den Händlern, die mitmachen. Er wird nicht ausgezahlt und lässt sich nicht an andere Menschen senden.",
      ),
    },
    issuer: {
      tag: "E-Geld",
      text: choose(
        "Herausgegeben von einem zugelassenen Institut. Sie können es jederzeit zum Nennwert auszahlen lassen.",
        "Herausgegeben von einem zugelassenen Institut. Du kannst es jederzeit zum Nennwert auszahlen lassen.",
      ),
    },
  };
}
