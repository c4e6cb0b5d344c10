import type { Choose } from "../../customer-page/words.ts";
import type { CheckWords, LostWords, SafetyWords } from "../words.ts";

/** Was man nachprüft, und wie man wieder hineinkommt. */

export function checkOf(choose: Choose): CheckWords {
  return {
    title: "Selbst nachprüfen",
    open: "Selbst nachprüfen",
    lead: choose(
      "Ihr Browser rechnet selbst, mit eigenem Programm: Steht Ihr Guthaben in dem, was der Herausgeber zu schulden angibt, und ist alles gedeckt?",
      "Dein Browser rechnet selbst, mit eigenem Programm: Steht dein Guthaben in dem, was der Herausgeber zu schulden angibt, und ist alles gedeckt?",
    ),
    run: "Jetzt nachprüfen",
    running: choose("Ihr Browser rechnet.", "Dein Browser rechnet."),
    good: "Es stimmt.",
    goodText: (total) =>
      choose(
        `Ihr Guthaben steht in den ${total}, die allen geschuldet werden, und alles davon ist gedeckt.`,
        `Dein Guthaben steht in den ${total}, die allen geschuldet werden, und alles davon ist gedeckt.`,
      ),
    bad: "Es stimmt nicht.",
    badText: choose(
      "Sichern Sie den Nachweis und fragen Sie den Herausgeber. Der erste Schritt, der nicht hält, sagt, was falsch wäre.",
      "Sichere den Nachweis und frag den Herausgeber. Der erste Schritt, der nicht hält, sagt, was falsch wäre.",
    ),
    states: { good: "hält", bad: "hält nicht", open: "gerade nicht zu sagen" },
    steps: { ...ownSteps(choose), ...commonSteps(choose) },
    figures: "Zahlen",
    found: "gefunden",
    expected: "erwartet",
    took: (ms) => `Gerechnet in ${ms} ms in diesem Browser.`,
    save: "Nachweis als Datei sichern",
    saveText: choose(
      "Damit kann jeder dasselbe an einem Rechner prüfen: augenhoehe coin check proof.json. Die Datei zeigt Ihr Guthaben: Geben Sie sie nur, wem Sie vertrauen.",
      "Damit kann jeder dasselbe an einem Rechner prüfen: augenhoehe coin check proof.json. Die Datei zeigt dein Guthaben: Gib sie nur, wem du vertraust.",
    ),
    limits:
      "Was keine Rechnung zeigt: dass der Kontoauszug wahr ist. Dafür stehen die Mitglieder des Gremiums mit ihren Unterschriften ein.",
    none: "Noch ist nichts veröffentlicht, worin dieses Konto steht. Das geschieht einmal am Tag.",
    malformed: choose(
      "Was kam, ist kein Nachweis. Versuchen Sie es noch einmal; bleibt es so, fragen Sie den Herausgeber.",
      "Was kam, ist kein Nachweis. Versuch es noch einmal; bleibt es so, frag den Herausgeber.",
    ),
    statedAt: (day) => `Auszug vom ${day}`,
  };
}

