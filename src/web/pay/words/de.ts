import type { Choose, Form } from "../../customer-page/words.ts";
import type { Words } from "../words.ts";

export function de(form: Form): Words {
  const f: Choose = (sie, du) => (form === "du" ? du : sie);
  return {
    title: "Zahlung",
    skip: "Zum Inhalt",
    otherLanguage: "English",
    loading: "Die Zahlung wird geladen.",
    imprint: "Impressum",
    privacy: "Datenschutz",
    runsOn: "Läuft mit Augenhöhe",
    request: "Zahlungsanfrage",
    dueOn: (day) => `Fällig am ${day}`,
    expiresOn: (day) => `Hier zahlbar bis ${day}`,
    partPaid: (paid, amount) => `${paid} von ${amount} sind schon da.`,
    state: states(f),
    pending: f(
      "Der Zahlungsdienst arbeitet noch. Sie müssen nichts tun.",
      "Der Zahlungsdienst arbeitet noch. Du musst nichts tun.",
    ),
    pay: {
      stripe: (amount) => `${amount} mit Karte zahlen (Stripe)`,
      mollie: (amount) => `${amount} online zahlen (Mollie)`,
    },
    payText: f(
      "Sie geben die Daten beim Zahlungsdienst ein. Wir sehen keine Kartennummer.",
      "Du gibst die Daten beim Zahlungsdienst ein. Wir sehen keine Kartennummer.",
    ),
    waiting: "Der Zahlungsdienst wird geöffnet.",
    transfer: transfer(f),
    receipt: {
      title: (number) => `Beleg ${number}`,
      paidOn: (day) => `Eingegangen am ${day}`,
      cancellation: (number) => `Stornobeleg ${number}`,
      cancels: (number) => `Er hebt den Beleg ${number} auf: Die Zahlung wurde zurückgenommen.`,
      load: "Beleg als PDF laden",
      loading: "Der Beleg wird geladen.",
    },
    refunded: (amount) => `${amount} gehen zurück.`,
    question: "Stimmt etwas nicht?",
    conversation: "Zurück zum Gespräch",
    asOf: (clock) => `Stand ${clock} Uhr`,
    offline: (clock) =>
      f(
        `Keine Verbindung. Sie sehen den Stand von ${clock} Uhr.`,
        `Keine Verbindung. Du siehst den Stand von ${clock} Uhr.`,
      ),
    refresh: "Stand prüfen",
    ...problems(f),
    failures: {
      offline: "Keine Verbindung. Es wurde nichts gezahlt. Bitte noch einmal versuchen.",
      busy: "Gerade ist zu viel los. Es wurde nichts gezahlt. Bitte in einer Minute noch einmal versuchen.",
      service: f(
        "Der Zahlungsdienst antwortet nicht. Es wurde nichts gezahlt. Versuchen Sie es später, oder überweisen Sie.",
        "Der Zahlungsdienst antwortet nicht. Es wurde nichts gezahlt. Versuch es später, oder überweise.",
      ),
      refused: "Das geht für diese Zahlung nicht mehr. Der Stand oben ist der neueste.",
    },
  };
}

const states = (f: Choose): Words["state"] => ({
  open: { title: "Noch offen", text: "" },
  reminded: { title: "Noch offen", text: "" },
  part_paid: { title: "Teilweise bezahlt", text: "" },
  paid: { title: "Bezahlt, danke", text: "Es ist nichts mehr zu tun." },
  overpaid: {
    title: "Bezahlt, danke",
    text: f(
      "Es kam mehr an als verlangt. Das Übrige bekommen Sie zurück.",
      "Es kam mehr an als verlangt. Das Übrige bekommst du zurück.",
    ),
  },
  cancelled: { title: "Zurückgenommen", text: "Hier ist nichts zu zahlen." },
  expired: {
    title: "Abgelaufen",
    text: f(
      "Hier kann nicht mehr gezahlt werden. Fragen Sie im Gespräch nach.",
      "Hier kann nicht mehr gezahlt werden. Frag im Gespräch nach.",
    ),
  },
  refunded: { title: "Zurückgezahlt", text: "Der ganze Betrag geht zurück." },
});

const transfer = (f: Choose): Words["transfer"] => ({
  title: "Überweisen",
  text: "Code mit der Banking-App lesen oder die Angaben übernehmen.",
  code: "GiroCode mit allen Angaben der Überweisung",
  holder: "Empfänger",
  iban: "IBAN",
  bic: "BIC",
  amount: "Betrag",
  reference: "Verwendungszweck",
  referenceText: f(
    "Nur diese Nummer angeben: Daran erkennen wir Ihre Zahlung.",
    "Nur diese Nummer angeben: Daran erkennen wir deine Zahlung.",
  ),
  copy: (what) => `${what} kopieren`,
  copied: (what) => `${what} kopiert`,
  after: "Eine Überweisung sehen wir mit dem nächsten Kontoauszug, meist nach einem Bankarbeitstag.",
});

const problems = (f: Choose): Pick<Words, "ended" | "noKey" | "unreachable"> => ({
  ended: {
    title: "Dieser Link öffnet keine Zahlung.",
    rows: [
      ["Was passiert ist", "Die Zahlung gibt es nicht mehr, oder der Link ist unvollständig."],
      ["Was erhalten ist", "Was gezahlt wurde, ist gebucht."],
      [
        f("Was Sie tun können", "Was du tun kannst"),
        f(
          "Öffnen Sie den Link noch einmal aus dem Gespräch.",
          "Öffne den Link noch einmal aus dem Gespräch.",
        ),
      ],
    ],
  },
  noKey: {
    title: "Hier fehlt ein Stück des Links.",
    rows: [
      ["Was passiert ist", "Der Link wurde abgeschnitten."],
      ["Was erhalten ist", "An der Zahlung hat sich nichts geändert."],
      [
        f("Was Sie tun können", "Was du tun kannst"),
        f(
          "Öffnen Sie den Link noch einmal aus dem Gespräch.",
          "Öffne den Link noch einmal aus dem Gespräch.",
        ),
      ],
    ],
  },
  unreachable: {
    title: "Die Zahlung lässt sich gerade nicht laden.",
    rows: [
      ["Was passiert ist", "Es kam keine Antwort."],
      ["Was erhalten ist", "An der Zahlung hat sich nichts geändert."],
      [f("Was Sie tun können", "Was du tun kannst"), "Verbindung prüfen und noch einmal versuchen."],
    ],
    retry: "Noch einmal versuchen",
  },
});
