import type { Form } from "../../customer-page/words.ts";
import type { Words } from "../words.ts";
import { checkOf, lostOf, safetyOf } from "./de-care.ts";
import { homeOf, legalOf } from "./de-home.ts";
import { buyOf, firstOf, payOf } from "./de-pay.ts";
import { problemsOf, refusedOf } from "./de-problems.ts";

export function de(form: Form): Words {
  const choose = (sie: string, du: string) => (form === "sie" ? sie : du);
  return {
    title: "Guthaben",
    skip: "Zum Inhalt",
    otherLanguage: "English",
    imprint: "Impressum",
    privacy: "Datenschutz",
    runsOn: "Läuft mit Augenhöhe",
    loading: choose("Ihr Guthaben wird geöffnet.", "Dein Guthaben wird geöffnet."),
    back: "Zurück",
    home: homeOf(choose),
    legal: legalOf(choose),
    first: firstOf(choose),
    pay: payOf(choose),
    history: {
      title: "Was geschah",
      empty: "Noch ist nichts geschehen.",
      all: "Alles zeigen",
      more: "Ältere zeigen",
      kinds: {
        bought: "Gekauft",
        paid: "Bezahlt",
        held: "Zurückgelegt",
        captured: "Bei Lieferung bezahlt",
        returned: "Zurückgekommen",
        refunded: "Erstattet",
        received: "Empfangen",
        redeemed: "Ausgezahlt",
        sold: "Verkauft",
      },
      waiting: "noch nicht bestätigt",
    },
    buy: buyOf(choose),
    check: checkOf(choose),
    safety: safetyOf(choose),
    lost: lostOf(choose),
    refused: refusedOf(choose),
    failures: {
      offline: "Keine Verbindung. Es wurde nichts geändert.",
      busy: choose(
        "Der Dienst ist ausgelastet. Es wurde nichts geändert. Versuchen Sie es in einer Minute noch einmal.",
        "Der Dienst ist ausgelastet. Es wurde nichts geändert. Versuch es in einer Minute noch einmal.",
      ),
      refused: "Das wurde nicht angenommen. Es wurde nichts geändert.",
    },
    problems: problemsOf(choose),
  };
}
