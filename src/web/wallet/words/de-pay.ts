import type { Choose } from "../../customer-page/words.ts";
import type { BuyWords, FirstWords, PayWords } from "../words.ts";

/** Die Einladung, das Bezahlen, das Kaufen. */

export function firstOf(choose: Choose): FirstWords {
  const lost = choose(
    "Geht dieses Gerät verloren und Sie haben niemanden genannt, der hilft, kann niemand das Guthaben zurückgeben.",
    "Geht dieses Gerät verloren und du hast niemanden genannt, der hilft, kann niemand das Guthaben zurückgeben.",
  );
  const insurance = "Keine Einlagensicherung: Fällt der Herausgeber aus, ist die Rücklage das, was da ist.";
  return {
    kicker: "Einladung",
    title: (coin) => `Guthaben in ${coin}`,
    issuer: (name) => `Herausgegeben von ${name}`,
    promised: "Was versprochen ist",
    backing: (coin, issuer) =>
      choose(
        `1 ${coin} steht für 1 Euro, den der Kontoauszug in der Rücklage von ${issuer} zeigt. Das können Sie jederzeit selbst nachprüfen.`,
        `1 ${coin} steht für 1 Euro, den der Kontoauszug in der Rücklage von ${issuer} zeigt. Das kannst du jederzeit selbst nachprüfen.`,
      ),
    promises: [
      choose(
        "Niemand zahlt von Ihrem Konto ohne den Schlüssel auf diesem Gerät, auch der Herausgeber nicht.",
        "Niemand zahlt von deinem Konto ohne den Schlüssel auf diesem Gerät, auch der Herausgeber nicht.",
      ),
      "Was als bezahlt bestätigt wurde, bleibt bezahlt, ein einziges Mal, auch wenn der Server im selben Augenblick abstürzt.",
      "Das Kontenbuch kennt keine Namen, nur zufällige Nummern und Beträge.",
    ],
    notPromised: "Was nicht versprochen ist",
    limits: {
      play: ["Das ist Spielgeld: Kein Euro steht dahinter, und nichts wird ausgezahlt."],
      voucher: ["Keine Zinsen, keine Auszahlung an Kunden, kein Senden an andere Menschen.", insurance, lost],
      issuer: ["Keine Zinsen.", insurance, lost],
    },
    keyTitle: choose("Ihr Schlüssel", "Dein Schlüssel"),
    keyText: choose(
      "Er entsteht jetzt, in diesem Browser, und verlässt ihn nie. Nehmen Sie kein privates Fenster: Mit ihm wäre der Schlüssel weg.",
      "Er entsteht jetzt, in diesem Browser, und verlässt ihn nie. Nimm kein privates Fenster: Mit ihm wäre der Schlüssel weg.",
    ),
    label: "Name dieses Geräts",
    labelHint: choose("Den sehen nur Sie und wer Ihnen hilft.", "Den siehst nur du und wer dir hilft."),
    labelDefault: "Telefon",
    open: "Schlüssel machen und Guthaben öffnen",
    over: choose(
      "Diese Einladung ist verbraucht oder vorbei. Bitten Sie um eine neue.",
      "Diese Einladung ist verbraucht oder vorbei. Bitte um eine neue.",
    ),
    already: choose(
      "Sie haben auf diesem Gerät schon ein Guthaben in dieser Münze.",
      "Du hast auf diesem Gerät schon ein Guthaben in dieser Münze.",
    ),
    toWallet: "Zum Guthaben",
  };
}

export function payOf(choose: Choose): PayWords {
  return {
    kicker: "Zahlungsanfrage",
    to: "An",
    forWhat: "Für",
    amount: "Betrag",
    balance: choose("Ihr Guthaben", "Dein Guthaben"),
    after: "Danach",
    pay: (amount) => `${amount} bezahlen`,
    hold: (amount) => `${amount} zurücklegen`,
    no: "Nein, danke",
    until: (moment) => `Die Anfrage gilt bis ${moment} Uhr.`,
    holdText: (until) =>
      `Der Betrag wird zurückgelegt und bezahlt, wenn geliefert ist. Wird das versprochene Fenster verpasst, kommt er von selbst zurück; spätestens am ${until} Uhr, auch wenn kein Server mehr läuft.`,
    backed: (coin) => `1 ${coin} ist mit 1 € hinterlegt.`,
    short: (missing) =>
      choose(
        `Es fehlen ${missing}. Kaufen Sie zuerst welche, oder bezahlen Sie anders.`,
        `Es fehlen ${missing}. Kauf zuerst welche, oder bezahl anders.`,
      ),
    overDay: (left) =>
      choose(
        `Das ist mehr als Ihre Grenze für einen Tag. Heute sind noch ${left} übrig.`,
        `Das ist mehr als deine Grenze für einen Tag. Heute sind noch ${left} übrig.`,
      ),
    signing: choose("Ihr Gerät unterschreibt.", "Dein Gerät unterschreibt."),
    waiting: "Unterschrieben, noch nicht bestätigt",
    waitingText: choose(
      "Ihr Gerät hat unterschrieben und versucht es weiter. Nichts wird doppelt bezahlt, auch wenn Sie noch einmal tippen. Bis zur Bestätigung gilt es nicht als bezahlt.",
      "Dein Gerät hat unterschrieben und versucht es weiter. Nichts wird doppelt bezahlt, auch wenn du noch einmal tippst. Bis zur Bestätigung gilt es nicht als bezahlt.",
    ),
    sendAgain: "Noch einmal senden",
    overTitle: "Nicht bezahlt",
    overText:
      "Die unterschriebene Zahlung lief ab, bevor sie ankam. Sie kann nie mehr angenommen werden. Es wurde nichts bezahlt.",
    refusedTitle: "Nicht bezahlt",
    dismiss: "Verstanden",
    state: statesOf(choose),
    paidOn: "Wann",
    refunded: "Erstattet",
    booking: "Buchung",
    block: "Block",
    newBalance: "Neues Guthaben",
    print: "Beleg drucken",
    checkLink: "Selbst nachprüfen",
    toWallet: "Zum Guthaben",
    offline: offlineOf(choose),
    needsWallet: choose(
      "Um das zu bezahlen, brauchen Sie ein Guthaben",
      "Um das zu bezahlen, brauchst du ein Guthaben",
    ),
    needsWalletText: choose(
      "Eine Einladung bekommen Sie am Tresen oder im Gespräch: Schreiben Sie dort „Guthaben“. Öffnen Sie diese Anfrage danach noch einmal auf diesem Gerät.",
      "Eine Einladung bekommst du am Tresen oder im Gespräch: Schreib dort „Guthaben“. Öffne diese Anfrage danach noch einmal auf diesem Gerät.",
    ),
  };
}

