import type { Choose, Form, Problem } from "../../customer-page/words.ts";
import type { Words } from "../words.ts";

const ADVICE = "Das ist keine Rechtsberatung.";
const PURE = "Gespräche und Namen stehen nicht im Hauptbuch. Es kennt nur zufällige Kontonummern.";

export function de(form: Form): Words {
  const f: Choose = (sie, du) => (form === "du" ? du : sie);
  return {
    title: "Deckung",
    skip: "Zum Inhalt",
    otherLanguage: "English",
    loading: "Der Stand wird geladen.",
    imprint: "Impressum",
    privacy: "Datenschutz",
    runsOn: "Läuft mit Augenhöhe",
    play: "Spielgeld: kein Zahlungsmittel, niemand löst es ein.",
    question: (name) => `Ist ${name} gedeckt?`,
    answer: {
      none: "Noch gibt es keine Münzen.",
      yes: "Ja, jede einzelne Münze.",
      stale: "Ja, nach dem letzten Beleg. Er ist zu alt.",
      no: "Nein. Es werden keine Münzen ausgegeben.",
    },
    reserve: "Rücklage",
    supply: "Umlauf",
    sentence: (name, percent) =>
      `Für jede Münze ${name} soll mindestens 1 € in der Rücklage liegen. Nach dem letzten Beleg sind es ${percent}.`,
    nothingYet: "Sobald es Münzen und einen Beleg der Bank gibt, steht hier, wie viel in der Rücklage liegt.",
    statement: "Letzter Beleg",
    attestors: "Prüfer der Rücklage",
    governors: "Rat für Geld und Regeln",
    kOfN: (needed, members) => `${needed} von ${members} unterschreiben`,
    asOf: "Letzte Buchung",
    none: "noch keiner",
    check: "Selbst nachprüfen",
    checkText: f(
      "In Ihrem Wallet rechnet Ihr Browser nach, dass Ihr Guthaben in der veröffentlichten Summe steckt.",
      "In deinem Wallet rechnet dein Browser nach, dass dein Guthaben in der veröffentlichten Summe steckt.",
    ),
    series: "Rücklage und Umlauf über die Zeit",
    seriesText: "Linie: Rücklage. Balken: Umlauf. Gleicher Maßstab.",
    asTable: "Als Tabelle",
    date: "Datum",
    proofs: "Belege und Prüfsummen",
    statementHash: "Prüfsumme (SHA-256) des Bankauszugs",
    sealed: "Veröffentlichte Summe aller Guthaben",
    sealedAt: (at, total) => `${at}: ${total}. Wurzel des Baums:`,
    notSealed: "Noch nicht veröffentlicht.",
    block: (height) => `Prüfsumme nach Block ${height}`,
    acceptors: "Wer die Münze annimmt",
    noAcceptors: "Noch niemand.",
    rules: "Was das Programm verhindert",
    ruleLines: [
      "Neue Münzen entstehen nur, wenn ein frischer Beleg sie deckt und der Rat unterschrieben hat. Niemand kann das übergehen.",
      "Einlösen wird nie angehalten, auch nicht ohne frischen Beleg.",
      "Was gebucht ist, ändert niemand unbemerkt: Jeder Block enthält die Prüfsumme des vorigen.",
      PURE,
    ],
    legal: "Rechtliches",
    legalLines: {
      play: ["Es wird kein Geld ausgegeben und keines versprochen.", ADVICE],
      voucher: [
        "Gutschein in einem begrenzten Netz (§ 2 Abs. 1 Nr. 10 ZAG). Er gilt bei den genannten Annahmestellen. Nur sie lösen ein; eine Auszahlung an Kunden gibt es nicht.",
        "Die Rücklage ist keine Einlage. Es gibt keine gesetzliche Einlagensicherung.",
        ADVICE,
      ],
      issuer: [
        "E-Geld-Token nach der Verordnung (EU) 2023/1114 (MiCA), ausgegeben von einem zugelassenen Institut. Er wird jederzeit zum Nennwert eingelöst.",
        ADVICE,
      ],
    },
    ...problems(f),
  };
}

function problems(f: Choose): Record<"ended" | "noKey" | "unreachable", Problem> {
  const missing: Problem = {
    title: "Hier gibt es keine Münze",
    rows: [
      ["Was passiert ist", "Unter dieser Adresse gibt niemand eine Münze aus."],
      ["Was erhalten ist", "Alles. An keinem Guthaben hat sich etwas geändert."],
      [f("Was Sie tun können", "Was du tun kannst"), "Die Adresse prüfen."],
    ],
  };
  return {
    ended: missing,
    noKey: missing,
    unreachable: {
      title: "Der Stand ist gerade nicht abrufbar",
      rows: [
        ["Was passiert ist", "Der Knoten hat nicht geantwortet."],
        ["Was erhalten ist", "Alles. An keinem Guthaben hat sich etwas geändert."],
        [f("Was Sie tun können", "Was du tun kannst"), "Es in einer Minute noch einmal versuchen."],
      ],
      retry: "Noch einmal versuchen",
    },
  };
}