export function safetyOf(choose: Choose): SafetyWords {
  return {
    title: "Wenn dieses Gerät verloren geht",
    open: "Wenn dieses Gerät verloren geht",
    lead: choose(
      "Helfende können Ihrem Konto zusammen einen neuen Schlüssel geben. Ihr Guthaben sehen sie nicht. So viele, wie zustimmen müssen, könnten das Konto auch übernehmen: Nennen Sie nur, wem Sie vertrauen.",
      "Helfende können deinem Konto zusammen einen neuen Schlüssel geben. Dein Guthaben sehen sie nicht. So viele, wie zustimmen müssen, könnten das Konto auch übernehmen: Nenne nur, wem du vertraust.",
    ),
    who: "Wer helfen kann",
    nobody: "Noch niemand.",
    needed: (needed, of) => `${needed} von ${of} müssen zustimmen.`,
    neededLabel: "Wie viele müssen zustimmen?",
    neededText: "Für ein eigenes zweites Gerät genügt eins. Bei Menschen sind zwei von drei besser.",
    device: "Ein zweites Gerät von mir",
    deviceText: "Es bekommt ein eigenes Guthaben mit eigenem Schlüssel und kann dieses Konto übernehmen.",
    deviceMake: "Code für das zweite Gerät zeigen",
    deviceCode: "Einladung für das zweite Gerät",
    deviceUntil: (clock) =>
      choose(
        `Einmal gültig, bis ${clock} Uhr. Tragen Sie danach seine Kontonummer bei „Jemanden dazunehmen“ ein.`,
        `Einmal gültig, bis ${clock} Uhr. Trag danach seine Kontonummer bei „Jemanden dazunehmen“ ein.`,
      ),
    add: "Jemanden dazunehmen",
    addText: choose(
      "Wer hilft, öffnet das eigene Guthaben und zeigt Ihnen dort die Kontonummer oder ihren Code.",
      "Wer hilft, öffnet das eigene Guthaben und zeigt dir dort die Kontonummer oder ihren Code.",
    ),
    addLabel: "Kontonummer",
    nameLabel: "Name",
    addButton: "Dazunehmen",
    wrongAccount: "Das ist keine Kontonummer dieser Münze. Sie sieht so aus: 12.0a1b…",
    ownAccount: choose(
      "Das ist Ihr eigenes Konto. Es kann sich nicht selbst helfen.",
      "Das ist dein eigenes Konto. Es kann sich nicht selbst helfen.",
    ),
    twice: "Dieses Konto steht schon in der Liste.",
    remove: (name) => `${name} streichen`,
    save: "Mit meiner Unterschrift sichern",
    saved: "Gesichert. Von jetzt an können diese helfen.",
    unsaved: "Noch nicht gesichert.",
    unnamed: "ohne Namen",
    helpTitle: choose("Jemand bittet Sie um Hilfe", "Jemand bittet dich um Hilfe"),
    helpText: (label) =>
      `Ein neues Gerät will den Schlüssel dieses Kontos. Es nennt sich „${label}“; das kann jeder schreiben.`,
    helpAccount: "Das Konto, mit allem, was darauf ist",
    helpRival: "Mehrere Geräte bitten für dieses Konto. Höchstens eines davon ist das richtige.",
    helpCode: "Ziffern des neuen Schlüssels",
    helpAsk: choose(
      "Rufen Sie die Person an, die Sie für dieses Konto genannt hat. Nur wenn sie Ihnen von ihrem neuen Gerät dieselben Ziffern vorliest, ist sie es wirklich.",
      "Ruf die Person an, die dich für dieses Konto genannt hat. Nur wenn sie dir von ihrem neuen Gerät dieselben Ziffern vorliest, ist sie es wirklich.",
    ),
    help: "Die Ziffern sind gleich: helfen",
    helped: choose(
      "Sie haben unterschrieben. Andere müssen noch zustimmen.",
      "Du hast unterschrieben. Andere müssen noch zustimmen.",
    ),
    helpedAll: "Erledigt. Das Konto hat seinen neuen Schlüssel.",
    have: (have, needed) => `${have} von ${needed} haben zugestimmt.`,
  };
}

export function lostOf(choose: Choose): LostWords {
  return {
    title: "Ich habe mein Gerät verloren",
    open: "Ich habe mein Gerät verloren",
    lead: choose(
      "Hier entsteht ein neuer Schlüssel. Ihre Helfenden entscheiden, ob Ihr Konto ihn bekommt. Mit dem alten Gerät kann danach niemand mehr zahlen.",
      "Hier entsteht ein neuer Schlüssel. Deine Helfenden entscheiden, ob dein Konto ihn bekommt. Mit dem alten Gerät kann danach niemand mehr zahlen.",
    ),
    known: choose("Diesen Konten helfen Sie:", "Diesen Konten hilfst du:"),
    account: "Nummer des verlorenen Kontos",
    accountText: choose(
      "Sie stand in Ihrem Guthaben. Auch Ihre Helfenden können sie sehen.",
      "Sie stand in deinem Guthaben. Auch deine Helfenden können sie sehen.",
    ),
    wrong: "Das ist keine Kontonummer. Sie sieht so aus: 12.0a1b…",
    ask: "Meine Helfenden bitten",
    unknown: "Dieses Konto gibt es nicht, oder es ist niemand genannt, der hilft.",
    nobody:
      "Für dieses Konto ist niemand genannt, der hilft. Niemand kann ihm einen neuen Schlüssel geben, auch der Herausgeber nicht.",
    waiting: choose("Ihre Helfenden sind gefragt", "Deine Helfenden sind gefragt"),
    waitingText: choose(
      "Rufen Sie sie an. Sie öffnen ihr Guthaben, vergleichen diese Ziffern mit Ihnen und stimmen dort zu.",
      "Ruf sie an. Sie öffnen ihr Guthaben, vergleichen diese Ziffern mit dir und stimmen dort zu.",
    ),
    code: choose("Ziffern Ihres neuen Schlüssels", "Ziffern deines neuen Schlüssels"),
    have: (have, needed) => `${have} von ${needed} haben zugestimmt.`,
    until: (moment) =>
      choose(
        `Bis ${moment} Uhr. Danach können Sie noch einmal bitten.`,
        `Bis ${moment} Uhr. Danach kannst du noch einmal bitten.`,
      ),
    expired: choose(
      "Der Tag ist um, und zu wenige haben zugestimmt. Es wurde nichts geändert. Sie können noch einmal bitten.",
      "Der Tag ist um, und zu wenige haben zugestimmt. Es wurde nichts geändert. Du kannst noch einmal bitten.",
    ),
    stop: "Nicht mehr bitten",
  };
}