export function buyOf(choose: Choose): BuyWords {
  return {
    title: "Kaufen",
    text: choose(
      "Sie bezahlen in Euro. Das Guthaben kommt, sobald der Euro da ist.",
      "Du bezahlst in Euro. Das Guthaben kommt, sobald der Euro da ist.",
    ),
    label: "Wie viele Euro?",
    wrong: "Ein Betrag ab 1 Euro, mit höchstens zwei Stellen.",
    pay: (amount) => `${amount} bezahlen`,
    afterwards: choose(
      "Sie kommen jetzt zur Zahlseite. Diese Seite zeigt das Guthaben, wenn es da ist.",
      "Du kommst jetzt zur Zahlseite. Diese Seite zeigt das Guthaben, wenn es da ist.",
    ),
    counter: choose(
      "Am Tresen können Sie auch bar bezahlen: Zeigen Sie dort Ihre Kontonummer.",
      "Am Tresen kannst du auch bar bezahlen: Zeig dort deine Kontonummer.",
    ),
  };
}

function statesOf(choose: Choose): PayWords["state"] {
  return {
    open: { title: "Offen", text: "" },
    held: {
      title: "Zurückgelegt",
      text: "Bezahlt wird, wenn geliefert ist. Sonst kommt der Betrag von selbst zurück.",
    },
    paid: { title: "Bezahlt, danke", text: "" },
    part_refunded: {
      title: "Bezahlt, zum Teil erstattet",
      text: choose("Ein Teil ist zurück in Ihrem Guthaben.", "Ein Teil ist zurück in deinem Guthaben."),
    },
    refunded: {
      title: "Erstattet",
      text: choose("Alles ist zurück in Ihrem Guthaben.", "Alles ist zurück in deinem Guthaben."),
    },
    returned: {
      title: "Zurückgekommen",
      text: choose(
        "Der zurückgelegte Betrag ist wieder in Ihrem Guthaben.",
        "Der zurückgelegte Betrag ist wieder in deinem Guthaben.",
      ),
    },
    expired: {
      title: "Abgelaufen",
      text: choose(
        "Diese Anfrage kann nicht mehr bezahlt werden. Bitten Sie im Gespräch um eine neue.",
        "Diese Anfrage kann nicht mehr bezahlt werden. Bitte im Gespräch um eine neue.",
      ),
    },
    cancelled: {
      title: "Zurückgezogen",
      text: "Der Händler hat sie zurückgezogen. Es ist nichts zu zahlen.",
    },
  };
}

function offlineOf(choose: Choose): PayWords["offline"] {
  return {
    kicker: "Zahlung an der Kasse",
    text: choose(
      "Das sagt der Code der Kasse. Vergleichen Sie den Betrag mit dem, was die Kasse zeigt.",
      "Das sagt der Code der Kasse. Vergleiche den Betrag mit dem, was die Kasse zeigt.",
    ),
    sign: (amount) => `${amount} unterschreiben`,
    title: "Unterschrieben, noch nicht bestätigt",
    show: choose(
      "Zeigen Sie diesen Code an der Kasse. Die Kasse reicht ihn ein und sagt, wenn bezahlt ist.",
      "Zeig diesen Code an der Kasse. Die Kasse reicht ihn ein und sagt, wenn bezahlt ist.",
    ),
    code: choose("Ihre unterschriebene Zahlung als Code", "Deine unterschriebene Zahlung als Code"),
    asText: "Dasselbe als Text",
    until: (clock) => `Gültig bis ${clock} Uhr.`,
    notYet: "Bezahlt ist erst, wenn die Kasse oder diese Seite es sagt.",
  };
}