/** Was vom eigenen Konto handelt. */
function ownSteps(choose: Choose): Pick<CheckWords["steps"], "own" | "balance" | "root"> {
  return {
    own: {
      title: choose("Der Nachweis handelt von Ihnen", "Der Nachweis handelt von dir"),
      good: choose(
        "Er nennt Ihr Konto und das Geheimnis, das nur Ihr Gerät und das Kontenbuch kennen.",
        "Er nennt dein Konto und das Geheimnis, das nur dein Gerät und das Kontenbuch kennen.",
      ),
      bad: choose(
        "Er handelt von einem anderen Konto. Man zeigte Ihnen den Nachweis eines anderen.",
        "Er handelt von einem anderen Konto. Man zeigte dir den Nachweis eines anderen.",
      ),
      open: "Dieses Gerät kennt das Geheimnis seines Kontos nicht.",
    },
    balance: {
      title: choose("Ihr Guthaben steht darin", "Dein Guthaben steht darin"),
      good: choose(
        "Er nennt, was Sie bei der Veröffentlichung hatten: das heutige Guthaben ohne das, was seither geschah.",
        "Er nennt, was du bei der Veröffentlichung hattest: das heutige Guthaben ohne das, was seither geschah.",
      ),
      bad: choose(
        "Er nennt ein anderes Guthaben als Ihr Verlauf. Ihnen würde weniger geschuldet, als Sie glauben.",
        "Er nennt ein anderes Guthaben als dein Verlauf. Dir würde weniger geschuldet, als du glaubst.",
      ),
      open: choose(
        "Ihr Verlauf reicht zu weit zurück, um ihn hier zu zählen.",
        "Dein Verlauf reicht zu weit zurück, um ihn hier zu zählen.",
      ),
    },
    root: {
      title: "Er führt zur veröffentlichten Zahl",
      good: choose(
        "Von Ihrem Blatt aus kam Ihr Browser Prüfsumme für Prüfsumme zur veröffentlichten Wurzel.",
        "Von deinem Blatt aus kam dein Browser Prüfsumme für Prüfsumme zur veröffentlichten Wurzel.",
      ),
      bad: choose(
        "Ihr Browser kam zu einer anderen Wurzel. Ihr Guthaben stünde nicht in dem, was geschuldet wird.",
        "Dein Browser kam zu einer anderen Wurzel. Dein Guthaben stünde nicht in dem, was geschuldet wird.",
      ),
      open: "",
    },
  };
}

/** Was für alle gilt. */
function commonSteps(choose: Choose): Omit<CheckWords["steps"], "own" | "balance" | "root"> {
  return {
    total: {
      title: "Alle Guthaben zusammen ergeben die Summe",
      good: choose(
        "Die Summen neben Ihrem Weg ergeben zusammen die veröffentlichte. Keine davon ist unter null.",
        "Die Summen neben deinem Weg ergeben zusammen die veröffentlichte. Keine davon ist unter null.",
      ),
      bad: "Sie ergeben etwas anderes. Schulden wären versteckt oder erfunden.",
      open: "",
    },
    supply: {
      title: "Die Summe ist der ganze Umlauf",
      good: "Allen Konten zusammen wird so viel geschuldet, wie es Münzen gibt.",
      bad: "Es gäbe Münzen, die niemandem geschuldet werden, oder Schulden ohne Münzen.",
      open: "Seit der Veröffentlichung kamen oder gingen Münzen. Die nächste muss sie enthalten.",
    },
    reserve: {
      title: "Die Rücklage deckt alles",
      good: "Die bescheinigte Rücklage ist mindestens so hoch, wie alle Münzen wert sind, aufgerundet.",
      bad: "Die bescheinigte Rücklage ist kleiner. Nicht jede Münze wäre gedeckt.",
      open: "",
    },
    fresh: {
      title: "Der Kontoauszug ist frisch",
      good: "Er ist jung genug für die Regeln. Auf einen älteren werden keine Münzen ausgegeben.",
      bad: choose(
        "Er ist zu alt. Bis ein neuerer da ist, dürfen keine Münzen dazukommen; was Sie haben, bleibt Ihres.",
        "Er ist zu alt. Bis ein neuerer da ist, dürfen keine Münzen dazukommen; was du hast, bleibt deins.",
      ),
      open: "",
    },
    same: {
      title: "Allen wird dasselbe gesagt",
      good: "Die öffentliche Seite und dieses Gerät sahen dieselbe Wurzel.",
      bad: "Anderen wurde zum selben Block eine andere Wurzel genannt. Jemand würde getäuscht.",
      open: "Die öffentliche Seite war nicht zu fragen oder nennt gerade einen anderen Block.",
    },
  };
}
